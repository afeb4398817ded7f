/** The steps of a call as its candidate tells them: read without trust, in bounds. */
import { parsed } from "../shared/untrusted";

/** What a value was, in short. */
export interface Summary {
  readonly type: string;
  readonly text: string;
  /** Of an array. */
  readonly dtype: string | null;
  readonly shape: readonly number[] | null;
  /** How many NaN and how many infinities it holds. */
  readonly nan: number;
  readonly inf: number;
}

const KINDS = ["call", "line", "value", "turn", "return", "yield", "resume", "raise"] as const;
export type Kind = (typeof KINDS)[number];

/** A loop's turn: its line, which time a loop was entered, and the turn. */
export interface Turn {
  readonly line: number;
  readonly entry: number;
  readonly turn: number;
}

export interface Step {
  readonly kind: Kind;
  /** Which call of a function it belongs to, by number. */
  readonly frame: number;
  readonly line: number;
  /** From where to where in the code; null for all of the line. */
  readonly part: {
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
  } | null;
  /** Variables that are others since the last step of this call; null for one that is gone. */
  readonly changed: ReadonlyMap<string, Summary | null>;
  readonly turns: readonly Turn[];
  readonly value: Summary | null;
  /** Where NaN or an infinity comes from, where it is this step that made it. */
  readonly says: string;
  readonly error: string;
  /** Of a call: the function's name, and the number of the call that made it. */
  readonly name: string;
  readonly caller: number | null;
}

/** No recording has more. */
export const MAX_STEPS = 2_000;
const MAX_TEXT = 400;
const MAX_PARTS = 64;
const MAX_COUNT = 1e9;

type Raw = Readonly<Record<string, unknown>>;

/** The steps of a batch; what is malformed is none. */
export function readSteps(text: string): Step[] {
  const raw = parsed(text);
  const list = Array.isArray(raw) ? raw.slice(0, MAX_STEPS) : [];
  return list.map(readStep).filter((step) => step !== null);
}

function readStep(raw: unknown): Step | null {
  if (!isRecord(raw)) return null;
  const kind = KINDS.find((each) => each === raw.kind);
  const at = numbers(raw.at);
  const [line, column, endLine, endColumn] = at;
  if (kind === undefined || !isCount(raw.frame) || line === undefined) return null;
  const part =
    column !== undefined && endLine !== undefined && endColumn !== undefined
      ? { column, endLine, endColumn }
      : null;
  return {
    kind,
    frame: raw.frame,
    line,
    part,
    changed: readChanges(raw.changed),
    turns: list(raw.turns).flatMap(readTurn),
    value: isRecord(raw.value) ? readSummary(raw.value) : null,
    says: textOf(raw.says),
    error: textOf(raw.error),
    name: textOf(raw.name),
    caller: isCount(raw.caller) ? raw.caller : null,
  };
}

function readChanges(raw: unknown): Map<string, Summary | null> {
  if (!isRecord(raw)) return new Map();
  const pairs = Object.entries(raw).slice(0, MAX_PARTS);
  return new Map(
    pairs.map(([name, told]) => [textOf(name), isRecord(told) ? readSummary(told) : null]),
  );
}

function readSummary(raw: Raw): Summary {
  return {
    type: textOf(raw.type),
    text: textOf(raw.text),
    dtype: typeof raw.dtype === "string" ? textOf(raw.dtype) : null,
    shape: Array.isArray(raw.shape) ? numbers(raw.shape) : null,
    nan: isCount(raw.nan) ? raw.nan : 0,
    inf: isCount(raw.inf) ? raw.inf : 0,
  };
}

function readTurn(raw: unknown): Turn[] {
  const [line, entry, turn] = numbers(raw);
  return line !== undefined && entry !== undefined && turn !== undefined
    ? [{ line, entry, turn }]
    : [];
}

function isRecord(raw: unknown): raw is Raw {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

function isCount(raw: unknown): raw is number {
  return typeof raw === "number" && Number.isInteger(raw) && raw >= 0 && raw <= MAX_COUNT;
}

function list(raw: unknown): readonly unknown[] {
  return Array.isArray(raw) ? raw.slice(0, MAX_PARTS) : [];
}

function numbers(raw: unknown): number[] {
  return list(raw).filter(isCount);
}

function textOf(raw: unknown): string {
  return typeof raw === "string" ? raw.slice(0, MAX_TEXT) : "";
}
