/** The way to the reference, where the exercise lets learners see it: fetched when they ask. */
import { AssetError, type Problem } from "../shared/problem";
import { AssetStore } from "./assets";
import type { LastRuns } from "./last-runs";
import { fetchScript } from "./late-script";
import { part } from "./view";
import { SOLUTION } from "./words";

export interface SolutionPolicy {
  readonly policy: "hidden" | "after-pass" | "after-n-runs" | "on-request";
  readonly afterRuns: number;
}

/** What the script of the solution makes. */
export interface SolutionParts {
  readonly dialog: HTMLDialogElement;
  readonly nonce: string;
  /** What the author has to say to who is done. */
  readonly remarks: HTMLElement;
}
export type ShowSolution = (parts: SolutionParts, own: string, solution: string) => void;

export class Solution {
  readonly #button: HTMLButtonElement;
  readonly #when: HTMLElement;
  readonly #files = new AssetStore([], () => {});

  constructor(
    private readonly page: Document,
    private readonly facts: SolutionPolicy,
    private readonly nonce: string,
    private readonly runs: Pick<LastRuns, "count" | "hasPassed">,
    private readonly own: () => string,
  ) {
    this.#button = part(page, "show-solution", HTMLButtonElement);
    this.#when = part(page, "solution-when", HTMLElement);
    part(page, "solution", HTMLElement).hidden = facts.policy === "hidden";
    this.#button.addEventListener("click", () => void this.#show());
    this.ran();
  }

  /** A run has ended: the solution may have come into reach. */
  ran(): void {
    const { policy, afterRuns } = this.facts;
    const left = Math.max(0, afterRuns - this.runs.count);
    const isOpen =
      policy === "on-request" ||
      (policy === "after-pass" && this.runs.hasPassed) ||
      (policy === "after-n-runs" && (left === 0 || this.runs.hasPassed));
    this.#button.hidden = !isOpen;
    this.#when.textContent = isOpen
      ? ""
      : policy === "after-pass"
        ? SOLUTION.afterPass
        : SOLUTION.afterRuns(left);
  }

  async #show(): Promise<void> {
    this.#when.textContent = SOLUTION.coming;
    try {
      const [show, { "solution.txt": bytes }] = await Promise.all([
        fetchScript<ShowSolution>(this.page, "solution", this.nonce),
        this.#files.get(["solution.txt"]),
      ]);
      this.#when.textContent = "";
      const parts = {
        dialog: part(this.page, "solution-dialog", HTMLDialogElement),
        nonce: this.nonce,
        remarks: part(this.page, "remarks", HTMLElement),
      };
      show(parts, this.own(), new TextDecoder().decode(bytes));
    } catch (problem) {
      this.#when.textContent = said(problem);
    }
  }
}

function said(problem: unknown): string {
  if (!(problem instanceof AssetError)) return String(problem);
  const { what, remedy }: Problem = problem.problem;
  return `${what} ${remedy}`;
}
