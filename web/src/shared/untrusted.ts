/** Reading what a candidate says: a learner's code can make it say anything. */
import type { Place } from "./report";

export type Fields = Readonly<Record<string, unknown>>;

/**
 * What a text holds, if it is JSON; else undefined.
 *
 * @param most - Of longer texts nothing is read.
 */
export function parsed(text: string, most = Number.POSITIVE_INFINITY): unknown {
  if (text.length > most) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function objectOf(raw: unknown): Fields | null {
  return typeof raw === "object" && raw !== null ? (raw as Fields) : null;
}

/** @param most - So many of its characters are read. */
export function textOf(raw: unknown, most: number): string {
  return typeof raw === "string" ? raw.slice(0, most) : "";
}

export function countOf(raw: unknown): number | null {
  return Number.isSafeInteger(raw) && (raw as number) >= 0 ? (raw as number) : null;
}

/** A place; Python counts lines and columns from 1. */
export function placeOf({ line, column, end_line, end_column }: Fields): Place {
  return {
    line: countOf(line) || null,
    column: countOf(column) || null,
    end_line: countOf(end_line) || null,
    end_column: countOf(end_column) || null,
  };
}
