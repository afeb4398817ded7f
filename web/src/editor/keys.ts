/** Keys that call what helps with typing: known before it is here, so that the first one counts. */
import type { Command, KeyBinding } from "@codemirror/view";

export type ActName = "complete" | "explain";

const KEYS: Readonly<Record<ActName, Omit<KeyBinding, "run">>> = {
  // On a Mac Ctrl-Space switches input sources.
  complete: { key: "Ctrl-Space", mac: "Cmd-i" },
  explain: { key: "Ctrl-Shift-Space", mac: "Cmd-Shift-Space" },
};

export type Acts = Readonly<Record<ActName, Command>>;

/** Bindings of the keys to what they do. */
export function bound(acts: Acts): KeyBinding[] {
  return (Object.keys(KEYS) as ActName[]).map((name) => ({
    ...KEYS[name],
    run: acts[name],
    preventDefault: true,
  }));
}

/** An act for each name. */
export function actsOf(make: (name: ActName) => Command): Acts {
  return { complete: make("complete"), explain: make("explain") };
}
