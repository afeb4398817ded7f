/**
 * What a console's realm says, read without trust: a learner's code can make it say anything. Texts
 * are text alone wherever they are shown.
 */
import type { LearnerError } from "../shared/report";

/** What came while code ran. */
export type Piece =
  | { readonly kind: "out"; readonly text: string }
  | { readonly kind: "value"; readonly text: string; readonly about: string };

/** What became of a program, or of what was typed. */
export type Said =
  | { readonly kind: "done" | "incomplete" }
  | { readonly kind: "invalid"; readonly message: string }
  | { readonly kind: "raised"; readonly message: string; readonly error: TypedError }
  | { readonly kind: "input-wanted"; readonly prompt: string; readonly taken: number };

export interface TypedError extends LearnerError {
  /** Whether the position is one of the learner's file, and not of what was typed. */
  readonly isOfFile: boolean;
}

export interface Completions {
  readonly from: number;
  readonly names: readonly string[];
}

/** Longer answers are no console's. */
const MAX_ANSWER = 300_000;
const MAX_TEXT = 60_000;
const MAX_NAMES = 200;
const FILE = "solution.py";

type Fields = Readonly<Record<string, unknown>>;

/** Return what a piece says; null if it is none. */
export function readPiece(text: string): Piece | null {
  const fields = parsed(text);
  if (typeof fields?.out === "string") return { kind: "out", text: fields.out };
  const value = objectOf(fields?.value);
  if (typeof value?.text !== "string") return null;
  return { kind: "value", text: value.text, about: textOf(value.about) };
}

/** Return what an answer says; null if it is none. */
export function readAnswer(text: string): Said | null {
  const fields = parsed(text);
  switch (fields?.kind) {
    case "done":
    case "incomplete":
      return { kind: fields.kind };
    case "invalid":
      return { kind: "invalid", message: textOf(fields.message) };
    case "raised":
      return { kind: "raised", message: textOf(fields.message), error: errorOf(fields.error) };
    case "input-wanted":
      return {
        kind: "input-wanted",
        prompt: textOf(fields.prompt),
        taken: countOf(fields.taken) ?? 0,
      };
    default:
      return null;
  }
}

export function readCompletions(text: string): Completions | null {
  const fields = parsed(text);
  const from = countOf(fields?.from);
  if (from === null || !Array.isArray(fields?.names)) return null;
  const names = fields.names.slice(0, MAX_NAMES).filter((name) => typeof name === "string");
  return { from, names: names.filter((name) => /^[\p{L}\p{N}_]{1,200}$/u.test(name)) };
}

function errorOf(raw: unknown): TypedError {
  const fields = objectOf(raw) ?? {};
  const line = countOf(fields.line);
  const [column, endLine, endColumn] = [fields.column, fields.end_line, fields.end_column].map(
    countOf,
  );
  return {
    type: textOf(fields.type),
    message: textOf(fields.message),
    line,
    column: column ?? null,
    end_line: endLine ?? null,
    end_column: endColumn ?? null,
    traceback: textOf(fields.traceback),
    isOfFile: fields.file === FILE,
  };
}

function parsed(text: string): Fields | null {
  if (text.length > MAX_ANSWER) return null;
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return null;
  }
}

function objectOf(raw: unknown): Fields | null {
  return typeof raw === "object" && raw !== null ? (raw as Fields) : null;
}

function textOf(raw: unknown): string {
  return typeof raw === "string" ? raw.slice(0, MAX_TEXT) : "";
}

function countOf(raw: unknown): number | null {
  return Number.isSafeInteger(raw) && (raw as number) >= 0 ? (raw as number) : null;
}
