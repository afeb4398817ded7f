/** A call's steps, and what was so at each of them. */
import { MAX_STEPS, type Step, type Summary, type Turn } from "./steps";
import { CHANGED, DONE, PLACE, shapeOf, told } from "./words";

export interface Variable {
  readonly name: string;
  readonly value: Summary;
  /** In what it differs from what it was at the step before. */
  readonly changes: readonly string[];
  readonly isChanged: boolean;
}

/** What stands at the end of a line: what was last computed there. */
export interface Note {
  readonly text: string;
  /** Whether it holds NaN or an infinity, or is an error. */
  readonly isOdd: boolean;
}

/** All that a step shows. */
export interface Moment {
  readonly step: Step;
  readonly what: string;
  readonly where: string;
  readonly variables: readonly Variable[];
  readonly notes: ReadonlyMap<number, Note>;
}

export class Recording {
  readonly steps: Step[] = [];
  /** Per entry into a loop, its last turn. */
  readonly #turns = new Map<number, number>();
  /** Per call, the entries into loops that it may still go on with, and the lines of these. */
  readonly #open = new Map<number, Map<number, number>>();
  /** Per step, the loops of which it is the first of a turn. */
  readonly #begun = new Map<number, number[]>();
  readonly #calls = new Map<number, Step>();
  readonly #lines: readonly string[];

  constructor(source: string) {
    this.#lines = source.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  }

  add(steps: readonly Step[]): void {
    for (const step of steps.slice(0, MAX_STEPS - this.steps.length)) {
      const place = this.steps.push(step) - 1;
      if (step.kind === "call") this.#calls.set(step.frame, step);
      for (const { entry, turn } of step.turns) {
        if (turn > (this.#turns.get(entry) ?? 0)) {
          this.#turns.set(entry, turn);
          this.#begun.set(place, [...(this.#begun.get(place) ?? []), entry]);
        }
      }
      this.#follow(step);
    }
  }

  /** The call has come to its end, and no step of it is missing: so have all loops. */
  end(): void {
    this.#open.clear();
  }

  clear(): void {
    this.steps.length = 0;
    this.#turns.clear();
    this.#open.clear();
    this.#begun.clear();
    this.#calls.clear();
  }

  /** The steps that made NaN or infinities. */
  get origins(): readonly { readonly at: number; readonly says: string }[] {
    return this.steps.flatMap(({ says }, at) => (says ? [{ at, says }] : []));
  }

  /** What the call itself has come to, if it has. */
  get outcome(): string {
    const own = this.steps.filter(({ frame }) => frame === this.steps[0]?.frame);
    const last = own.findLast(({ kind }) => kind === "return" || kind === "raise");
    return last?.value ? told(last.value) : (last?.error ?? "");
  }

  at(place: number): Moment {
    const step = this.steps[place]!;
    const before = this.steps.slice(0, place + 1).filter(({ frame }) => frame === step.frame);
    return {
      step,
      what: this.#what(step),
      where: this.#where(step),
      variables: variables(before),
      notes: this.#notes(before),
    };
  }

  /** The place of the nearest step before or after one that is the first on its line again. */
  line(from: number, by: 1 | -1): number {
    const isStart = ({ kind }: Step): boolean =>
      kind === "line" || kind === "call" || kind === "turn";
    return this.#nearest(from, by, isStart);
  }

  /** The place of the nearest step before or after one that begins a turn of the loop around it. */
  turn(from: number, by: 1 | -1): number {
    const around = this.steps[from]?.turns.at(-1);
    const isTurn = (_step: Step, place: number): boolean =>
      around !== undefined && this.#begun.get(place)?.includes(around.entry) === true;
    return this.#nearest(from, by, isTurn);
  }

  /** The place of the next step on a line, or else of the first; null where none is. */
  onLine(line: number, from: number): number | null {
    const isThere = (step: Step): boolean => step.line === line;
    const next = this.steps.findIndex((step, place) => place > from && isThere(step));
    const first = next < 0 ? this.steps.findIndex(isThere) : next;
    return first < 0 ? null : first;
  }

  #nearest(from: number, by: 1 | -1, isWanted: (step: Step, place: number) => boolean): number {
    for (let place = from + by; this.steps[place]; place += by) {
      if (isWanted(this.steps[place]!, place)) return place;
    }
    return by > 0 ? Math.max(0, this.steps.length - 1) : 0;
  }

  #what(step: Step): string {
    const value = step.value ? told(step.value) : "";
    switch (step.kind) {
      case "call":
        return DONE.call(step.name);
      case "value":
        return DONE.value(this.codeOf(step), value);
      case "return":
        return DONE.returned(value);
      case "yield":
        return DONE.yielded(value);
      case "raise":
        return DONE.raise(step.error);
      default:
        return DONE[step.kind];
    }
  }

  #where(step: Step): string {
    const turns = step.turns.map((turn) => this.#turn(turn, step.turns.length > 1));
    return [PLACE.line(step.line), ...turns, this.#inside(step)].filter(Boolean).join(" · ");
  }

  #turn({ line, entry, turn }: Turn, isOneOfMany: boolean): string {
    const last = this.#turns.get(entry) ?? turn;
    const isOpen = [...this.#open.values()].some((loops) => loops.has(entry));
    const turns = isOpen ? PLACE.atLeast(last) : String(last);
    return isOneOfMany ? PLACE.turnOf(line, turn, turns) : PLACE.turn(turn, turns);
  }

  /** Take note of the loops that a step is in, and of those that its call has left with it. */
  #follow({ kind, frame, line, turns }: Step): void {
    const open = this.#open.get(frame) ?? new Map<number, number>();
    for (const turn of turns) open.set(turn.entry, turn.line);
    // The condition of a loop is on the loop's line, and in no turn.
    const isOut = (entry: number, head: number): boolean =>
      (kind === "line" || kind === "turn") &&
      line !== head &&
      !turns.some((turn) => turn.entry === entry);
    for (const [entry, head] of [...open]) {
      if (kind === "return" || isOut(entry, head)) open.delete(entry);
    }
    this.#open.set(frame, open);
  }

  /** Which function it is in, and who called that, where it is not the first alone. */
  #inside({ frame }: Step): string {
    const names: string[] = [];
    for (let call = this.#calls.get(frame); call && names.length < 8; ) {
      names.push(call.name);
      call = call.caller === null ? undefined : this.#calls.get(call.caller);
    }
    return names.length > 1 ? PLACE.inside(names) : names.length === 0 ? PLACE.generator : "";
  }

  /** The name of the function that a step is in. */
  nameOf({ frame }: Step): string {
    return this.#calls.get(frame)?.name ?? PLACE.generator;
  }

  /** The code that a step is about, on one line. */
  codeOf({ line, part }: Step): string {
    const text = this.#lines[line - 1] ?? "";
    if (part === null) return text.trim();
    const rest = this.#lines.slice(line, part.endLine - 1).map((each) => each.trim());
    if (part.endLine === line) return [...text].slice(part.column - 1, part.endColumn - 1).join("");
    const last = [...(this.#lines[part.endLine - 1] ?? "")].slice(0, part.endColumn - 1).join("");
    return [
      [...text]
        .slice(part.column - 1)
        .join("")
        .trim(),
      ...rest,
      last.trim(),
    ].join(" ");
  }

  #notes(steps: readonly Step[]): Map<number, Note> {
    const notes = new Map<number, Note>();
    let last = 0;
    for (const step of steps) {
      for (const [line, values] of this.#assigned(step, last)) {
        const text = values.map(([name, value]) => `${name} = ${told(value)}`).join(", ");
        notes.set(line, { text, isOdd: values.some(([, value]) => isOdd(value)) });
      }
      if (step.value) notes.set(step.line, { text: told(step.value), isOdd: isOdd(step.value) });
      if (step.kind === "raise") notes.set(step.line, { text: step.error, isOdd: true });
      last = step.line;
    }
    notes.delete(0);
    return notes;
  }

  /** The variables that a step found changed, by the lines that have changed them. */
  #assigned(step: Step, last: number): Map<number, [string, Summary][]> {
    const isHead = step.kind === "turn" || step.kind === "call";
    const head = isHead ? this.codeOf(step) : "";
    const lines = new Map<number, [string, Summary][]>();
    for (const [name, value] of step.changed) {
      if (value === null) continue;
      const isNamed = new RegExp(`(?<!\\w)${escaped(name)}(?!\\w)`).test(head);
      const line = step.kind === "value" || isNamed ? step.line : last;
      lines.set(line, [...(lines.get(line) ?? []), [name, value]]);
    }
    return lines;
  }
}

function escaped(name: string): string {
  return name.replace(/[^\w]/g, "\\$&");
}

export function isOdd({ nan, inf }: Summary): boolean {
  return nan + inf > 0;
}

/** The variables after some steps of one call; of those that the last step changed, in what. */
function variables(steps: readonly Step[]): Variable[] {
  const now = new Map<string, Summary>();
  let before = new Map<string, Summary>();
  for (const step of steps) {
    before = new Map(now);
    for (const [name, value] of step.changed) {
      if (value === null) now.delete(name);
      else now.set(name, value);
    }
  }
  return [...now].map(([name, value]) => {
    const isChanged = steps.at(-1)?.changed.has(name) ?? false;
    return { name, value, isChanged, changes: isChanged ? changes(value, before.get(name)) : [] };
  });
}

function changes(now: Summary, was: Summary | undefined): string[] {
  if (was === undefined) return [CHANGED.fresh];
  const said: string[] = [];
  if (now.shape && was.shape && shapeOf(now.shape) !== shapeOf(was.shape)) {
    said.push(CHANGED.shape(shapeOf(was.shape), shapeOf(now.shape)));
  }
  if (now.dtype && was.dtype && now.dtype !== was.dtype) {
    said.push(CHANGED.dtype(was.dtype, now.dtype));
  }
  return [...said, CHANGED.was(was.type === now.type ? was.text : told(was))];
}
