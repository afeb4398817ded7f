/** What code prints, as a terminal shows it: what follows a carriage return takes the place of its line. */
import { element } from "../page/element";

export class Printed {
  readonly box = element("pre", "try-out");
  /** The line that has not ended yet, and what shows it. */
  #line = "";
  #parts: HTMLElement[] = [];

  add(text: string): void {
    const isOver = this.#line.endsWith("\r") || text.includes("\r");
    // What is only added to is left in place: whoever has it read aloud hears no line twice.
    if (isOver) for (const part of this.#parts.splice(0)) part.remove();
    const [ended, line] = atLastEnd(isOver ? this.#line + text : text);
    if (isOver || ended) this.#line = "";
    if (ended) {
      this.#parts = [];
      this.#append(ended);
    }
    if (line) this.#parts.push(this.#append(line));
    this.#line = isOver ? shortened(line) : this.#line + line;
  }

  #append(text: string): HTMLElement {
    const part = element("span", "", overwritten(text));
    this.box.append(part);
    return part;
  }
}

/** What is to be seen of lines whose begin was written over. */
export function overwritten(text: string): string {
  if (!text.includes("\r")) return text;
  return text.split("\n").map(lastOf).join("\n");
}

/** What was written last over a line; a carriage return at its end has nothing to follow. */
function lastOf(line: string): string {
  let end = line.length;
  while (line[end - 1] === "\r") end -= 1;
  return line.slice(line.lastIndexOf("\r", end - 1) + 1, end);
}

/** A line, without what is not to be seen of it whatever follows. */
function shortened(line: string): string {
  return lastOf(line) + (line.endsWith("\r") ? "\r" : "");
}

function atLastEnd(text: string): [string, string] {
  const end = text.lastIndexOf("\n") + 1;
  return [text.slice(0, end), text.slice(end)];
}
