/** Wiring only: events go to the session, states to the view, effects to whoever carries them out. */

import { neededFiles } from "../driver/realm";
import { NoPython, type RunPhase, run, unrun } from "../driver/run";
import type { Asked } from "../driver/trace";
import type { AssetName } from "../shared/assets";
import type { Exercise } from "../shared/exercise";
import type { BootKind } from "../shared/messages";
import { keptAt, placeOf } from "../shared/place";
import type { Problem } from "../shared/problem";
import type { Report, TestResult } from "../shared/report";
import { settleAddress } from "./address";
import { startAssetThread } from "./asset-thread";
import { AssetStore, assetUrl } from "./assets";
import { assistanceFor } from "./assistance";
import { watchBoot } from "./boot-progress";
import { BrowserHost } from "./browser-host";
import { forgetDeadPlaces, forgetOldNotes } from "./dead-places";
import { Dialogs, type Sharing } from "./dialogs";
import type { Edition } from "./draft";
import { openEditor } from "./editor-slot";
import { announceReady, announceResult } from "./embed";
import { watchHeldKey } from "./held";
import { Hints } from "./hints";
import { keepForOffline } from "./keep-offline";
import { openKept } from "./kept";
import { hasMemory } from "./memory";
import { createMenu } from "./menu";
import { createNotices } from "./notices";
import { deletedKey, onStored, watchOtherTabs } from "./other-tabs";
import { CHECKING_IDLE_MS, IDLE_MS, OwnRealm, type Released } from "./own-realm";
import { firstPaint } from "./paint";
import { FILLS, Panes } from "./panes";
import { showPassed } from "./passed";
import { Permission } from "./permission";
import { PolicyWatch, policyOf } from "./policy";
import { preparePrint } from "./print";
import { describe } from "./problems";
import { Progress } from "./progress";
import { keysReachStatement } from "./reach";
import { RealmPool } from "./realm-pool";
import { createRegions } from "./regions";
import { createResults } from "./results";
import { createSeparators } from "./room";
import { showRuns } from "./run-dots";
import type { Effect, SessionEvent, State } from "./session";
import { LOADING, transition } from "./session";
import { applySettings, Preferences, SETTINGS_KEY } from "./settings";
import { watchSharedLinks } from "./shared-links";
import { listenForKeys } from "./shortcuts";
import { bestBoot, rememberMismatch } from "./snapshot-mismatch";
import { Solution, type SolutionPolicy } from "./solution";
import { createStarterDialog } from "./starter-dialog";
import { callsOne, Exchanges, offerSteps, StepThrough } from "./step-through";
import { missingSupport } from "./support";
import { createSymbols } from "./symbols";
import { offerTrials } from "./trials";
import { TryIt } from "./try-it";
import { offerUntab, settleUntab } from "./untab";
import { createView, part } from "./view";
import { RESULTS } from "./words";
import { Work } from "./work";
import { watchWrapping } from "./wrapping";
import { YourFunction } from "./your-function";

declare const __EXERCISE__: Exercise;
declare const __EDITION__: Edition;
declare const __SOLUTION__: SolutionPolicy;
declare const __SHARING__: Sharing;

const exercise = __EXERCISE__;
const place = placeOf(location.pathname);
const prefix = keptAt(exercise.slug, place);
const view = createView(document);
const panes = new Panes(document);
const policy = new PolicyWatch(document, policyOf(document), location);
const results = createResults(document);
const kept = openKept(exercise, place);
const hints = new Hints(document, kept.hints);
const onChange = (text: string): void => {
  work.changed(text);
  results.stale();
  tryIt.edited();
  stepThrough.edited();
  yourFunction.edited();
};
const isHeld = watchHeldKey(window);
const onRun = (): void => {
  if (isHeld()) return;
  dispatch({ kind: "run-clicked" });
  panes.show("results");
};
const files = new AssetStore(startAssetThread, (violation) => policy.note(violation));
const settled = settleAddress(location, assetUrl("realm.js"));
/** Without its editor the page has to be loaded anew. */
const failWithoutEditor = (cause: unknown): void => {
  hasEditor = false;
  void fail(cause);
};
const { nonce = "" } = part(document, "editor", HTMLElement).dataset;
/** Whether mistakes may be looked for while one types: runs and what they need come first. */
const checking = new Permission();
const assistance = assistanceFor(document, nonce, {
  names: files.late("names.json"),
  checking: {
    permission: checking,
    open: (onGone) => ownRealm(onGone, { idleMs: CHECKING_IDLE_MS, isToRun: false }),
  },
});
const editor = openEditor(
  document,
  kept.draft.text(),
  { onRun, onChange, assistance },
  nonce,
  settled,
  failWithoutEditor,
);
let hasEditor = true;
const notices = createNotices(document);
const work = new Work(
  { ...exercise, edition: __EDITION__ },
  kept,
  {
    editor,
    notices,
    showUnsaved: view.showUnsaved,
    showStarter: createStarterDialog(document, exercise.starter, () => work.reset()),
  },
  Date.now,
);
const preferences = new Preferences(kept.store, (settings) => {
  applySettings(document, settings);
  settleWrapping();
  checking.want(settings.marks && hasMemory());
});
checking.want(preferences.now.marks && hasMemory());
const dialogs = new Dialogs(
  document,
  {
    nonce,
    slug: exercise.slug,
    place,
    kept,
    work,
    editor,
    preferences,
    notices,
    sharing: __SHARING__,
  },
  describe,
);

let setUp = (): void => {};
const isUp = new Promise<void>((resolve) => {
  setUp = resolve;
});
const ownRealm = (
  onGone: (why: Released) => void,
  { idleMs = IDLE_MS, isToRun = true } = {},
): OwnRealm =>
  new OwnRealm({
    open: () => (realms as RealmPool).openBeside(isToRun),
    mayOpen: isUp,
    idleMs,
    onGone,
  });
// What was computed there is the learner's: no time ends it (WCAG 2.2.1), and only want of memory.
const own = ownRealm((why) => tryIt.gone(why), { idleMs: Infinity });
const explain = (cause: unknown): string => describe(cause).what;
const entryPoints = exercise.entryPoints.map(({ name }) => name);
const tryIt = new TryIt(document, panes, own, {
  nonce,
  limits: exercise.limits,
  editor,
  explain,
  onBusy: (isBusy) => view.showTrying("console", isBusy),
  isCall: (code) => callsOne(entryPoints, code),
  stepThrough: (call, source) =>
    stepThrough.watch({ traced: { source, earlier: [], call }, title: null, got: "" }),
});
const solution = new Solution(
  document,
  __SOLUTION__,
  nonce,
  kept.runs,
  () => editor.text(),
  describe,
  files.late("solution.txt"),
);
offerTrials(document, (code) => tryIt.tryCode(code));
let exchanges = new Exchanges("");
const stepThrough = new StepThrough(document, panes, () => ownRealm(() => {}), {
  nonce,
  exercise,
  editor,
  explain,
});
offerSteps(
  () => exchanges,
  (watched) => stepThrough.watch(watched),
);
const yourFunction = new YourFunction(document, panes, () => ownRealm(() => {}), {
  file: files.late("explore.json"),
  nonce,
  exercise,
  editor,
  explain,
  onBusy: (isBusy) => view.showTrying("explore", isBusy),
});

let state: State = LOADING;
let runs = 0;
let realms: RealmPool | null = null;
let stopping = new AbortController();

function dispatch(event: SessionEvent): void {
  const [next, effect] = transition(state, event, runs + 1);
  state = next;
  if (next.kind === "running") runs = next.run;
  view.renderState(next);
  checking.free(next.kind === "ready");
  if (effect) EFFECTS[effect]();
}

const EFFECTS: Record<Effect, () => void> = {
  boot: () => void (hasEditor ? boot() : location.reload()),
  "start-run": () => void startRun(runs),
  "stop-run": () => stopping.abort(),
};

async function boot(): Promise<unknown> {
  const unsupported = missingSupport();
  if (unsupported) return dispatch({ kind: "boot-failed", problem: unsupported });
  realms?.end();
  if (realms !== null) policy.forget(); // this is another try
  const how = bestBoot(kept.store, prefix);
  const needed = neededFiles(how, files);
  const watch = watchBoot((progress) => dispatch({ kind: "progress", progress }));
  files.watch(needed, watch.arrived);
  const pool = openRealms(how);
  realms = pool;
  const { candidate, judge } = pool;
  try {
    performance.mark("exercise:wanted"); // marks are for benchmarks
    await files.fetch(needed);
    performance.mark("exercise:files");
    watch.starting();
    await Promise.all([candidate, judge].map((slot) => slot.ready.then(watch.answered)));
  } catch (problem) {
    pool.end();
    return fail(problem);
  }
  begin(pool, `${candidate.realm.how} ${judge.realm.how}`);
  getTheRest(needed);
}

function openRealms(how: BootKind): RealmPool {
  const host = new BrowserHost(files, (directive) => policy.refused(directive));
  const onMismatch = (): void => rememberMismatch(kept.store, prefix);
  const onScarce = (): void => {
    for (const holder of [checking, own]) holder.giveRoom();
  };
  return new RealmPool(host, exercise.limits.bootSeconds, how, onMismatch, onScarce);
}

/** Python is up: whatever waits for it begins. */
function begin(pool: RealmPool, how: string): void {
  performance.mark("exercise:ready");
  showRuns(document, kept.runs.all());
  // For tests and benchmarks: whether the snapshots were really restored.
  document.documentElement.dataset.boot = how;
  dispatch({ kind: "booted" });
  announceReady(exercise.slug);
  setUp();
  pool.rehearse();
  forgetDeadPlaces(kept.store, kept.draft.key, Date.now());
  forgetOldNotes(kept.store, prefix);
}

/** What code may yet want to import is here before it is asked for; without it the page still works. */
function getTheRest(needed: readonly AssetName[]): void {
  const all = [...new Set([...needed, ...neededFiles("import", files)])];
  files.fetch(all).then(
    () => keepForOffline(files, all),
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

async function startRun(id: number): Promise<void> {
  if (realms === null) return;
  work.beforeRun();
  const source = editor.text();
  results.start();
  editor.watch();
  stopping = new AbortController();
  exchanges = new Exchanges(source);
  const progress = new Progress();
  const observer = {
    phase: (phase: RunPhase) => progress.soon(() => dispatch({ kind: "phase", run: id, phase })),
    running: (test: string) => progress.soon(() => results.running(test)),
    result: (result: TestResult) => progress.soon(() => results.show(result)),
    asked: (test: string, asked: Asked) => exchanges.add(test, asked),
    again: () => {
      exchanges.clear();
      progress.soon(() => results.again());
    },
  };
  try {
    const running = run(exercise, realms, source, observer, stopping.signal);
    show(await running.finally(() => progress.end()), source);
    dispatch({ kind: "finished", run: id });
  } catch (problem) {
    const { what } = await fail(problem);
    show(unrun(exercise, RESULTS.unrun(what)), source, false);
    if (!(problem instanceof NoPython)) throw problem;
  }
}

function show(report: Report, source: string, isVerdict = true): void {
  if (isVerdict) work.ran(source, report);
  showRuns(document, kept.runs.all());
  showPassed(document, report, kept.runs.count);
  results.finish(report); // once what stands above the tests is settled: it shows the first failure
  const errors = [report.error, ...report.tests.map((test) => test.error)];
  offerUntab(document, report, source, () => void dialogs.act("untab"));
  editor.mark(errors.find((error) => error?.line) ?? null);
  if (editor.text() !== source) results.stale();
  announceResult(report);
  hints.ran(report);
  solution.ran();
}

async function reset(): Promise<void> {
  if (await view.confirmReset(kept.store.isThere)) work.reset();
}

part(document, "run", HTMLElement).addEventListener("click", onRun);
part(document, "stop", HTMLElement).addEventListener("click", () => {
  if (state.kind === "running") dispatch({ kind: "stop-clicked" });
  else for (const tried of [tryIt, yourFunction]) tried.stop();
});
part(document, "retry", HTMLElement).addEventListener("click", () =>
  dispatch({ kind: "retry-clicked" }),
);
part(document, "reset", HTMLElement).addEventListener("click", () => void reset());
view.renderState(state);
part(document, "unmoved", HTMLElement).remove(); // the script runs
const settleWrapping = watchWrapping(document, preferences);
work.open();
watchOtherTabs(document, kept.draft.key, work);
onStored(SETTINGS_KEY, () => preferences.follow());
const beginAnew = (): void => {
  work.close();
  location.reload();
};
onStored(deletedKey(exercise.slug, place), beginAnew);
// A page that comes back from the browser's memory has not heard of it.
addEventListener("pageshow", ({ persisted }: PageTransitionEvent) => {
  if (persisted && kept.draft.isEmptied()) beginAnew();
});
const find = (): void => {
  panes.show("code");
  editor.act("find");
};
createMenu(
  document,
  () => {
    settleUntab(document, editor.text());
    dialogs.want();
  },
  (name) => {
    const fill = FILLS.find((each) => name === `fill-${each}`);
    if (fill) panes.fill(fill);
    else if (name === "find") find();
    else void dialogs.act(name);
  },
);
void firstPaint().then(() => {
  keysReachStatement(document);
  createSeparators(document, kept.store);
  preparePrint(document, () => editor.text());
  createSymbols(document, editor);
  watchSharedLinks(() => void dialogs.act("shared"));
  listenForKeys(document, {
    onRun,
    show: () => void dialogs.act("keys"),
    isOn: () => preferences.now.singleKeys,
  });
  createRegions(document, panes);
});
// Even to ask for files takes from what the first paint needs, and Python is no later for it.
Promise.all([settled, firstPaint()]).then(boot, failWithoutEditor);
