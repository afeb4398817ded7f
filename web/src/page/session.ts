/** One state and one transition function: what the page is doing, and what each event makes of it. */
import type { RunPhase } from "../driver/run";
import type { Problem } from "../shared/problem";

export interface BootProgress {
  readonly stage: "download" | "start";
  readonly loadedBytes: number;
  readonly totalBytes: number;
  /** Interpreters that answered, of the two. */
  readonly realmsReady: number;
}

export type State =
  | { readonly kind: "loading"; readonly progress: BootProgress; readonly queued: boolean }
  | { readonly kind: "ready" }
  | { readonly kind: "running"; readonly run: number; readonly phase: RunPhase }
  | { readonly kind: "stopping"; readonly run: number }
  | { readonly kind: "failed"; readonly problem: Problem };

export type SessionEvent =
  | { readonly kind: "progress"; readonly progress: BootProgress }
  | { readonly kind: "booted" }
  | { readonly kind: "boot-failed"; readonly problem: Problem }
  | { readonly kind: "run-clicked" }
  | { readonly kind: "stop-clicked" }
  | { readonly kind: "retry-clicked" }
  | { readonly kind: "phase"; readonly run: number; readonly phase: RunPhase }
  | { readonly kind: "finished"; readonly run: number };

export type Effect = "boot" | "start-run" | "stop-run";

const NOTHING_YET: BootProgress = {
  stage: "download",
  loadedBytes: 0,
  totalBytes: 0,
  realmsReady: 0,
};

export const LOADING = {
  kind: "loading",
  progress: NOTHING_YET,
  queued: false,
} as const satisfies State;

type Step = readonly [State, Effect?];

/** Return the state after an event, and what has to be done because of it. */
export function transition(state: State, event: SessionEvent, nextRun: number): Step {
  switch (event.kind) {
    case "progress":
      return state.kind === "loading" ? [{ ...state, progress: event.progress }] : [state];
    case "booted":
      return state.kind !== "loading"
        ? [state]
        : state.queued
          ? start(nextRun)
          : [{ kind: "ready" }];
    case "boot-failed":
      // What failed first is what to mend first.
      return [state.kind === "failed" ? state : { kind: "failed", problem: event.problem }];
    case "run-clicked":
      return onRun(state, nextRun);
    case "stop-clicked":
      return onStop(state);
    case "retry-clicked":
      return state.kind === "failed" ? [LOADING, "boot"] : [state];
    case "phase":
      return state.kind === "running" && state.run === event.run
        ? [{ ...state, phase: event.phase }]
        : [state];
    case "finished":
      return isUnderWay(state, event.run) ? [{ kind: "ready" }] : [state];
  }
}

function start(run: number): Step {
  return [{ kind: "running", run, phase: "loading" }, "start-run"];
}

function onRun(state: State, nextRun: number): Step {
  switch (state.kind) {
    case "loading":
      return [{ ...state, queued: true }];
    case "ready":
      return start(nextRun);
    case "failed":
      return [{ ...LOADING, queued: true }, "boot"];
    case "running":
    case "stopping":
      return [state];
  }
}

function onStop(state: State): Step {
  switch (state.kind) {
    case "loading":
      return [{ ...state, queued: false }];
    case "running":
      return [{ kind: "stopping", run: state.run }, "stop-run"];
    case "ready":
    case "stopping":
    case "failed":
      return [state];
  }
}

function isUnderWay(state: State, run: number): boolean {
  return (state.kind === "running" || state.kind === "stopping") && state.run === run;
}
