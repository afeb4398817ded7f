/**
 * What a console's realm says, read without trust: a learner's code can make it say anything. Texts
 * are text alone wherever they are shown.
 */
import type { LearnerError } from "../shared/report";
import { countOf, type Fields, objectOf, parsed, placeOf, textOf } from "../shared/untrusted";

/** What came while code ran. */
export type Piece =
  | { readonly kind: "out"; readonly text: string }
  | { readonly kind: "value"; readonly text: string; readonly about: string };

/** What became of a program, or of what was typed. */
export type Said = Became & { readonly missing: Missing };

/** Names that a program did not come to make; null where none of what it makes is there. */
export type Missing = readonly string[] | null;

type Became =
  | { readonly kind: "done" | "incomplete" }
  | { readonly kind: "invalid" | "ended"; readonly message: string }
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

/** Return what a piece says; null if it is none. */
export function readPiece(text: string): Piece | null {
  const fields = read(text);
  if (typeof fields?.out === "string") return { kind: "out", text: fields.out };
  const value = objectOf(fields?.value);
  if (typeof value?.text !== "string") return null;
  return { kind: "value", text: value.text, about: textOf(value.about, MAX_TEXT) };
}

/** Return what an answer says; null if it is none. */
export function readAnswer(text: string): Said | null {
  const fields = read(text);
  const became = becameOf(fields);
  return became && { ...became, missing: missingOf(fields?.missing) };
}

/** Whether some code calls what a program did not come to make. */
export function lacks(missing: Missing, code: string): boolean {
  const calls = code.matchAll(/(?<![\w.])([\p{L}_][\p{L}\p{N}_]*)\s*\(/gu);
  return missing === null || [...calls].some(([, name = ""]) => missing.includes(name));
}

function missingOf(raw: unknown): Missing {
  return raw === null ? null : Array.isArray(raw) ? namesOf(raw) : [];
}

function becameOf(fields: Fields | null): Became | null {
  switch (fields?.kind) {
    case "done":
    case "incomplete":
      return { kind: fields.kind };
    case "invalid":
    case "ended":
      return { kind: fields.kind, message: textOf(fields.message, MAX_TEXT) };
    case "raised":
      return {
        kind: "raised",
        message: textOf(fields.message, MAX_TEXT),
        error: errorOf(fields.error),
      };
    case "input-wanted":
      return {
        kind: "input-wanted",
        prompt: textOf(fields.prompt, MAX_TEXT),
        taken: countOf(fields.taken) ?? 0,
      };
    default:
      return null;
  }
}

export function readCompletions(text: string): Completions | null {
  const fields = read(text);
  const from = countOf(fields?.from);
  if (from === null || !Array.isArray(fields?.names)) return null;
  return { from, names: namesOf(fields.names) };
}

function namesOf(raw: readonly unknown[]): string[] {
  const names = raw.slice(0, MAX_NAMES).filter((name) => typeof name === "string");
  return names.filter((name) => /^[\p{L}\p{N}_]{1,200}$/u.test(name));
}

function errorOf(raw: unknown): TypedError {
  const fields = objectOf(raw) ?? {};
  return {
    type: textOf(fields.type, MAX_TEXT),
    message: textOf(fields.message, MAX_TEXT),
    ...placeOf(fields),
    traceback: textOf(fields.traceback, MAX_TEXT),
    isOfFile: fields.file === FILE,
  };
}

function read(text: string): Fields | null {
  return objectOf(parsed(text, MAX_ANSWER));
}
