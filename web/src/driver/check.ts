/** What Python finds in a text without running it; read as all is that comes from a candidate. */
import type { Place } from "../shared/report";
import { type Fields, objectOf, parsed, placeOf } from "../shared/untrusted";

export interface Finding extends Place {
  /** An error keeps all of the text from running. */
  readonly kind: "error" | "note";
  readonly message: string;
}

/*
 * All more than `checking.py` ever says, so that what is beyond was said by somebody else: 30 findings of
 * two thousand characters and a sentence around them, each at most twelve where it is beyond ASCII.
 */
const MAX_ANSWER = 1_000_000;
const MAX_FINDINGS = 50;
const MAX_MESSAGE = 10_000;

/** Return what an answer says; null if it is none. */
export function readFindings(text: string): readonly Finding[] | null {
  const raw = parsed(text, MAX_ANSWER);
  if (!Array.isArray(raw) || raw.length > MAX_FINDINGS) return null;
  const findings = raw.map((each) => readFinding(objectOf(each) ?? {}));
  return findings.every((each) => each !== null) ? findings : null;
}

function readFinding(fields: Fields): Finding | null {
  const { kind, message } = fields;
  if (kind !== "error" && kind !== "note") return null;
  if (typeof message !== "string" || message === "" || message.length > MAX_MESSAGE) return null;
  return { kind, message, ...placeOf(fields) };
}
