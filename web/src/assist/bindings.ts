/** The names that a learner's own file gives to things, by the tree of its syntax. */
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import type { EditorState, Text } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";
import type { Described } from "./library";

/** A name, and where it stands for something. */
export interface Binding extends Described {
  readonly name: string;
  /** Where the name is written. */
  readonly at: number;
  readonly scope: Scope;
  /** What of the library it stands for, if it was imported: `numpy`, `math.sqrt`. */
  readonly path: string | null;
}

interface Scope {
  readonly from: number;
  readonly to: number;
  /** Whether it is made of lines of their own. */
  readonly isBlock: boolean;
  readonly outer: Scope | null;
}

/** Nobody waits longer for the parser. */
const LONGEST_MS = 50;

const GROUPS = new Set(["TupleExpression", "ArrayExpression", "ParenthesizedExpression"]);
const COMPREHENSION = /ComprehensionExpression$/;
const TRIPLE = /^[rRuU]?("""|''')/;

/** The tree as far as a place, whatever the load. */
export function treeAt(state: EditorState, to: number) {
  return ensureSyntaxTree(state, to, LONGEST_MS) ?? syntaxTree(state);
}

/** The names that stand for something at a place; of one name, the innermost. */
export function bindingsAt(state: EditorState, pos: number): ReadonlyMap<string, Binding> {
  const found = new Map<string, Binding>();
  for (const binding of bindings(state)) {
    const { name, scope, at } = binding;
    const isTyped = at <= pos && pos <= at + name.length;
    if (isTyped || name === "_" || !isSeen(state.doc, scope, pos)) continue;
    const other = found.get(name);
    if (other === undefined || size(scope) <= size(other.scope)) found.set(name, binding);
  }
  return found;
}

const size = ({ from, to }: Scope): number => to - from;

function isSeen(doc: Text, scope: Scope, pos: number): boolean {
  if (scope.outer === null || (scope.from <= pos && pos <= scope.to)) return true;
  return scope.isBlock && pos > scope.to && isGoingOn(doc, scope, pos);
}

/** Whether a place behind a block is a line of it that is yet to be written. */
function isGoingOn(doc: Text, { from, to }: Scope, pos: number): boolean {
  const line = doc.lineAt(pos);
  const between = doc.sliceString(to, pos);
  const first = doc.lineAt(from);
  return /^\s*$/.test(between) && pos - line.from > indentation(first.text);
}

const indentation = (text: string): number => text.length - text.trimStart().length;

let last: { readonly doc: Text; readonly made: readonly Binding[] } | null = null;

function bindings(state: EditorState): readonly Binding[] {
  if (last?.doc === state.doc) return last.made;
  const made: Binding[] = [];
  const whole = { from: 0, to: state.doc.length, isBlock: true, outer: null };
  walk(treeAt(state, state.doc.length).topNode, whole, state.doc, made);
  last = { doc: state.doc, made };
  return made;
}

function walk(node: SyntaxNode, scope: Scope, doc: Text, made: Binding[]): void {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name === "VariableName") bind(doc, child, scope, made);
    else if (child.name === "ImportStatement") bindImports(doc, child, scope, made);
    else walk(child, opens(child) ? scopeOf(child, scope) : scope, doc, made);
  }
}

function opens({ name }: SyntaxNode): boolean {
  return /^(FunctionDefinition|ClassDefinition|LambdaExpression)$|Comprehension/.test(name);
}

function scopeOf({ name, from, to }: SyntaxNode, outer: Scope): Scope {
  return { from, to, isBlock: name.endsWith("Definition"), outer };
}

function bind(doc: Text, node: SyntaxNode, scope: Scope, made: Binding[]): void {
  const text = (part: SyntaxNode): string => doc.sliceString(part.from, part.to);
  const kind = bound(node);
  if (kind === null) return;
  const isOfOuter = kind === "function" || kind === "class";
  const where = isOfOuter ? (scope.outer ?? scope) : scope;
  const about = isOfOuter && node.parent !== null ? declared(node.parent, text) : UNKNOWN;
  made.push({ name: text(node), at: node.from, scope: where, path: null, kind, ...about });
}

const UNKNOWN = { signature: "", said: "" };

function bindImports(doc: Text, node: SyntaxNode, scope: Scope, made: Binding[]): void {
  for (const [name, path] of importsOf(doc.sliceString(node.from, node.to))) {
    made.push({ name, at: node.from, scope, path, kind: "module", ...UNKNOWN });
  }
}

/** Stands before a module whose names are all imported: no name begins so. */
export const ALL_OF = "*";

/** What the names that an import binds stand for: paths from their module on. */
export function importsOf(statement: string): ReadonlyMap<string, string> {
  const bare = statement.replace(/#.*/g, "");
  const from = /^from\s+([\p{L}\p{N}_.]+)\s+import\s+\(?([^)]*)/u.exec(bare);
  const found = new Map<string, string>();
  if (from?.[1] !== undefined && from[2]?.trim() === ALL_OF) {
    return found.set(ALL_OF + from[1], from[1]);
  }
  for (const part of (from?.[2] ?? bare.replace(/^import\s/, "")).split(",")) {
    const [, path, alias] = /^\s*([\p{L}\p{N}_.]+)(?:\s+as\s+(\S+))?\s*$/u.exec(part) ?? [];
    const first = path?.split(".")[0];
    if (path === undefined || first === undefined) continue;
    if (from) found.set(alias ?? path, `${from[1]}.${path}`);
    else found.set(alias ?? first, alias === undefined ? first : path);
  }
  return found;
}

type Bound = "function" | "class" | "parameter" | "value";

/** As what a name is bound where it is written; null, where it is only used. */
function bound(node: SyntaxNode): Bound | null {
  const target = grouped(node);
  const { parent } = target;
  const before = target.prevSibling?.name;
  switch (parent?.name) {
    case "FunctionDefinition":
      return before === "def" ? "function" : null;
    case "ClassDefinition":
      return before === "class" ? "class" : null;
    case "ParamList":
      return before === "AssignOp" ? null : "parameter";
    case "AssignStatement":
      return hasBehind(target, "AssignOp") ? "value" : null;
    case "NamedExpression":
      return before === undefined ? "value" : null;
    case "WithStatement":
    case "TryStatement":
      return before === "as" ? "value" : null;
    case "CapturePattern":
    case "AsPattern":
      return "value";
    default:
      return parent !== null && isOfLoop(target, parent) ? "value" : null;
  }
}

/** A name, or the outermost group of targets that it stands in. */
function grouped(node: SyntaxNode): SyntaxNode {
  let target = node;
  while (target.parent !== null && GROUPS.has(target.parent.name)) target = target.parent;
  return target;
}

function isOfLoop(target: SyntaxNode, parent: SyntaxNode): boolean {
  if (parent.name !== "ForStatement" && !COMPREHENSION.test(parent.name)) return false;
  for (let other = target.prevSibling; other !== null; other = other.prevSibling) {
    if (other.name === "for") return true;
    if (other.name === "in" || other.name === "if") return false;
  }
  return false;
}

function hasBehind(node: SyntaxNode, name: string): boolean {
  for (let other = node.nextSibling; other !== null; other = other.nextSibling) {
    if (other.name === name) return true;
  }
  return false;
}

/** What a function or class of the file says of itself. */
function declared(node: SyntaxNode, text: (part: SyntaxNode) => string) {
  const parameters = node.getChild("ParamList");
  const string = node.getChild("Body")?.getChild("ExpressionStatement")?.getChild("String");
  const isFirst = string?.parent?.prevSibling?.name === ":";
  return {
    signature: parameters === null ? "" : text(parameters).replace(/\s+/g, " "),
    said: string && isFirst ? firstLine(text(string)) : "",
  };
}

function firstLine(literal: string): string {
  const quotes = TRIPLE.exec(literal)?.[0] ?? literal.slice(0, 1);
  const bare = literal.slice(quotes.length, -(TRIPLE.test(literal) ? 3 : 1));
  return bare.trim().split("\n")[0] ?? "";
}

/** What stands behind dots in the file. */
export function attributes(state: EditorState, pos: number): ReadonlySet<string> {
  const found = new Set<string>();
  treeAt(state, state.doc.length).iterate({
    enter: ({ name, from, to }) => {
      const isTyped = from <= pos && pos <= to;
      if (name === "PropertyName" && !isTyped) found.add(state.sliceDoc(from, to));
    },
  });
  return found;
}
