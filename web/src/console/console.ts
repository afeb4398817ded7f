/** The region "Try it": its parts, and what goes on in them. */
import { element } from "../page/element";
import type { Console, ConsoleOptions } from "../page/try-it";
import { INPUT, isComposing } from "../shared/keys";
import { button, makeParts } from "./parts";
import { Prompt } from "./prompt";
import type { Said } from "./said";
import { type Begun, type Ending, type Held, Session, type Watcher, type Why } from "./session";
import { echo, Transcript } from "./transcript";
import { WORDS } from "./words";

/** Names that there are to choose from: so many are shown. */
const MAX_NAMES = 40;

export function createConsole(options: ConsoleOptions): Console {
  const parts = makeParts(options.box);
  const transcript = new Transcript(parts.output);
  const source = (): string => options.editor.text();
  const input = (isWhole = false) => ({ text: parts.input.value, isWhole });
  const session = new Session(options.python, options.limits, watcher(), Date.now);

  function watcher(): Watcher {
    return {
      busy: showBusy,
      began: showBegun,
      piece: (piece) => transcript.piece(piece),
      said: showSaid,
      restarted: showRestart,
      unavailable: (cause) =>
        transcript.note(WORDS.unavailable(options.explain(cause)), "try-error"),
      holds: showHeld,
    };
  }

  let held: Held | null = null;
  /** What was typed since the file was run. */
  let typed: string[] = [];
  let step: HTMLElement | null = null;
  /** Whether somebody runs the file to see it, and so may be asked for its input. */
  let canAsk = false;

  function showHeld(now: Held | null): void {
    held = now;
    const state = held === null ? "nothing" : held.source === source() ? "same" : "differs";
    if (parts.held.dataset.held === state && state !== "same") return;
    parts.held.dataset.held = state;
    parts.held.textContent = heldText(held, state);
  }

  function showBusy(isBusy: boolean): void {
    options.box.toggleAttribute("data-busy", isBusy);
    parts.run.setAttribute("aria-disabled", String(isBusy));
    parts.running.hidden = !isBusy;
    if (isBusy) showWanted(null);
    options.onBusy(isBusy);
  }

  function showBegun(begun: Begun): void {
    canAsk = begun.kind === "program" && begun.why !== "defines";
    if (begun.kind === "program") typed = [];
    if (step?.contains(document.activeElement)) parts.prompt.focus();
    step?.remove();
    transcript.begin(headOf(begun, stepButton), begun.kind === "program" && begun.why === "again");
  }

  /** A way to step through a call that is typed: the last one's alone, on the way of Tab. */
  function stepButton(code: string): HTMLElement[] {
    const call = { code, before: [...typed] };
    typed.push(code);
    if (!options.isCall(code)) return [];
    step = button(WORDS.step, "small try-step");
    step.append(element("span", "spoken-only", WORDS.stepOf(code)));
    step.addEventListener("click", () => options.stepThrough(call, held?.source ?? source()));
    return [step];
  }

  function showSaid(said: Said): void {
    if (said.kind === "incomplete") transcript.withdraw();
    else transcript.said(said);
    if (said.kind === "input-wanted") {
      if (canAsk) showWanted(said);
      else transcript.note(WORDS.wantsInput);
    }
    if (said.kind !== "raised" || !said.error.isOfFile || held?.source !== source()) return;
    options.editor.watch();
    options.editor.mark(said.error);
  }

  function showRestart(ending: Ending): void {
    transcript.note(`${reasonOf(ending)} ${WORDS.restarted}`, "try-restart");
  }

  function showWanted(said: Extract<Said, { kind: "input-wanted" }> | null): void {
    if (said === null && parts.wanted.contains(document.activeElement)) parts.prompt.focus();
    parts.wanted.hidden = said === null;
    if (said === null) return;
    parts.wantedText.textContent = WORDS.wanted(said.taken + 1, said.prompt);
    const { value } = parts.input;
    if (value && !value.endsWith("\n")) parts.input.value = `${value}\n`;
    parts.input.focus();
    parts.input.setSelectionRange(parts.input.value.length, parts.input.value.length);
    fitInput();
  }

  const run = (why: Why = "wanted", isWhole = false): void => {
    if (parts.run.getAttribute("aria-disabled") === "true") return;
    void session.run(source(), input(isWhole), why);
  };
  const fitInput = (): void => {
    parts.input.rows = Math.min(4, parts.input.value.split("\n").length);
  };
  const goOn = (event: KeyboardEvent): void => {
    if (event.key !== INPUT.goOn[0].key || isComposing(event) || parts.wanted.hidden) return;
    event.preventDefault();
    parts.input.value = `${parts.input.value}\n`;
    fitInput();
    run("again");
  };

  const prompt = new Prompt({
    box: parts.prompt,
    submit: (code) => session.type(code, source(), parts.input.value),
    complete: (before) => session.complete(before),
    showNames: (names) => {
      parts.names.textContent = namesText(names);
    },
    stop: () => session.stop(),
  });
  parts.run.addEventListener("click", () => run());
  parts.end.addEventListener("click", () => run("again", true));
  parts.input.addEventListener("keydown", goOn);
  parts.input.addEventListener("input", fitInput);
  showHeld(null);

  return {
    tryCode(code) {
      prompt.offer(code);
      void session.type(code, source(), parts.input.value, true);
    },
    stop: () => session.stop(),
    edited: () => showHeld(held),
    gone: (why) => session.gone(why),
  };
}

function headOf(begun: Begun, more: (code: string) => HTMLElement[]): HTMLElement {
  if (begun.kind === "typed") {
    const head = element("div", "try-typed");
    head.append(echo(begun.code), ...more(begun.code));
    return head;
  }
  return element("p", "try-ran", WORDS.ran(timeOf(Date.now())));
}

function heldText(held: Held | null, state: string): string {
  if (held === null) return WORDS.holdsNothing;
  if (state === "differs") return WORDS.differs(timeOf(held.at));
  return WORDS.holds(timeOf(held.at), held.source.trimEnd().split("\n").length);
}

function reasonOf(ending: Ending): string {
  if (ending.kind === "late") return WORDS.late(ending.seconds, ending.line, ending.isOfFile);
  return WORDS[ending.kind];
}

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString("en-GB");
}

function namesText(names: readonly string[] | null): string {
  if (names === null) return "";
  if (names.length === 0) return WORDS.noNames;
  const more = names.length - MAX_NAMES;
  return names.slice(0, MAX_NAMES).join("  ") + (more > 0 ? WORDS.moreNames(more) : "");
}
