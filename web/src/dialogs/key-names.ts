/** How keys are called on the keyboard in use. */
import { type Chord, partsOf } from "../shared/keys";

const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  PageUp: "Page Up",
  PageDown: "Page Down",
  Escape: "Esc",
};

const MODIFIERS = {
  pc: { Ctrl: "Ctrl", Alt: "Alt", Shift: "Shift", Cmd: "Meta" },
  mac: { Ctrl: "⌃", Alt: "⌥", Shift: "⇧", Cmd: "⌘" },
} as const;

export function isMac({ platform }: Pick<Navigator, "platform">): boolean {
  return /Mac|iP(hone|ad|od)/.test(platform);
}

/** The keys of a chord, by what is written on them, in the order in which they are pressed. */
export function namesOf(chord: Chord, mac: boolean): readonly string[] {
  const { key, held: parts } = partsOf((mac && chord.mac) || chord.key);
  const held = parts.map((name) => (name === "Mod" ? (mac ? "Cmd" : "Ctrl") : name));
  const { pc, mac: onMac } = MODIFIERS;
  const order = Object.entries(mac ? onMac : pc).filter(([name]) => held.includes(name));
  return [...order.map(([, name]) => name), keyName(key)];
}

export function keyName(key: string): string {
  return NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** Those that differ: on a Mac two may be one, elsewhere too. */
export function distinct(chords: readonly Chord[], mac: boolean): readonly Chord[] {
  const seen = new Set<string>();
  return chords.filter((chord) => {
    const name = namesOf(chord, mac).join("+");
    return !seen.has(name) && seen.add(name);
  });
}
