/** What Python finds in a text without running it; read as all is that comes from a candidate. */
import type { LearnerError } from "../shared/report";

export interface Finding extends Pick<LearnerError, "line" | "column" | "end_line" | "end_column"> {
  /** An error keeps all of the text from running. */
  readonly kind: "error" | "note";
  readonly message: string;
}

/** Python writes each character beyond ASCII as six, or twelve. */
const MAX_ANSWER = 1_000_000;
const MAX_FINDINGS = 50;
const MAX_MESSAGE = 10_000;

type Fields = Readonly<Record<string, unknown>>;

/** Return what an answer says; null if it is none. */
export function readFindings(text: string): readonly Finding[] | null {
  if (text.length > MAX_ANSWER) return null;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(raw) || raw.length > MAX_FINDINGS) return null;
  const findings = raw.map((each) => readFinding(Object(each) as Fields));
  return findings.every((each) => each !== null) ? findings : null;
}

function readFinding({ kind, message, ...place }: Fields): Finding | null {
  if (kind !== "error" && kind !== "note") return null;
  if (typeof message !== "string" || message === "" || message.length > MAX_MESSAGE) return null;
  const line = countOf(place.line);
  const column = countOf(place.column);
  const end_line = countOf(place.end_line);
  const end_column = countOf(place.end_column);
  return { kind, message, line, column, end_line, end_column };
}

function countOf(raw: unknown): number | null {
  return Number.isSafeInteger(raw) && (raw as number) > 0 ? (raw as number) : null;
}
