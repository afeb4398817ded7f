/** The way to the reference, where the exercise lets learners see it: fetched when they ask. */
import type { Problem } from "../shared/problem";
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

  constructor(
    private readonly page: Document,
    private readonly facts: SolutionPolicy,
    private readonly nonce: string,
    private readonly runs: Pick<LastRuns, "count" | "hasPassed" | "onOthers">,
    private readonly own: () => string,
    private readonly describe: (cause: unknown) => Problem,
    /** Gets the reference. */
    private readonly file: () => Promise<ArrayBuffer>,
  ) {
    this.#button = part(page, "show-solution", HTMLButtonElement);
    this.#when = part(page, "solution-when", HTMLElement);
    part(page, "solution", HTMLElement).hidden = facts.policy === "hidden";
    this.#button.addEventListener("click", () => void this.#show());
    runs.onOthers(() => this.ran());
    this.ran();
  }

  /** A run has ended: the solution may have come into reach. */
  ran(): void {
    const { policy, afterRuns } = this.facts;
    if (policy === "hidden") return;
    const left = afterRuns - this.runs.count;
    const hasRunEnough = policy === "after-n-runs" && left <= 0;
    const isOpen = policy === "on-request" || this.runs.hasPassed || hasRunEnough;
    const when = policy === "after-pass" ? SOLUTION.afterPass : SOLUTION.afterRuns(left);
    const isNew = isOpen && this.#button.hidden;
    this.#button.hidden = !isOpen;
    // Who does not see that the button has come is told.
    const open = isNew ? SOLUTION.open : "";
    this.#when.textContent = isOpen ? open : when;
  }

  async #show(): Promise<void> {
    this.#when.textContent = SOLUTION.coming;
    try {
      const [show, bytes] = await Promise.all([
        fetchScript<ShowSolution>(this.page, "solution", this.nonce),
        this.file(),
      ]);
      this.#when.textContent = "";
      const parts = {
        dialog: part(this.page, "solution-dialog", HTMLDialogElement),
        nonce: this.nonce,
        remarks: part(this.page, "remarks", HTMLElement),
      };
      show(parts, this.own(), new TextDecoder().decode(bytes));
    } catch (cause) {
      this.#when.textContent = SOLUTION.refused(this.describe(cause).what);
    }
  }
}
