/** A call is recorded, and gone through step by step. */
import { type TraceEnd, trace } from "../driver/trace";
import type { StepMarks, Viewer } from "../page/editor-slot";
import type { Python, StepsOptions, Watched } from "../page/step-through";
import { Panel } from "./panel";
import { type Moment, Recording } from "./recording";
import { readSteps } from "./steps";
import { STEPS } from "./words";

/** What comes in before the call has returned is shown after so long (ms). */
const SHOW_AFTER_MS = 400;

export class Player {
  readonly #panel: Panel;
  readonly #viewer: Viewer;
  #recording = new Recording("");
  #watched: Watched | null = null;
  #python: Python | null = null;
  #place = 0;
  #marks: StepMarks | null = null;
  #stopping = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly options: StepsOptions) {
    this.#panel = new Panel(options.region, {
      go: (place) => this.#go(place),
      move: (by, how) => this.#go(this.#next(by, how)),
      stop: () => this.#stopping.abort(),
    });
    const onLine = (line: number): void => this.#goToLine(line);
    this.#viewer = options.editor.view(this.#panel.viewer, STEPS.code, onLine);
    options.editor.onLine((line) => {
      if (!this.#isOther) onLine(line);
    });
    const panes = new MutationObserver(() => this.#mark());
    panes.observe(document.documentElement, { attributeFilter: ["data-pane"] });
  }

  async watch(watched: Watched, python: Python): Promise<void> {
    this.#stopping.abort();
    this.#python?.end();
    this.#python = python;
    clearTimeout(this.#timer);
    const stopping = new AbortController();
    this.#stopping = stopping;
    this.#watched = watched;
    this.#place = 0;
    this.#recording = new Recording(watched.traced.source);
    this.#marks = null;
    this.#panel.begin(watched.title);
    this.edited();
    const end = await this.#record(watched, python, stopping.signal);
    if (this.#stopping !== stopping) return; // another is watched by now
    python.end();
    this.#finish(end);
  }

  /** The editor's text may be another than the run's. */
  edited(): void {
    this.#panel.setOther(this.#isOther);
    this.#mark();
  }

  get #isOther(): boolean {
    return this.#watched !== null && this.options.editor.text() !== this.#watched.traced.source;
  }

  #record({ traced }: Watched, python: Python, stop: AbortSignal): Promise<TraceEnd> {
    const { exercise } = this.options;
    const recording = this.#recording;
    const observer = {
      steps: (text: string) => {
        recording.add(readSteps(text));
        if (!stop.aborted) this.#timer ??= setTimeout(() => this.#renew(), SHOW_AFTER_MS);
      },
      again: () => recording.clear(),
    };
    return trace(exercise, (question) => python.ask(question, stop), traced, observer);
  }

  /** Show what has been recorded so far, while there is more to come. */
  #renew(): void {
    this.#timer = undefined;
    if (this.#recording.steps.length > 0) this.#go(this.#place);
  }

  #finish(end: TraceEnd): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (end.kind === "ended" && !end.isCut) this.#recording.end();
    this.#panel.setRecording(false);
    this.#panel.clearNotes();
    for (const text of this.#remarks(end)) this.#panel.note(text);
    for (const { at, says } of this.#recording.origins) {
      this.#panel.note(capital(says), () => this.#go(at));
    }
    if (this.#recording.steps.length === 0) return;
    this.#go(this.#place);
    this.#panel.takeFocus();
  }

  #remarks(end: TraceEnd): string[] {
    const { steps, outcome } = this.#recording;
    const { exercise, explain } = this.options;
    switch (end.kind) {
      case "ended": {
        const none = steps.length === 0 ? [STEPS.nothing] : [];
        const cut = end.isCut ? [STEPS.cut(steps.length)] : [];
        const got = this.#watched?.got ?? "";
        const other = end.isSame === false ? [STEPS.another(end.isCut ? "" : outcome, got)] : [];
        return [...none, ...cut, ...other];
      }
      case "late":
        return [STEPS.late(exercise.limits.callSeconds)];
      case "unavailable":
        return [explain(end.cause)];
      default:
        return [STEPS[end.kind]];
    }
  }

  #next(by: 1 | -1, how: "step" | "line" | "turn"): number {
    if (how === "step") return this.#place + by;
    return this.#recording[how](this.#place, by);
  }

  #goToLine(line: number): void {
    const place = this.#recording.onLine(line, this.#place);
    if (place !== null) this.#go(place);
  }

  #go(place: number): void {
    const { steps } = this.#recording;
    if (steps.length === 0) return;
    this.#place = Math.min(Math.max(place, 0), steps.length - 1);
    const moment = this.#recording.at(this.#place);
    this.#panel.show(this.#place, steps.length, moment, this.#recording.nameOf(moment.step));
    this.#marks = marksOf(moment);
    this.#mark();
    this.#viewer.show(this.#watched?.traced.source ?? "", this.#marks);
  }

  /** Mark the step in the editor, but beside the results of a run and code that is tried or drawn. */
  #mark(): void {
    const { pane = "" } = document.documentElement.dataset;
    const isWanted = !this.#isOther && !["results", "try", "explore"].includes(pane);
    this.options.editor.step(isWanted ? this.#marks : null);
  }
}

function marksOf({ step: { line, part }, notes }: Moment): StepMarks {
  const column = part?.column ?? null;
  const at = { line, column, end_line: part?.endLine ?? null, end_column: part?.endColumn ?? null };
  return { at, notes };
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
