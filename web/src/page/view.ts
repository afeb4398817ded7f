import type { RunPhase } from "../driver/run";
import type { BootProgress, State } from "./session";
import { RESET, STATUS } from "./words";

interface View {
  /** Brings buttons, status line and failure box in line with the session. */
  renderState(state: State): void;
  /**
   * Asks whether to put the starter in place of the learner's code; true means yes.
   *
   * @param isKept - Whether this browser keeps the code.
   */
  confirmReset(isKept: boolean): Promise<boolean>;
  /** Lets Stop stop code that is tried or drawn, beside runs. */
  showTrying(who: "console" | "explore", isTrying: boolean): void;
  /** Says, or stops saying, that this browser does not keep the code. */
  showUnsaved(unsaved: boolean): void;
}

/** The element of the page with this id; a page without it is a broken build. */
export function part<T extends HTMLElement>(page: Document, id: string, type: new () => T): T {
  const found = page.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} with id "${id}".`);
  return found;
}

/** The part of the page that shows where the session stands. */
export function createView(page: Document): View {
  const parts = findParts(page);
  parts.reset.disabled = false;
  const trying = new Set<string>();
  let isRunning = false;
  const renderStop = (): void => showStop(page, parts, isRunning || trying.size > 0);
  return {
    renderState(state) {
      isRunning = state.kind === "running";
      page.documentElement.dataset.state = state.kind;
      const queued = state.kind === "loading" && state.queued;
      page.documentElement.toggleAttribute("data-queued", queued);
      renderRun(parts, state);
      renderStop();
      renderStatus(page, parts, state);
      renderFailure(page, parts, state);
    },
    showTrying(who, isTrying) {
      if (isTrying) trying.add(who);
      else trying.delete(who);
      renderStop();
    },
    confirmReset: (isKept) => confirmReset(parts, isKept),
    showUnsaved: (unsaved) => {
      parts.unsaved.hidden = !unsaved;
    },
  };
}

type Parts = ReturnType<typeof findParts>;

function findParts(page: Document) {
  const find = (id: string) => part(page, id, HTMLElement);
  const button = (id: string) => part(page, id, HTMLButtonElement);
  return {
    run: button("run"),
    stop: button("stop"),
    reset: button("reset"),
    spoken: find("boot-spoken"),
    silent: find("boot-silent"),
    progress: part(page, "boot-progress", HTMLProgressElement),
    failure: find("failure"),
    what: find("failure-what"),
    remedy: find("failure-remedy"),
    unsaved: find("unsaved"),
    dialog: part(page, "reset-dialog", HTMLDialogElement),
    kept: find("reset-kept"),
    keep: button("reset-keep"),
    confirm: button("reset-confirm"),
  };
}

function renderRun(parts: Parts, state: State): void {
  const canRun = state.kind === "loading" || state.kind === "ready";
  parts.run.disabled = false;
  if (canRun) parts.run.removeAttribute("aria-disabled");
  else parts.run.setAttribute("aria-disabled", "true");
}

function showStop(page: Document, parts: Parts, canStop: boolean): void {
  // A disabled button drops the focus: hand it on, so that the keyboard keeps its place.
  if (!canStop && page.activeElement === parts.stop) parts.run.focus();
  parts.stop.disabled = !canStop;
}

/** What the status line shows, and how much of it a screen reader is to be told. */
interface Status {
  readonly spoken: string;
  /** Changes too often, or repeats what the verdict says. */
  readonly silent: string;
  /** Between 0 and 1 while Python is on its way. */
  readonly progress: number | null;
}

function renderStatus(page: Document, parts: Parts, state: State): void {
  const status = describe(state);
  // After a run the verdict speaks alone.
  const isKnown = state.kind === "ready" && "ran" in page.documentElement.dataset;
  write(parts.spoken, isKnown ? "" : status.spoken);
  write(parts.silent, isKnown ? status.spoken : status.silent);
  parts.progress.value = status.progress ?? 1;
  parts.progress.classList.toggle("idle", status.progress === null);
  if (status.progress === null) parts.progress.setAttribute("aria-hidden", "true");
  else parts.progress.removeAttribute("aria-hidden");
}

function describe(state: State): Status {
  switch (state.kind) {
    case "loading":
      return describeBoot(state.progress, state.queued);
    case "ready":
      return { spoken: STATUS.ready, silent: "", progress: null };
    case "running":
      return describePhase(state.phase);
    case "stopping":
      return { spoken: "", silent: STATUS.stopping, progress: null };
    case "failed":
      return { spoken: STATUS.failed, silent: "", progress: null };
    default:
      return unknownKind(state);
  }
}

function describeBoot(boot: BootProgress, queued: boolean): Status {
  const progress = bootShare(boot);
  if (queued) {
    return { spoken: STATUS.queued, silent: "", progress };
  }
  if (boot.stage === "start") {
    const silent = STATUS.started(boot.realmsReady);
    return { spoken: STATUS.starting, silent, progress };
  }
  const amount = STATUS.gotten(megabytes(boot.loadedBytes), megabytes(boot.totalBytes));
  return { spoken: STATUS.getting, silent: boot.totalBytes > 0 ? amount : "…", progress };
}

function describePhase(phase: RunPhase): Status {
  switch (phase) {
    case "warming":
      return { spoken: STATUS.warming, silent: "", progress: null };
    case "loading":
      return { spoken: "", silent: STATUS.loading, progress: null };
    case "testing":
      return { spoken: "", silent: STATUS.testing, progress: null };
    default:
      return unknownKind(phase);
  }
}

function unknownKind(_state: never): Status {
  return { spoken: "", silent: "", progress: null };
}

/** One bar for both stages: it may only grow. */
function bootShare(boot: BootProgress): number {
  if (boot.stage === "start") return Math.min(0.7 + 0.15 * boot.realmsReady, 1);
  return boot.totalBytes > 0 ? 0.7 * Math.min(boot.loadedBytes / boot.totalBytes, 1) : 0;
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

function renderFailure(page: Document, parts: Parts, state: State): void {
  const problem = state.kind === "failed" ? state.problem : null;
  write(parts.what, problem?.what ?? "");
  write(parts.remedy, problem?.remedy ?? "");
  if (!problem && parts.failure.contains(page.activeElement)) parts.run.focus();
  parts.failure.hidden = problem === null;
}

/** Leaves equal text alone, so that a screen reader does not repeat it. */
function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function confirmReset({ dialog, kept, keep, confirm }: Parts, isKept: boolean): Promise<boolean> {
  if (dialog.open) return Promise.resolve(false);
  kept.textContent = isKept ? RESET.kept : RESET.unkept;
  dialog.returnValue = "";
  keep.onclick = () => dialog.close("");
  confirm.onclick = () => dialog.close("reset");
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "reset");
  });
}
