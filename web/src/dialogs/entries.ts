/** What the history's entries are called in a list. */
import type { Entry } from "../page/history";
import { isRun } from "../page/last-runs";
import { RUNS } from "../page/words";
import { HISTORY } from "./words";

export interface Listed {
  readonly entry: Entry;
  readonly when: string;
  /** What its run came to, or why it was kept. */
  readonly what: string;
  /** Where it was written, if not here. */
  readonly where: string | null;
}

const REASONS: Readonly<Record<string, string>> = {
  hour: HISTORY.hour,
  reset: HISTORY.reset,
  replaced: HISTORY.replaced,
};

/** The newest first. */
export function listed(entries: readonly Entry[], place: string): readonly Listed[] {
  return [...entries].reverse().map((entry) => ({
    entry,
    when: told(entry.at),
    what: outcomeOf(entry),
    where: entry.place === place ? null : entry.place,
  }));
}

function outcomeOf({ run, reason }: Entry): string {
  if (isRun(run)) return RUNS.run(run.outcome, run.passed, run.total);
  return Object.hasOwn(REASONS, reason) ? REASONS[reason]! : HISTORY.unknown;
}

function told(at: number): string {
  return new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" });
}
