/** The call that a place is in, and what is known of names at places. */
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";
import { ALL_OF, type Binding, bindingsAt, treeAt } from "./bindings";
import type { Described, Library, Names } from "./library";

/** A name that something is known of, and where it stands. */
export interface Known {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly described: Described;
}

export interface Call extends Known {
  /** Which parameter is being written, from 0 on, or its name. */
  readonly at: number | string;
}

const DOTTED = /^[\p{L}_][\p{L}\p{N}_]*(?:\s*\.\s*[\p{L}_][\p{L}\p{N}_]*)*$/u;

/** The names that nobody has written: those of modules that are imported as a whole, and builtins. */
export function given(bound: ReadonlyMap<string, Binding>, library: Library): Names {
  const whole = [...bound].filter(([name]) => name.startsWith(ALL_OF));
  const names = whole.flatMap(([, { path }]) => [...library.of(path ?? "")]);
  return new Map([...library.builtins, ...names]);
}

/** What is known of a path, as it is seen from a place. */
function describedAt(
  state: EditorState,
  pos: number,
  path: string,
  library: Library,
): Described | null {
  const [first = "", ...rest] = path.replace(/\s/g, "").split(".");
  const bound = bindingsAt(state, pos);
  const own = bound.get(first);
  if (own === undefined && rest.length > 0) return null;
  if (own === undefined) return given(bound, library).get(first) ?? null;
  if (own.path !== null) return library.find([own.path, ...rest].join("."));
  return rest.length === 0 ? own : null;
}

function known(
  state: EditorState,
  { from, to }: SyntaxNode,
  pos: number,
  library: Library,
): Known | null {
  const path = state.sliceDoc(from, to);
  const described = DOTTED.test(path) ? describedAt(state, pos, path, library) : null;
  const hasMore = described && (described.signature !== "" || described.said !== "");
  return hasMore ? { name: path, from, to, described } : null;
}

/** The known name at a place, with what stands before its dot. */
export function knownAt(state: EditorState, pos: number, library: Library): Known | null {
  for (const side of [-1, 1] as const) {
    const node = treeAt(state, pos).resolveInner(pos, side);
    const isMember = node.name === "PropertyName" && node.parent?.name === "MemberExpression";
    const named = isMember ? node.parent : node.name === "VariableName" ? node : null;
    // From behind the name: it may be the one that is being bound here.
    const behind = Math.min((named?.to ?? pos) + 1, state.doc.length);
    const found = named && known(state, named, behind, library);
    if (found) return found;
  }
  return null;
}

/** The innermost call whose brackets a place is in, if what it calls is known. */
export function callAt(state: EditorState, pos: number, library: Library): Call | null {
  let node: SyntaxNode | null = treeAt(state, pos).resolveInner(pos, -1);
  while (node !== null && !(node.name === "ArgList" && isWithin(node, pos))) node = node.parent;
  const called = node?.parent?.name === "CallExpression" ? node.parent.firstChild : null;
  if (node === null || called === null) return null;
  const found = known(state, called, pos, library);
  return found?.described.signature ? { ...found, at: argumentAt(state, node, pos) } : null;
}

function isWithin(list: SyntaxNode, pos: number): boolean {
  const last = list.lastChild;
  return pos > list.from && (last?.name !== ")" || pos <= last.from);
}

function argumentAt(state: EditorState, list: SyntaxNode, pos: number): number | string {
  let index = 0;
  let name: string | null = null;
  for (let part = list.firstChild; part !== null && part.from < pos; part = part.nextSibling) {
    if (part.name === ",") {
      index++;
      name = null;
    }
    if (part.name === "AssignOp" && part.prevSibling !== null) {
      name = state.sliceDoc(part.prevSibling.from, part.prevSibling.to);
    }
  }
  return name ?? index;
}

/** The parameters of a signature, and which of them an argument is for (-1: none that is known). */
export function parameters(signature: string, at: number | string): readonly [string[], number] {
  const parts = split(signature.slice(1, -1));
  const names = parts.map((part) => /^\W*([\p{L}_][\p{L}\p{N}_]*)/u.exec(part)?.[1] ?? "");
  if (typeof at === "string") return [parts, names.indexOf(at)];
  const star = parts.findIndex((part) => part.startsWith("*"));
  const places = [...parts.keys()].filter((index) => parts[index] !== "/");
  const index = places[at] ?? -1;
  if (star < 0 || (index >= 0 && index < star)) return [parts, index];
  return [parts, /^\*\w/.test(parts[star] ?? "") ? star : -1];
}

/** A text in quotes counts as one sign; a quote that none follows is a sign itself. */
const SIGNS = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|./gsu;

/** What stands between a signature's own commas. */
function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const [sign] of text.matchAll(SIGNS)) {
    if ("([{".includes(sign)) depth++;
    if (")]}".includes(sign)) depth--;
    if (sign === "," && depth === 0) {
      parts.push(part.trim());
      part = "";
    } else part += sign;
  }
  return [...parts, part.trim()].filter((each) => each !== "");
}
