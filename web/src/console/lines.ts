/** What Enter, Backspace and the arrows make of the lines in the console's box. */

const INDENT = "    ";

/** A text, and where the cursor is in it. */
export interface Box {
  readonly text: string;
  readonly at: number;
}

/** The line of the cursor, up to it and from it on. */
export function lineAt({ text, at }: Box): { readonly before: string; readonly after: string } {
  const from = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  return { before: text.slice(from, at), after: text.slice(at, end < 0 ? text.length : end) };
}

/** Whether the line of the cursor holds nothing: there Tab leaves the box. */
export function isBlankLine(box: Box): boolean {
  const { before, after } = lineAt(box);
  return (before + after).trim() === "";
}

/**
 * Whether Enter goes on to a next line without asking Python: within a text, after a colon or a
 * decorator, and in a block that is being typed, which an empty line ends.
 *
 * @param isTyped - Whether the lines were typed one by one; what was pasted whole is whole.
 */
export function goesOn(box: Box, isTyped: boolean): boolean {
  const { text, at } = box;
  if (text.slice(at).includes("\n")) return true;
  const { before, after } = lineAt(box);
  const line = before + after;
  if (line.trim() === "") return false;
  if ((/:\s*$/.test(line) && !isComment(line)) || /^\s*@/.test(line)) return true;
  return isTyped && text.includes("\n") && /^(?:@|[^\n]*:[ \t]*(?:#[^\n]*)?\n)/.test(text);
}

/** What is to be handed over of what was typed while something ran. */
interface Entered {
  readonly code: string;
  readonly rest: string;
  /** How many Enters that takes up. */
  readonly enters: number;
}

/**
 * What was entered while something ran: the first of its lines that hands over, with all before it;
 * where lines were pasted, all up to the last Enter.
 *
 * @param start - What it goes on from: code that was not yet whole.
 * @param enters - How often Enter was pressed.
 */
export function entered(start: string, ahead: string, enters: number): Entered | null {
  if (enters === 0) return null;
  const lines = ahead.split("\n");
  const last = lines.length - 1;
  const isPasted = last > enters;
  for (let end = isPasted ? last : 1; end <= last; end++) {
    const code = start + lines.slice(0, end).join("\n");
    if (isPasted || !goesOn({ text: code, at: code.length }, true)) {
      const rest = lines.slice(end).join("\n");
      return { code, rest, enters: isPasted ? enters : end };
    }
  }
  return null;
}

/** Begin a new line at the cursor, indented as what is before it wants. */
export function newLine({ text, at }: Box): Box {
  const indent = indentAfter(text.slice(0, at));
  return { text: `${text.slice(0, at)}\n${indent}${text.slice(at)}`, at: at + 1 + indent.length };
}

/** How far the line after a text is indented. */
export function indentAfter(text: string): string {
  const last = text.slice(text.lastIndexOf("\n") + 1);
  const indent = /^[ \t]*/.exec(last)?.[0] ?? "";
  if (/:\s*$/.test(last) && !isComment(last)) return indent + INDENT;
  return /^\s*(?:return|pass|break|continue|raise)\b/.test(last)
    ? indent.slice(0, -INDENT.length)
    : indent;
}

/** Take away one step of indentation before the cursor; null where there is none. */
export function dedent(box: Box): Box | null {
  const { before } = lineAt(box);
  if (before === "" || /[^ ]/.test(before)) return null;
  const width = before.length % INDENT.length || INDENT.length;
  const at = box.at - width;
  return { text: box.text.slice(0, at) + box.text.slice(box.at), at };
}

/**
 * What of a pasted text is code: where it begins as an example of a session does, the lines behind
 * prompts, without those. Null where that is all of it.
 */
export function withoutPrompts(pasted: string): string | null {
  const prompt = /^\s*(?:>>>|\.\.\.)(?: |$)/;
  const lines = pasted.trim().split(/\r?\n/);
  if (!/^>>>(?: |$)/.test(lines[0] ?? "")) return null;
  const code = lines.filter((line) => prompt.test(line));
  return code.map((line) => line.replace(prompt, "")).join("\n");
}

/** Put a completed name in place of its beginning. */
export function put({ text, at }: Box, from: number, name: string): Box {
  return { text: text.slice(0, from) + name + text.slice(at), at: from + name.length };
}

/** What names have in common from their beginning. */
export function commonStart(names: readonly string[]): string {
  const [first = "", ...others] = names;
  let end = first.length;
  for (const name of others) while (!name.startsWith(first.slice(0, end))) end--;
  return first.slice(0, end);
}

function isComment(line: string): boolean {
  return line.trimStart().startsWith("#");
}

/** What was entered before, the newest last; and a draft, while one looks back. */
export class Recall {
  readonly #entries: string[] = [];
  #at = 0;
  #draft = "";

  constructor(readonly most = 200) {}

  keep(text: string): void {
    if (text.trim() && this.#entries.at(-1) !== text) this.#entries.push(text);
    if (this.#entries.length > this.most) this.#entries.shift();
    this.#at = this.#entries.length;
  }

  /** The entry before; null where there is none. */
  back(text: string): string | null {
    if (this.#at === 0) return null;
    if (this.#at === this.#entries.length) this.#draft = text;
    this.#at -= 1;
    return this.#entries[this.#at] ?? null;
  }

  /** The entry after, at the end the draft; null where that is what stands there. */
  forth(): string | null {
    if (this.#at >= this.#entries.length) return null;
    this.#at += 1;
    return this.#entries[this.#at] ?? this.#draft;
  }
}
