/** The lines of a Python text as its indentation sees them, whether or not the text parses. */

/** What the indentation of a line is: of a statement, free within brackets, or a string's own text. */
type LineKind = "statement" | "free" | "string";

export interface SourceLine {
  readonly text: string;
  readonly kind: LineKind;
  /** Whether there is something but blanks and comments, to which indentation means nothing. */
  readonly hasCode: boolean;
  /** Whether the statement that begins here ends with a colon. */
  readonly opens: boolean;
}

/** A string literal's place in a text, and whether it is all of its statement, as a docstring is. */
interface Literal {
  readonly from: number;
  readonly to: number;
  readonly isAlone: boolean;
}

interface Source {
  readonly lines: readonly SourceLine[];
  readonly literals: readonly Literal[];
}

/** Comments, strings (also those that nobody closed), joined lines, brackets, ends of lines. */
const TOKEN =
  /#[^\n]*|("""|''')(?:\\.|(?!\1).)*(?:\1|$)|(["'])(?:\\.|(?!\2)[^\\\n])*\2?|\\\n|[([{)\]}]|\n/gs;

const PREFIX = /^[a-z]{0,2}$/i;

/** Reads a text whose lines end with "\n". */
export function read(text: string): Source {
  const reader = new Reader(text);
  for (const token of text.matchAll(TOKEN)) reader.take(token[0], token.index);
  return reader.end();
}

class Reader {
  readonly #kinds: LineKind[] = ["statement"];
  readonly #openers = new Set<number>();
  readonly #literals: Literal[] = [];
  #depth = 0;
  #read = 0;
  /** The statement that is being read: its first line, and its code, where one mark is one string. */
  #first = 0;
  #code = "";

  constructor(private readonly text: string) {}

  take(token: string, at: number): void {
    this.#code += this.text.slice(this.#read, at);
    this.#read = at + token.length;
    if (token === "\n") this.#endLine();
    else if (token === "\\\n") this.#kinds.push("free");
    else if (/^["']/.test(token)) this.#string(token, at);
    else if (!token.startsWith("#")) this.#bracket(token);
  }

  #endLine(): void {
    if (this.#depth > 0) {
      this.#kinds.push("free");
      return;
    }
    this.#endStatement();
    this.#first = this.#kinds.push("statement") - 1;
  }

  #endStatement(): void {
    const code = this.#code.trim();
    if (code.endsWith(":")) this.#openers.add(this.#first);
    const last = this.#literals.at(-1);
    if (last && code.endsWith('"') && PREFIX.test(code.slice(0, -1))) {
      this.#literals[this.#literals.length - 1] = { ...last, isAlone: true };
    }
    this.#code = "";
  }

  #string(token: string, at: number): void {
    this.#literals.push({ from: at, to: at + token.length, isAlone: false });
    this.#code += '"';
    for (const _end of token.matchAll(/\n/g)) this.#kinds.push("string");
  }

  #bracket(token: string): void {
    this.#code += token;
    this.#depth = Math.max(0, this.#depth + ("([{".includes(token) ? 1 : -1));
  }

  end(): Source {
    this.#code += this.text.slice(this.#read);
    this.#endStatement();
    const lines = this.text.split("\n").map((text, index) => ({
      text,
      kind: this.#kinds[index] ?? "statement",
      hasCode: /^[ \t\f]*[^ \t\f#]/.test(text),
      opens: this.#openers.has(index),
    }));
    return { lines, literals: this.#literals };
  }
}

/** The blanks that a line begins with. */
export function blanks(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/** How wide a text is where tabs go to the next multiple of a size. */
export function columns(text: string, size: number): number {
  let column = 0;
  for (const unit of text) column += unit === "\t" ? size - (column % size) : 1;
  return column;
}

const SHOWN = 4;
const PYTHON_S = 8;

/**
 * How wide tabs are to be taken in these lines: as the editor shows them, for that is what a text without
 * order was meant to be; but where Python reads an order, and it would be another with that width,
 * as Python takes them.
 */
export function tabSize(lines: readonly SourceLine[]): number {
  const indents = lines
    .filter(({ kind, hasCode }) => kind === "statement" && hasCode)
    .map(({ text }) => blanks(text));
  const isRead = agree(indents, 1); // Python asks for the same order with tabs of one column
  return isRead && !agree(indents, SHOWN) ? PYTHON_S : SHOWN;
}

/** Whether indentations open and close the same blocks with tabs of a size as they do for Python. */
function agree(indents: readonly string[], size: number): boolean {
  const open = [{ python: 0, other: 0 }];
  for (const indent of indents) {
    const here = { python: columns(indent, PYTHON_S), other: columns(indent, size) };
    while ((open.at(-1)?.python ?? 0) > here.python) open.pop();
    const last = open.at(-1) ?? { python: 0, other: 0 };
    const order = Math.sign(here.python - last.python);
    if (order !== Math.sign(here.other - last.other)) return false;
    if (order > 0) open.push(here);
  }
  return true;
}
