/** Looks for mistakes while one types: when one pauses, and a Python is there for it. */
import type { Extension, Text } from "@codemirror/state";
import { type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { CheckingOptions } from "../page/assistance";
import { whenIdle } from "../page/idle";
import { Checker } from "./checker";
import { findingHelp } from "./finding-help";
import { reveal, setFindings } from "./findings";

/** Who has typed nothing for so long pauses. */
const PAUSE_MS = 600;
/** A Python comes up only in a longer pause: it would take from what was asked for. */
const OPENING_MS = 1500;
/** What is wrong on the very line that is being written is told after so long. */
const REVEAL_MS = 1500;
/** So long marks stay in a text that nobody can read as it is now: most runs are over sooner. */
const STALE_MS = 5000;

/** Marks what is found in the text as it is. */
export function checking(options: CheckingOptions): Extension {
  return [findingHelp, ViewPlugin.define((view) => new Looking(view, options))];
}

export class Looking {
  readonly #checker: Checker;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #revealing: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  /** The text whose mistakes are marked. */
  #last: Text | null = null;
  #editedAt = 0;
  readonly #leave = (): void => this.#checker.end();

  constructor(
    readonly view: EditorView,
    readonly options: CheckingOptions,
  ) {
    this.#checker = new Checker(options);
    options.permission.watch((isScarce) => this.#follow(isScarce));
    addEventListener("pagehide", this.#leave);
    this.#edited();
  }

  update({ docChanged }: ViewUpdate): void {
    if (docChanged) this.#edited();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#revealing);
    removeEventListener("pagehide", this.#leave);
    this.#checker.end();
  }

  #edited(): void {
    this.#editedAt = performance.now();
    this.#later();
    clearTimeout(this.#revealing);
    this.#revealing = setTimeout(() => {
      if (!this.view.composing) this.view.dispatch({ effects: reveal.of("errors") });
    }, REVEAL_MS);
  }

  #follow(isScarce: boolean): void {
    if (isScarce) this.#checker.rest();
    const { isWanted, isGiven } = this.options.permission;
    this.#checker.follow();
    if (!isWanted) {
      this.#last = null;
      this.#mark([]);
    }
    if (isGiven) this.#later();
  }

  #later(ms = this.#checker.isUp ? PAUSE_MS : OPENING_MS): void {
    this.#in(ms, () => {
      if (this.#checker.isUp) void this.#look();
      else whenIdle(() => void this.#look());
    });
  }

  #in(ms: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      act();
    }, ms);
  }

  async #look(): Promise<void> {
    const { doc } = this.view.state;
    if (this.#isAsking || this.#last === doc) return;
    if (this.view.composing) return this.#later(); // marks would get in the way of what is composed
    this.#isAsking = true;
    const checked = await this.#checker.check(doc.toString());
    this.#isAsking = false;
    if (this.view.state.doc !== doc) {
      if (this.#timer === undefined) this.#later();
      return;
    }
    if (checked.kind !== "later") this.#last = doc;
    else if (checked.ms === null) return this.#wait();
    else this.#later(checked.ms);
    this.#mark(checked.kind === "found" ? checked.findings : []); // what may be mended is not marked
  }

  /** Nobody may read it now: who may again hears of that. */
  #wait(): void {
    if (this.options.permission.isGiven) this.#later();
    else this.#in(STALE_MS, () => this.#mark([]));
  }

  #mark(found: Parameters<typeof setFindings.of>[0]["findings"]): void {
    const isPaused = performance.now() - this.#editedAt >= REVEAL_MS;
    const { hasFocus } = this.view;
    this.view.dispatch({ effects: setFindings.of({ findings: found, isPaused, hasFocus }) });
  }
}
