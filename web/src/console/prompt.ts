/** The box that one types into: lines, what was entered before, and names that are completed. */
import { type Chord, CONSOLE, isComposing, isOneOf, keyOf } from "../shared/keys";
import {
  type Box,
  commonStart,
  dedent,
  entered,
  goesOn,
  indentAfter,
  isBlankLine,
  lineAt,
  newLine,
  put,
  Recall,
  withoutPrompts,
} from "./lines";
import type { Completions } from "./said";
import type { Typed } from "./session";

interface PromptOptions {
  readonly box: HTMLTextAreaElement;
  /** Runs what was entered. */
  submit(code: string): Promise<Typed>;
  complete(before: string): Promise<Completions | null>;
  /** Shows the names that there are to choose from. */
  showNames(names: readonly string[] | null): void;
  stop(): void;
}

type Deed = () => void;

/** Beyond so many lines the box scrolls. */
const MAX_ROWS = 8;

export class Prompt {
  readonly #recall = new Recall();
  /** Whether the lines in the box were typed one by one. */
  #isTyped = false;
  #isPending = false;
  /** How often Enter was pressed while something ran. */
  #enters = 0;
  #isAsking = false;
  /** Whether Tab leaves the box, whatever is in it. */
  #isLeaving = false;
  /** Where a new line was indented for whoever types: who indents it by hand needs no more of it. */
  #indented = "";

  constructor(readonly options: PromptOptions) {
    const { box } = options;
    box.addEventListener("keydown", (event) => this.#onKey(event));
    box.addEventListener("input", () => this.#onInput());
    box.addEventListener("paste", (event) => this.#onPaste(event));
    this.#fit();
  }

  /** Put a text into the box, to be changed and entered. */
  offer(text: string): void {
    this.#recall.keep(this.#box.text); // what was being written is found again by ArrowUp
    this.#recall.keep(text);
    this.#isTyped = false;
    this.#enters = 0;
    this.#set({ text, at: text.length });
  }

  #onKey(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    const deed = this.#deedOf(event);
    if (!["Shift", "Control", "Alt", "Meta"].includes(event.key)) {
      this.#isLeaving = keyOf(event) === CONSOLE.leave[0].key;
      if (keyOf(event) !== CONSOLE.complete[0].key) this.options.showNames(null);
    }
    if (deed === null) return;
    event.preventDefault();
    deed();
  }

  #deedOf(event: KeyboardEvent): Deed | null {
    const box = this.#box;
    const is = (chords: readonly Chord[]): boolean => isOneOf(chords, event);
    const isWhole = is(CONSOLE.enterAll);
    if (isWhole || is(CONSOLE.enter) || is(CONSOLE.newLine)) {
      return this.#enter(event.shiftKey, isWhole);
    }
    if (is(CONSOLE.complete)) {
      return this.#isLeaving || isBlankLine(box) ? null : () => void this.#complete();
    }
    if (is(CONSOLE.earlier)) return this.#recalled("up");
    if (is(CONSOLE.later)) return this.#recalled("down");
    if (is(CONSOLE.stop) && this.#isPending && !this.#selection) return this.options.stop;
    if (is([{ key: " " }])) return this.#ownIndent();
    const dedented = is(CONSOLE.dedent) && !this.#selection ? dedent(box) : null;
    return dedented && (() => this.#set(dedented));
  }

  /** Enter goes on or hands over; what is typed while something runs waits until it is over. */
  #enter(isShift: boolean, isMod: boolean): Deed | null {
    const box = this.#box;
    if (this.#isPending) return this.#enterAhead(box, isShift, isMod);
    if (isShift || (!isMod && goesOn(box, this.#isTyped))) return () => this.#goOn(box);
    return () => void this.#submit(box.text);
  }

  /** The end of a line is an Enter that waits. An empty line ends whatever goes on. */
  #enterAhead(box: Box, isShift: boolean, isMod: boolean): Deed | null {
    const ends = isMod ? 2 : 1;
    this.#enters += ends;
    const { text, at } = box;
    const isInLastLine = at < text.length && !text.includes("\n", at);
    if (!isMod && (isShift || !isInLastLine)) return null; // as the browser does it
    const ended = text + "\n".repeat(ends);
    return () => this.#set({ text: ended, at: ended.length });
  }

  #goOn(box: Box): void {
    this.#isTyped = true;
    this.#set(newLine(box));
    this.#indented = lineAt(this.#box).before;
  }

  /** Hand over what is in the box, and then what was entered there meanwhile, one after the other. */
  async #submit(text: string): Promise<void> {
    this.#isPending = true;
    let code = text;
    this.#set({ text: "", at: 0 });
    for (;;) {
      const typed = code.trim() === "" ? "done" : await this.options.submit(code);
      const isOpen = typed === "incomplete";
      if (!isOpen) this.#recall.keep(code.trimEnd());
      this.#isTyped = isOpen;
      const start = isOpen ? `${code}\n` : "";
      const ahead = this.#box.text;
      const next = entered(start, ahead, this.#enters);
      if (next === null) {
        this.#resume(start, ahead, isOpen ? indentAfter(code) : "");
        break;
      }
      this.#enters -= next.enters;
      code = next.code;
      this.#set({ text: next.rest, at: next.rest.length });
    }
    this.#isPending = false;
    this.#enters = 0;
  }

  /** Code goes on in a next line, of which some may have been typed already. */
  #resume(start: string, ahead: string, wanted: string): void {
    if (start === "") return;
    this.#indented = ahead === "" ? wanted : "";
    const all = `${start}${this.#indented}${ahead}`;
    this.#set({ text: all, at: all.length });
  }

  /** Who indents by hand takes the place of the indentation that was made. */
  #ownIndent(): Deed | null {
    const box = this.#box;
    const { before, after } = lineAt(box);
    if (this.#indented === "" || before !== this.#indented || after !== "") return null;
    this.#indented = "";
    const at = box.at - before.length;
    return () => this.#set({ text: `${box.text.slice(0, at)} `, at: at + 1 });
  }

  #recalled(way: "up" | "down"): Deed | null {
    const { text, at } = this.#box;
    if ((way === "up" ? text.slice(0, at) : text.slice(at)).includes("\n")) return null;
    const found = way === "up" ? this.#recall.back(text) : this.#recall.forth();
    if (found === null) return null;
    this.#isTyped = false;
    return () => this.#set({ text: found, at: found.length });
  }

  /** Ask what the name may become; that may take until what runs has ended, and be too late then. */
  async #complete(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const asked = this.#box;
    const line = lineAt(asked).before;
    const found = await this.options.complete(line);
    this.#isAsking = false;
    const box = this.#box;
    if (found === null || box.text !== asked.text || box.at !== asked.at) return;
    const { from, names } = found;
    if (from > line.length) return;
    this.options.showNames(names.length === 1 ? null : names);
    const common = commonStart(names);
    if (common !== "") this.#set(put(box, box.at - line.length + from, common));
  }

  get #box(): Box {
    const { value, selectionStart } = this.options.box;
    return { text: value, at: selectionStart };
  }

  get #selection(): boolean {
    const { selectionStart, selectionEnd } = this.options.box;
    return selectionStart !== selectionEnd;
  }

  #set({ text, at }: Box): void {
    const { box } = this.options;
    box.value = text;
    box.setSelectionRange(at, at);
    this.#fit();
  }

  #onInput(): void {
    this.#indented = "";
    if (!this.#box.text.includes("\n")) this.#isTyped = false;
    this.#fit();
  }

  /** Examples of sessions are pasted as the code that was typed in them. */
  #onPaste(event: ClipboardEvent): void {
    const code = withoutPrompts(event.clipboardData?.getData("text/plain") ?? "");
    if (code === null) return;
    event.preventDefault();
    const { box } = this.options;
    box.setRangeText(code, box.selectionStart, box.selectionEnd, "end");
    this.#onInput();
  }

  /** The box is as high as what is in it, up to a limit. */
  #fit(): void {
    const { box } = this.options;
    box.rows = Math.min(MAX_ROWS, box.value.split("\n").length);
  }
}
