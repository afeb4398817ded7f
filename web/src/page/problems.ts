/** What keeps Python away, or has taken it, in words: whatever was thrown on the way. */
import { NoPython } from "../driver/run";
import { AssetError, type Problem } from "../shared/problem";
import { messageOf } from "../shared/thrown";
import { isLoss } from "./realm-slot";
import { PROBLEMS } from "./words";

export function describe(problem: unknown): Problem {
  if (problem instanceof AssetError) return problem.problem;
  if (problem instanceof NoPython) return describe(problem.cause);
  if (isLoss(problem, "taken")) return PROBLEMS.frameTaken;
  if (isLoss(problem, "memory")) return PROBLEMS.noMemory;
  return PROBLEMS.notStarted(messageOf(problem));
}
