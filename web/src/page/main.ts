/** Wiring only: events go to the session, states to the view, effects to whoever carries them out. */

import { neededFiles } from "../driver/realm";
import { NoPython, run, unrun } from "../driver/run";
import type { Exercise } from "../shared/exercise";
import { keptAt, placeOf } from "../shared/place";
import { AssetError, type Problem } from "../shared/problem";
import type { Report } from "../shared/report";
import { settleAddress } from "./address";
import { AssetStore, assetUrl, hasAsset } from "./assets";
import { BrowserHost } from "./browser-host";
import type { Edition } from "./draft";
import { openEditor } from "./editor-slot";
import { announceReady, announceResult } from "./embed";
import { keepForOffline } from "./keep-offline";
import { openKept } from "./kept";
import { createNotices } from "./notices";
import { watchOtherTabs } from "./other-tabs";
import { firstPaint } from "./paint";
import { PolicyWatch } from "./policy";
import { RealmPool } from "./realm-pool";
import { isLoss } from "./realm-slot";
import { createResults } from "./results";
import type { BootProgress, Effect, SessionEvent, State } from "./session";
import { LOADING, transition } from "./session";
import { bestBoot, rememberMismatch } from "./snapshot-mismatch";
import { createStarterDialog } from "./starter-dialog";
import { missingSupport } from "./support";
import { createView, part } from "./view";
import { PROBLEMS, RESULTS } from "./words";
import { Work } from "./work";

declare const __EXERCISE__: Exercise;
declare const __EDITION__: Edition;

/** How often the bytes that have arrived are shown: each time the page is laid out anew. */
const SHOW_EVERY_MS = 100;

const exercise = __EXERCISE__;
const place = placeOf(location.pathname);
const prefix = keptAt(exercise.slug, place);
const view = createView(document);
const policy = new PolicyWatch(document, ownPolicy());
const results = createResults(document);
const kept = openKept(exercise, place);
const onChange = (text: string): void => {
  work.changed(text);
  results.stale();
};
const onRun = (): void => dispatch({ kind: "run-clicked" });
const settled = settleAddress(location, assetUrl("realm.js"));
/** Without its editor the page has to be loaded anew. */
const failWithoutEditor = (cause: unknown): void => {
  hasEditor = false;
  void fail(cause);
};
const editor = openEditor(document, kept.draft.text(), { onRun, onChange }, settled, () =>
  failWithoutEditor(new AssetError(PROBLEMS.missingFile("the editor", ""))),
);
let hasEditor = true;
const work = new Work(
  { ...exercise, edition: __EDITION__ },
  kept,
  {
    editor,
    notices: createNotices(document),
    showUnsaved: view.showUnsaved,
    showStarter: createStarterDialog(document, exercise.starter, () => work.reset()),
  },
  Date.now,
);

let state: State = LOADING;
let runs = 0;
let realms: RealmPool | null = null;
let stopping = new AbortController();

function dispatch(event: SessionEvent): void {
  const [next, effect] = transition(state, event, runs + 1);
  state = next;
  if (next.kind === "running") runs = next.run;
  view.renderState(next);
  if (effect) EFFECTS[effect]();
}

const EFFECTS: Record<Effect, () => void> = {
  boot: () => void boot(),
  "start-run": () => void startRun(runs),
  "stop-run": () => stopping.abort(),
};

async function boot(): Promise<unknown> {
  const unsupported = missingSupport();
  if (unsupported) return dispatch({ kind: "boot-failed", problem: unsupported });
  let progress: BootProgress = LOADING.progress;
  const advance = (change: Partial<BootProgress>): void => {
    progress = { ...progress, ...change };
    dispatch({ kind: "progress", progress });
  };
  realms?.end();
  if (realms !== null) policy.forget(); // this is another try
  const how = bestBoot(kept.store, prefix);
  const needed = neededFiles(how, { has: hasAsset });
  let shown = -Infinity;
  const store = new AssetStore(needed, (loadedBytes, totalBytes) => {
    if (performance.now() < shown + SHOW_EVERY_MS && loadedBytes < totalBytes) return;
    shown = performance.now();
    advance({ loadedBytes, totalBytes });
  });
  const host = new BrowserHost(store, (directive) => policy.refused(directive));
  realms = new RealmPool(host, exercise.limits.bootSeconds, how, () =>
    rememberMismatch(kept.store, prefix),
  );
  const count = (): void => advance({ realmsReady: progress.realmsReady + 1 });
  const { candidate, judge } = realms;
  try {
    await store.get(needed);
    advance({ stage: "start" });
    await Promise.all([candidate.ready.then(count), judge.ready.then(count)]);
  } catch (problem) {
    realms.end();
    return fail(problem);
  }
  performance.mark("exercise:ready");
  // For tests and benchmarks: whether the snapshots were really restored.
  document.documentElement.dataset.boot = `${candidate.realm.how} ${judge.realm.how}`;
  dispatch({ kind: "booted" });
  announceReady(exercise.slug);
  realms.rehearse();
  // What code may yet want to import is here before it is asked for; without it the page still works.
  const all = [...new Set([...needed, ...neededFiles("import", store)])];
  store.get(all).then(
    () => keepForOffline(store, all),
    () => {},
  );
}

/** Tell of what keeps Python, or the editor, from being there; return it in words. */
async function fail(cause: unknown): Promise<Problem> {
  const forbidden = await policy.explain(String(cause));
  const problem = forbidden ?? describe(cause);
  dispatch({ kind: "boot-failed", problem });
  return problem;
}

function describe(problem: unknown): Problem {
  if (problem instanceof AssetError) return problem.problem;
  if (problem instanceof NoPython) return describe(problem.cause);
  if (isLoss(problem, "taken")) return PROBLEMS.frameTaken;
  if (isLoss(problem, "memory")) return PROBLEMS.noMemory;
  return PROBLEMS.notStarted(problem instanceof Error ? problem.message : String(problem));
}

async function startRun(id: number): Promise<void> {
  if (realms === null) return;
  work.beforeRun();
  const source = editor.text();
  results.start();
  editor.watch();
  stopping = new AbortController();
  const observer = {
    phase: (phase: "warming" | "loading" | "testing") =>
      dispatch({ kind: "phase", run: id, phase }),
    running: (test: string) => results.running(test),
    result: results.show,
  };
  try {
    show(await run(exercise, realms, source, observer, stopping.signal), source);
    dispatch({ kind: "finished", run: id });
  } catch (problem) {
    const { what } = await fail(problem);
    show(unrun(exercise, RESULTS.unrun(what)), source);
    if (!(problem instanceof NoPython)) throw problem;
  }
}

function show(report: Report, source: string): void {
  results.finish(report);
  const errors = [report.error, ...report.tests.map((test) => test.error)];
  editor.mark(errors.find((error) => error?.line) ?? null);
  if (editor.text() !== source) results.stale();
  announceResult(report);
  work.ran(source, report);
}

/** The policy that stands in the page itself. */
function ownPolicy(): string {
  const meta = document.querySelector<HTMLMetaElement>("meta[http-equiv]");
  return meta?.content ?? "";
}

async function reset(): Promise<void> {
  if (await view.confirmReset(kept.store.isThere)) work.reset();
}

part(document, "run", HTMLElement).addEventListener("click", () =>
  dispatch({ kind: "run-clicked" }),
);
part(document, "stop", HTMLElement).addEventListener("click", () =>
  dispatch({ kind: "stop-clicked" }),
);
part(document, "retry", HTMLElement).addEventListener("click", () => {
  if (hasEditor) dispatch({ kind: "retry-clicked" });
  else location.reload();
});
part(document, "reset", HTMLElement).addEventListener("click", () => void reset());
view.renderState(state);
part(document, "unmoved", HTMLElement).remove(); // the script runs
work.open();
watchOtherTabs(document, kept.draft.key, work);
// Even to ask for files takes from what the first paint needs, and Python is no later for it.
Promise.all([settled, firstPaint()]).then(boot, failWithoutEditor);
