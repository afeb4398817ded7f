/** What was run and what came of it. All of it is text, whoever wrote it. */
import { sentenceElement } from "../page/code-spans";
import { element } from "../page/element";
import { Printed } from "./printed";
import type { Piece, Said, TypedError } from "./said";

/** So many entries stay. */
const MAX_ENTRIES = 60;
/** Longer values are folded. */
const MAX_LINES = 8;
const MAX_CHARACTERS = 600;
/** So near to its end it is at its end. */
const NEAR_PX = 24;

export class Transcript {
  #entry = element("div", "try-entry");
  /** What is being printed, until something else comes. */
  #printed: Printed | null = null;
  /** What has been printed since the last frame was drawn. */
  #waiting = "";
  /** Whether the newest is to be in view: who has scrolled up to read stays there. */
  #isAtEnd = true;
  /** How far it was scrolled to have the end in view. */
  #top = 0;

  /** @param box - Where it stands, which scrolls. */
  constructor(readonly box: HTMLElement) {
    box.addEventListener("scroll", () => {
      const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
      // What is below the box takes room from it: then its end goes without anybody's scrolling.
      this.#isAtEnd = isNear || (this.#isAtEnd && box.scrollTop >= this.#top);
    });
    new ResizeObserver(() => this.#keepInView()).observe(box);
  }

  /**
   * Begin an entry.
   *
   * @param isAgain - Whether it takes the place of the last one, where that began in the same way.
   */
  begin(head: HTMLElement, isAgain = false): void {
    this.#drawPrinted();
    if (isAgain && this.#entry.firstElementChild?.className === head.className)
      this.#entry.remove();
    this.#entry = element("div", "try-entry");
    this.#printed = null;
    this.#entry.append(head);
    this.box.append(this.#entry);
    while (this.box.childElementCount > MAX_ENTRIES) this.box.firstElementChild?.remove();
    this.#isAtEnd = true;
    this.#keepInView();
  }

  /** Take back the entry that was begun: its code goes on in a next line. */
  withdraw(): void {
    this.#entry.remove();
  }

  piece(piece: Piece): void {
    if (piece.kind === "value") this.#add(valueBox(piece.text, piece.about));
    else this.#print(piece.text);
  }

  said(said: Said): void {
    this.#drawPrinted();
    if (said.kind === "invalid") this.#add(sentenceElement("p", "try-error", said.message));
    if (said.kind === "ended") this.note(said.message);
    if (said.kind === "raised") this.#add(...errorOf(said.message, said.error));
  }

  note(text: string, className = "try-note"): void {
    this.#add(element("p", className, text));
  }

  /** Lines come faster than they can be laid out one by one. */
  #print(text: string): void {
    if (this.#waiting === "") requestAnimationFrame(() => this.#drawPrinted());
    this.#waiting += text;
  }

  #drawPrinted(): void {
    if (this.#waiting === "") return;
    const printed = this.#printed ?? new Printed();
    printed.add(this.#waiting);
    this.#waiting = "";
    if (this.#printed === null) this.#append(printed.box);
    this.#printed = printed;
    this.#keepInView();
  }

  #add(...parts: readonly HTMLElement[]): void {
    this.#drawPrinted();
    this.#printed = null;
    this.#append(...parts);
    this.#keepInView();
  }

  #append(...parts: readonly HTMLElement[]): void {
    if (!this.#entry.isConnected) this.box.append(this.#entry);
    this.#entry.append(...parts);
  }

  #keepInView(): void {
    if (!this.#isAtEnd) return;
    this.box.scrollTop = this.box.scrollHeight;
    this.#top = this.box.scrollTop;
  }
}

/** Code as it was entered. */
export function echo(code: string): HTMLElement {
  const box = element("pre", "try-echo");
  box.append(element("code", "", code));
  return box;
}

function valueBox(text: string, about: string): HTMLElement {
  const box = element("div", "try-value");
  if (about) box.append(element("p", "try-about", about));
  const isLong = text.length > MAX_CHARACTERS || text.split("\n", MAX_LINES + 1).length > MAX_LINES;
  box.append(isLong ? folded(text) : element("pre", "", text));
  return box;
}

/** A long value: how it begins, and all of it where that is wanted. */
function folded(text: string): HTMLElement {
  const start = text
    .split("\n", 2)
    .join("\n")
    .slice(0, 2 * 72);
  const details = element("details", "try-long");
  const summary = element("summary", "");
  summary.append(element("code", "", `${start} …`));
  details.append(summary, element("pre", "", text));
  return details;
}

function errorOf(message: string, error: TypedError): HTMLElement[] {
  const parts: HTMLElement[] = [
    message
      ? sentenceElement("p", "try-error", message)
      : element("p", "try-error", `${error.type}: ${error.message}`),
  ];
  if (error.traceback) parts.push(element("pre", "try-traceback", error.traceback));
  return parts;
}
