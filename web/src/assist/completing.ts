/** What may come at a place: the file's own names, the library's, and the words of the language. */
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { ALL_OF, attributes, bindingsAt, treeAt } from "./bindings";
import { given } from "./calls";
import type { Described, Library } from "./library";

const WORD = /[\p{L}_][\p{L}\p{N}_]*$/u;
const VALID = /^[\p{L}_][\p{L}\p{N}_]*$/u;
/** Names with dots, at whose end one more begins. */
const PATH = /(?:[\p{L}_][\p{L}\p{N}_]*\s*\.\s*)+$/u;
/** A name that is being given here, which no list can know. */
const NAMING = /(?:\b(?:def|class|as)\s+|\bfor\s+)$/;
const OF_MODULE = /^from\s+([\p{L}\p{N}_.]+)\s+import\b/u;

/** Who names something has it named in so few signs. */
const MOST_BEFORE = 250;

/** How what is near stands before what is far. */
const BOOST = { own: 2, library: 0, language: -1 };
/** Modules in modules come last. */
const FAR = -2;

/** Makes what is shown beside an item that is moved to. */
type Inform = (name: string, described: Described) => Node | null;

/** What may come at a place, or null where nothing is to be offered. */
export function complete(
  context: CompletionContext,
  library: Library,
  inform: Inform,
): CompletionResult | null {
  const word = context.matchBefore(WORD);
  const from = word?.from ?? context.pos;
  const line = context.state.doc.lineAt(from);
  const before = nearest(line.text.slice(0, from - line.from));
  const isAfterDot = /\.\s*$/.test(before);
  if (word === null && !isAfterDot && !context.explicit) return null;
  if (isNoCode(context) || isNaming(context, before)) return null;
  const options = offered(context, from, before, library, inform);
  return options.length === 0 ? null : { from, options, validFor: VALID };
}

/** The end of a text that stands before a place: a line may be as long as a file. */
function nearest(text: string): string {
  return text.slice(-MOST_BEFORE);
}

function isNoCode({ state, pos }: CompletionContext): boolean {
  const { name } = treeAt(state, pos).resolveInner(pos, -1);
  return /^(Comment|String|FormatString|Number)$/.test(name);
}

function isNaming({ state, pos }: CompletionContext, before: string): boolean {
  if (NAMING.test(before)) return true;
  const node = treeAt(state, pos).resolveInner(pos, -1);
  return node.name === "VariableName" && node.parent?.name === "ParamList"
    ? node.prevSibling?.name !== "AssignOp"
    : false;
}

function offered(
  context: CompletionContext,
  from: number,
  before: string,
  library: Library,
  inform: Inform,
): Completion[] {
  const { state, pos } = context;
  const make = (names: Iterable<readonly [string, Described]>, boost: number) =>
    [...names].map(([name, described]) => option(name, described, boost, inform));
  const importing = importAt(context, from);
  if (importing !== null) return make(imported(importing, library), BOOST.library);
  const path = PATH.exec(before)?.[0].replace(/\s/g, "").slice(0, -1);
  if (path !== undefined) {
    const known = library.of(pathOf(context, path));
    return known.size > 0 ? make(known, BOOST.library) : make(unknown(context), BOOST.own);
  }
  if (/\.\s*$/.test(before)) return make(unknown(context), BOOST.own);
  const bound = bindingsAt(state, pos);
  const own = [...bound]
    .filter(([name]) => !name.startsWith(ALL_OF))
    .map(
      ([name, binding]) =>
        [name, { ...binding, ...(binding.path && library.find(binding.path)) }] as const,
    );
  const others = [...given(bound, library)].filter(([name]) => !bound.has(name));
  return [
    ...make(own, BOOST.own),
    ...make(others, BOOST.library),
    ...make(worded(library.keywords), BOOST.language),
  ];
}

/** Items that were made: one that was moved to is known again in a list that is made anew. */
const items = new Map<string, Completion>();
const MAX_ITEMS = 5000;

function option(
  name: string,
  { kind, signature, said }: Described,
  boost: number,
  inform: Inform,
): Completion {
  const key = [name, kind, signature, said, boost].join("\n");
  const known = items.get(key);
  if (known !== undefined) return known;
  const hasMore = signature !== "" || said !== "";
  const more = hasMore ? { info: () => inform(name, { kind, signature, said }) } : {};
  const nearness = boost + (kind === "module" && boost !== BOOST.own ? FAR : 0);
  const item = { label: name, type: kind, detail: kind, boost: nearness, ...more };
  if (items.size >= MAX_ITEMS) items.clear();
  items.set(key, item);
  return item;
}

function worded(names: Iterable<string>, kind: Described["kind"] = "keyword") {
  return [...names].map((name) => [name, { kind, signature: "", said: "" }] as const);
}

/** Of a value that only a run could tell: what stands behind dots elsewhere in the file. */
function unknown({ state, pos }: CompletionContext) {
  return worded(attributes(state, pos), "value");
}

/** The text of the import that a place is in, up to there. */
function importAt({ state, pos }: CompletionContext, from: number): string | null {
  let node: ReturnType<ReturnType<typeof treeAt>["resolveInner"]> | null = treeAt(
    state,
    pos,
  ).resolveInner(pos, -1);
  while (node !== null && node.name !== "ImportStatement") node = node.parent;
  if (node !== null) return state.sliceDoc(node.from, from);
  const line = state.doc.lineAt(from);
  const text = state.sliceDoc(line.from, from).trimStart();
  return /^(from|import)\s[^;]*$/.test(text) ? text : null;
}

function imported(statement: string, library: Library): Iterable<readonly [string, Described]> {
  const module = OF_MODULE.exec(statement)?.[1];
  if (module !== undefined) return library.of(module);
  const parent = PATH.exec(nearest(statement))?.[0].replace(/\s/g, "") ?? "";
  const names = library.importable
    .filter((name) => name.startsWith(parent) && !name.slice(parent.length).includes("."))
    .map((name) => name.slice(parent.length));
  return worded(names, "module");
}

/** What of the library a path of the file's stands for: `np.linalg` for `numpy.linalg`. */
function pathOf({ state, pos }: Pick<CompletionContext, "state" | "pos">, path: string) {
  const [first = "", ...rest] = path.split(".");
  return [bindingsAt(state, pos).get(first)?.path ?? "", ...rest].join(".");
}
