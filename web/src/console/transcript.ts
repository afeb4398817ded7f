/** What was run and what came of it. All of it is text, whoever wrote it. */
import { element } from "../page/element";
import type { Piece, Said, TypedError } from "./said";

/** So many entries stay. */
const MAX_ENTRIES = 60;
/** Longer values are folded. */
const MAX_LINES = 8;
const MAX_CHARACTERS = 600;

export class Transcript {
  #entry = element("div", "try-entry");
  /** What is being printed, until something else comes. */
  #printed: HTMLElement | null = null;

  /** @param box - Where it stands, which scrolls. */
  constructor(readonly box: HTMLElement) {}

  /**
   * Begin an entry.
   *
   * @param isAgain - Whether it takes the place of the last one.
   */
  begin(head: HTMLElement, isAgain = false): void {
    if (isAgain) this.#entry.remove();
    this.#entry = element("div", "try-entry");
    this.#printed = null;
    this.#keepInView(() => {
      this.#entry.append(head);
      this.box.append(this.#entry);
      while (this.box.childElementCount > MAX_ENTRIES) this.box.firstElementChild?.remove();
    });
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
    if (said.kind === "invalid") this.#add(element("p", "try-error", said.message));
    if (said.kind === "raised") this.#add(...errorOf(said.message, said.error));
  }

  note(text: string, className = "try-note"): void {
    this.#add(element("p", className, text));
  }

  #print(text: string): void {
    let printed = this.#printed;
    if (printed === null) {
      printed = element("pre", "try-out");
      this.#add(printed);
      this.#printed = printed;
    }
    const part = element("span", "", text);
    this.#keepInView(() => printed.append(part));
  }

  #add(...parts: readonly HTMLElement[]): void {
    this.#printed = null;
    this.#keepInView(() => {
      if (!this.#entry.isConnected) this.box.append(this.#entry);
      this.#entry.append(...parts);
    });
  }

  /** Who has scrolled up to read stays there; else the newest is in view. */
  #keepInView(change: () => void): void {
    const { box } = this;
    const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 24;
    change();
    if (isAtEnd) box.scrollTop = box.scrollHeight;
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
    element("p", "try-error", message || `${error.type}: ${error.message}`),
  ];
  if (error.traceback) parts.push(element("pre", "try-traceback", error.traceback));
  return parts;
}
