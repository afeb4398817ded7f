/** "Step through", as the page knows it: its script comes when a call is first watched. */
import type { Asked, Traced } from "../driver/trace";
import type { Exercise } from "../shared/exercise";
import { caseButton, offerOnCases } from "./case-card";
import type { Editor } from "./editor-slot";
import { LatePart } from "./late-part";
import type { OwnRealm } from "./own-realm";
import type { Panes } from "./panes";
import { part } from "./view";
import { STEP } from "./words";

/** What is to be watched, and where it comes from. */
export interface Watched {
  readonly traced: Traced;
  /** The title of its test; null for a call that a learner has typed. */
  readonly title: string | null;
  /** What it came to in the test. */
  readonly got: string;
}

export type Python = Pick<OwnRealm, "ask" | "end">;

export interface StepsOptions {
  readonly region: HTMLElement;
  readonly nonce: string;
  readonly exercise: Exercise;
  readonly editor: Pick<Editor, "text" | "step" | "onLine" | "view">;
  /** Says in words why there is no Python. */
  explain(cause: unknown): string;
}

/** What the script of the steps makes. */
export interface Steps {
  /** Show the steps of a call in a Python that has done nothing yet, and end that. */
  watch(watched: Watched, python: Python): void;
  /** The editor's text is another. */
  edited(): void;
}

export type CreateSteps = (options: StepsOptions) => Steps;

/** So many characters of calls and answers are kept of a run; after that, of none further. */
const MAX_KEPT = 40_000_000;

/** What was asked of the candidate in each test of the last run. */
export class Exchanges {
  readonly #asked = new Map<string, Asked[]>();
  #left = MAX_KEPT;

  constructor(readonly source: string) {}

  add(test: string, asked: Asked): void {
    this.#left -= asked.call.length + (asked.answer?.length ?? 0);
    if (this.#left < 0) return;
    const before = this.#asked.get(test);
    if (before) before.push(asked);
    else this.#asked.set(test, [asked]);
  }

  clear(): void {
    this.#asked.clear();
    this.#left = MAX_KEPT;
  }

  /** A call of a test's, with those before it; without them where too much was asked. */
  traced(test: string, index: number, code: string): Traced {
    const asked = this.#asked.get(test) ?? [];
    const call = asked[index];
    const { source } = this;
    if (call === undefined) return { source, earlier: [], call: { code, before: [] } };
    return { source, earlier: asked.slice(0, index), call };
  }
}

/** Let cases be stepped through: the calls are those that the run's candidate was asked. */
export function offerSteps(asked: () => Exchanges, watch: (watched: Watched) => void): void {
  offerOnCases((made, title) => {
    const button = caseButton(STEP.step, STEP.caseOf(title));
    button.addEventListener("click", () => {
      const test = button.closest<HTMLElement>("[data-test]")?.dataset.test ?? "";
      const traced = asked().traced(test, made.index, made.call);
      watch({ traced, title, got: made.got });
    });
    return button;
  });
}

/** Whether some code calls one of these functions. */
export function callsOne(names: readonly string[], code: string): boolean {
  return names.some((name) => new RegExp(`(?<![\\w.])${name}\\s*\\(`).test(code));
}

export class StepThrough {
  readonly #part: LatePart<CreateSteps, Steps>;
  /** The Python of the call that waits for the script. */
  #waiting: OwnRealm | null = null;

  constructor(
    page: Document,
    private readonly panes: Panes,
    private readonly open: () => OwnRealm,
    options: Omit<StepsOptions, "region">,
  ) {
    const region = part(page, "steps", HTMLElement);
    this.#part = new LatePart(page, {
      name: "steps",
      nonce: options.nonce,
      coming: STEP.coming,
      box: () => region,
      make: (create) => create({ ...options, region }),
      explain: options.explain,
    });
  }

  /** Show the steps of a call, in a Python that has done nothing yet. */
  watch(watched: Watched): void {
    this.#waiting?.end();
    const python = this.open();
    python.start(); // while the script is on its way
    this.#waiting = python;
    this.panes.offer("steps");
    this.panes.open("steps");
    this.#part.want((steps) => {
      this.#waiting = null;
      steps.watch(watched, python);
    });
  }

  edited(): void {
    this.#part.made?.edited();
  }
}
