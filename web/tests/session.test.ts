import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type BootProgress,
  type Effect,
  LOADING,
  type SessionEvent,
  type State,
  transition,
} from "../src/page/session";

const NEXT_RUN = 5;

const PROGRESS: BootProgress = { stage: "start", loadedBytes: 9, totalBytes: 9, realmsReady: 1 };
const QUEUED: State = { ...LOADING, queued: true };
const READY: State = { kind: "ready" };
const RUNNING: State = { kind: "running", run: 4, phase: "testing" };
const STOPPING: State = { kind: "stopping", run: 4 };
const FAILED: State = { kind: "failed", problem: { what: "w", remedy: "r" } };
const STARTED: State = { kind: "running", run: NEXT_RUN, phase: "loading" };

const RUN: SessionEvent = { kind: "run-clicked" };
const STOP: SessionEvent = { kind: "stop-clicked" };
const RETRY: SessionEvent = { kind: "retry-clicked" };
const BOOTED: SessionEvent = { kind: "booted" };
const BROKEN: SessionEvent = { kind: "boot-failed", problem: FAILED.problem };
const OTHER_BROKEN: SessionEvent = { kind: "boot-failed", problem: { what: "w2", remedy: "r2" } };
const ARRIVING: SessionEvent = { kind: "progress", progress: PROGRESS };
const OVER: SessionEvent = { kind: "finished", run: 4 };
const OTHER_OVER: SessionEvent = { kind: "finished", run: 3 };
const WARMING: SessionEvent = { kind: "phase", run: 4, phase: "warming" };
const OTHER_WARMING: SessionEvent = { kind: "phase", run: 3, phase: "warming" };

type Row = readonly [name: string, State, SessionEvent, after: State, Effect?];

const TRANSITIONS: readonly Row[] = [
  ["Progress is shown while Python loads", LOADING, ARRIVING, { ...LOADING, progress: PROGRESS }],
  ["Progress keeps a run queued", QUEUED, ARRIVING, { ...QUEUED, progress: PROGRESS }],
  ["Run waits until Python is loaded", LOADING, RUN, QUEUED],
  ["Run clicked twice waits once", QUEUED, RUN, QUEUED],
  ["Stop takes a waiting run back", QUEUED, STOP, LOADING],
  ["Stop does nothing while Python loads", LOADING, STOP, LOADING],
  ["Python that is up makes ready", LOADING, BOOTED, READY],
  ["Python that is up starts the waiting run", QUEUED, BOOTED, STARTED, "start-run"],
  ["A failure to load is shown", LOADING, BROKEN, FAILED],
  ["A failure to load drops the waiting run", QUEUED, BROKEN, FAILED],
  ["Run starts a run", READY, RUN, STARTED, "start-run"],
  ["Stop does nothing where nothing runs", READY, STOP, READY],
  ["Retry does nothing where nothing failed", READY, RETRY, READY],
  ["Python comes up once", READY, BOOTED, READY],
  ["Progress means nothing after loading", READY, ARRIVING, READY],
  ["Run does nothing during a run", RUNNING, RUN, RUNNING],
  ["Stop stops a run", RUNNING, STOP, STOPPING, "stop-run"],
  ["A run tells its phase", RUNNING, WARMING, { kind: "running", run: 4, phase: "warming" }],
  ["The phase of another run is not shown", RUNNING, OTHER_WARMING, RUNNING],
  ["Progress means nothing during a run", RUNNING, ARRIVING, RUNNING],
  ["A run that is over makes ready", RUNNING, OVER, READY],
  ["The end of another run ends nothing", RUNNING, OTHER_OVER, RUNNING],
  ["A run without Python fails", RUNNING, BROKEN, FAILED],
  ["A phase does not undo Stop", STOPPING, WARMING, STOPPING],
  ["Run does nothing while a run stops", STOPPING, RUN, STOPPING],
  ["Stop clicked twice stops once", STOPPING, STOP, STOPPING],
  ["A run that has stopped makes ready", STOPPING, OVER, READY],
  ["Another run's end does not end Stop", STOPPING, OTHER_OVER, STOPPING],
  ["Retry loads anew", FAILED, RETRY, LOADING, "boot"],
  ["Run after a failure loads anew, and waits", FAILED, RUN, QUEUED, "boot"],
  ["Stop does nothing after a failure", FAILED, STOP, FAILED],
  ["Another failure does not take the place of the first", FAILED, OTHER_BROKEN, FAILED],
  ["Late progress does not undo a failure", FAILED, ARRIVING, FAILED],
  ["A late boot does not undo a failure", FAILED, BOOTED, FAILED],
];

for (const [name, state, event, after, effect] of TRANSITIONS) {
  test(name, () => {
    const [next, caused] = transition(state, event, NEXT_RUN);
    assert.deepEqual([next, caused], [after, effect]);
  });
}
