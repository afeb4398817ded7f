/** The region "Try it": its parts, and what goes on in them. */
import { element } from "../page/element";
import type { Released } from "../page/own-realm";
import type { Console, ConsoleOptions } from "../page/try-it";
import { INPUT, isComposing } from "../shared/keys";
import { asked } from "./asked-line";
import { button, makeParts } from "./parts";
import { Prompt } from "./prompt";
import { lacks, type Said } from "./said";
import { type Begun, type Ending, type Held, Session, type Watcher, type Why } from "./session";
import { echo, Transcript } from "./transcript";
import { WORDS } from "./words";

/** Names that there are to choose from: so many are shown. */
const MAX_NAMES = 40;

export class Region implements Console {
  readonly #parts: ReturnType<typeof makeParts>;
  readonly #transcript: Transcript;
  readonly #session: Session;
  readonly #prompt: Prompt;
  #held: Held | null = null;
  /** What was typed since the file was run. */
  #typed: string[] = [];
  #step: HTMLElement | null = null;
  /** Whether somebody runs the file to see it, and so may be asked for its input. */
  #canAsk = false;
  /** The input that the file was given. */
  #given = "";

  constructor(readonly options: ConsoleOptions) {
    this.#parts = makeParts(options.box);
    this.#transcript = new Transcript(this.#parts.output);
    this.#session = new Session(options.python, options.limits, this.#watcher(), Date.now);
    this.#prompt = new Prompt({
      box: this.#parts.prompt,
      submit: (code) => this.#session.type(code, this.#source, this.#parts.input.value),
      complete: (before) => this.#session.complete(before),
      showNames: (names) => {
        this.#parts.names.textContent = namesText(names);
      },
      stop: () => this.stop(),
    });
    this.#listen();
    this.#showHeld(null);
  }

  tryCode(code: string): void {
    this.#prompt.offer(code);
    void this.#session.type(code, this.#source, this.#parts.input.value, true);
  }

  stop(): void {
    this.#session.stop();
  }

  edited(): void {
    this.#showHeld(this.#held);
  }

  gone(why: Released): void {
    this.#session.gone(why);
  }

  get #source(): string {
    return this.options.editor.text();
  }

  #watcher(): Watcher {
    return {
      busy: (isBusy) => this.#showBusy(isBusy),
      began: (begun) => this.#showBegun(begun),
      piece: (piece) => this.#transcript.piece(piece),
      said: (said) => this.#showSaid(said),
      leftOut: () => this.#transcript.note(WORDS.leftOut),
      restarted: (ending) =>
        this.#transcript.note(`${reasonOf(ending)} ${WORDS.restarted}`, "try-restart"),
      unavailable: (cause) =>
        this.#transcript.note(WORDS.unavailable(this.options.explain(cause)), "try-error"),
      holds: (held) => this.#showHeld(held),
    };
  }

  #listen(): void {
    const { run, end, input } = this.#parts;
    run.addEventListener("click", () => this.#run());
    end.addEventListener("click", () => this.#run("again", true));
    input.addEventListener("keydown", (event) => this.#goOn(event));
    input.addEventListener("input", () => this.#fitInput());
  }

  #run(why: Why = "wanted", isWhole = false): void {
    if (this.#parts.run.getAttribute("aria-disabled") === "true") return;
    this.#runWith(this.#parts.input.value, why, isWhole);
  }

  #runWith(text: string, why: Why, isWhole = false): void {
    this.#given = text;
    void this.#session.run(this.#source, { text, isWhole }, why);
  }

  #goOn(event: KeyboardEvent): void {
    const { input, wanted } = this.#parts;
    if (event.key !== INPUT.goOn[0].key || isComposing(event) || wanted.hidden) return;
    event.preventDefault();
    input.value = `${input.value}\n`;
    this.#fitInput();
    this.#run("again");
  }

  #fitInput(): void {
    this.#parts.input.rows = Math.min(4, this.#parts.input.value.split("\n").length);
  }

  #showHeld(now: Held | null): void {
    this.#held = now;
    const isSame = now === null || now.source === this.#source;
    const text = heldText(now, isSame);
    const { held } = this.#parts;
    if (held.textContent === text) return;
    held.textContent = text;
    held.toggleAttribute("data-amiss", now !== null && !(isSame && now.missing?.length === 0));
  }

  #showBusy(isBusy: boolean): void {
    this.options.box.toggleAttribute("data-busy", isBusy);
    this.#parts.run.setAttribute("aria-disabled", String(isBusy));
    this.#parts.running.hidden = !isBusy;
    if (isBusy) this.#showWanted(null);
    this.options.onBusy(isBusy);
  }

  #showBegun(begun: Begun): void {
    this.#canAsk = begun.kind === "program" && begun.why !== "defines";
    if (begun.kind === "program") this.#typed = [];
    if (this.#step?.contains(document.activeElement)) this.#parts.prompt.focus();
    this.#step?.remove();
    const head = headOf(begun, (code) => this.#stepButton(code));
    this.#transcript.begin(head, begun.kind === "program" && begun.why === "again");
  }

  /** A way to step through a call that is typed: the last one's alone, on the way of Tab. */
  #stepButton(code: string): HTMLElement[] {
    const call = { code, before: [...this.#typed] };
    this.#typed.push(code);
    const { isCall } = this.options;
    if (!isCall(code) || (this.#held !== null && lacks(this.#held.missing, code))) return [];
    const step = button(WORDS.step, "small try-step");
    step.append(element("span", "spoken-only", WORDS.stepOf(code)));
    step.addEventListener("click", () =>
      this.options.stepThrough(call, this.#held?.source ?? this.#source),
    );
    this.#step = step;
    return [step];
  }

  #showSaid(said: Said): void {
    if (said.kind === "incomplete") this.#transcript.withdraw();
    else this.#transcript.said(said);
    if (said.kind === "input-wanted") {
      if (this.#canAsk) this.#showWanted(said);
      else this.#transcript.note(WORDS.wantsInput);
    }
    if (said.kind !== "raised" || !said.error.isOfFile) return;
    if (this.#held?.source !== this.#source) return;
    this.options.editor.watch();
    this.options.editor.mark(said.error);
  }

  #showWanted(said: Extract<Said, { kind: "input-wanted" }> | null): void {
    const { wanted, wantedText, input, prompt } = this.#parts;
    if (said === null && wanted.contains(document.activeElement)) prompt.focus();
    wanted.hidden = said === null;
    if (said === null) return;
    const { text, answer } = asked(this.#given, input.value, said.taken);
    wanted.hidden = answer !== null;
    if (answer !== null) {
      this.#runWith(answer, "again");
      return;
    }
    wantedText.textContent = WORDS.wanted(said.taken + 1, said.prompt);
    const isTyping = document.activeElement === input && input.value !== this.#given;
    if (input.value !== text) input.value = text;
    input.focus();
    if (!isTyping) input.setSelectionRange(text.length, text.length);
    this.#fitInput();
  }
}

function headOf(begun: Begun, more: (code: string) => HTMLElement[]): HTMLElement {
  if (begun.kind === "typed") {
    const head = element("div", "try-typed");
    head.append(echo(begun.code), ...more(begun.code));
    return head;
  }
  return element("p", "try-ran", WORDS.ran(timeOf(Date.now())));
}

function heldText(held: Held | null, isSame: boolean): string {
  if (held === null) return WORDS.holdsNothing;
  const text = whatIsHeld(held, isSame ? held.source.trimEnd().split("\n").length : null);
  return isSame ? text : `${text} ${WORDS.differs}`;
}

function whatIsHeld({ at, missing }: Held, lines: number | null): string {
  if (missing === null) return WORDS.holdsNone(timeOf(at));
  return missing.length > 0 ? WORDS.holdsPart(timeOf(at)) : WORDS.holds(timeOf(at), lines);
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
