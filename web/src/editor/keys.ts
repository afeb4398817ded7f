/** Binding keys of the table to what they do, in the editor. */
import type { Command, KeyBinding } from "@codemirror/view";
import { type Chord, EDITOR } from "../shared/keys";

/** Bind each of these keys. */
export function bind(
  chords: readonly Chord[],
  what: Omit<KeyBinding, "key" | "mac">,
): KeyBinding[] {
  return chords.map(({ key, mac }) => ({ key, ...(mac && { mac }), ...what }));
}

/** What helps with typing: its keys are known before it is here, so that the first one counts. */
export type ActName = "complete" | "explain";

export type Acts = Readonly<Record<ActName, Command>>;

/** Bindings of the keys to what they do. */
export function bound(acts: Acts): KeyBinding[] {
  const names: readonly ActName[] = ["complete", "explain"];
  return names.flatMap((name) => bind(EDITOR[name], { run: acts[name], preventDefault: true }));
}

/** An act for each name. */
export function actsOf(make: (name: ActName) => Command): Acts {
  return { complete: make("complete"), explain: make("explain") };
}
