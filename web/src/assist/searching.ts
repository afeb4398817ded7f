/** Going to matches and replacing them, as soon as it is known where they are. */
import type { Text, TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { Answer, Failure, PatternSearch } from "./pattern-search";
import type { Pattern, Query } from "./query";
import { changesOf, repeated } from "./replacement";
import { found, look, searchState, setQuery } from "./search-state";
import { after, before, countOf, firstFrom, indexOf, spanAt } from "./spans";
import { FIND } from "./words";

type Act = (view: EditorView) => void;
type Inserts = readonly string[];

/** How much of a line is spoken on either side of a match. */
const SPOKEN = 40;

export class Searching {
  /** What a thread has last been asked. */
  #asked: { readonly doc: Text; readonly pattern: Pattern } | null = null;
  #waiting: Act[] = [];
  /** Hears what is to be said beside the number of matches. */
  onRefused: (why: string) => void = () => {};

  constructor(private readonly thread: Pick<PatternSearch, "ask">) {}

  /** Looks for something else, and goes to where that is first from the selection on. */
  seek(view: EditorView, query: Query): void {
    const isOther = query.search !== view.state.field(searchState).query.search;
    this.#waiting = [];
    view.dispatch({ effects: setQuery.of(query) });
    if (isOther) this.#whenKnown(view, (then) => this.#first(then));
  }

  /** Goes to the next match, or the one before; false where nothing is looked for. */
  go(view: EditorView, isBack: boolean): boolean {
    if (view.state.field(searchState).status === "unread") return false;
    this.#whenKnown(view, ({ state }) => {
      const next = isBack ? before : after;
      this.#select(view, next(state.field(searchState).spans, state.selection.main));
    });
    return true;
  }

  /** Replaces the match that is selected, and goes to the next one. */
  replaceOne(view: EditorView): void {
    this.#whenKnown(view, ({ state }) => {
      const { main } = state.selection;
      const index = indexOf(state.field(searchState).spans, main);
      if (index < 0) return void this.go(view, false);
      this.#withInserts(view, (inserts) => {
        const insert = state.toText(inserts[index] ?? "");
        const { from, to } = main;
        const anchor = from + insert.length;
        const said = FIND.replacedOn(state.doc.lineAt(from).number);
        this.#replace(view, { changes: { from, to, insert }, selection: { anchor } }, said);
        this.go(view, false);
      });
    });
  }

  /** Replaces all matches in one step. */
  replaceAll(view: EditorView): void {
    this.#whenKnown(view, ({ state }) => {
      const { spans } = state.field(searchState);
      const count = countOf(spans);
      if (count === 0) return;
      this.#withInserts(view, (inserts) => {
        const changes = changesOf(spans, inserts, state.doc.toString());
        this.#replace(view, { changes }, FIND.replaced(count));
      });
    });
  }

  /** After each change of the editor: asks the thread for what is not known. */
  updated(view: EditorView): void {
    const { doc } = view.state;
    const { isOpen, pattern, status } = view.state.field(searchState);
    if (!isOpen && status === "unknown") this.#waiting = [];
    if (status !== "asked" || pattern === null) return;
    if (this.#asked?.doc === doc && this.#asked.pattern === pattern) return;
    this.#asked = { doc, pattern };
    this.thread.ask({ pattern, text: doc.toString(), replace: null }, (answer) => {
      this.#asked = null;
      const spans = typeof answer === "string" ? answer : answer.spans;
      view.dispatch({ effects: found.of({ doc, pattern, spans }) });
      this.#settle(view);
    });
  }

  #whenKnown(view: EditorView, act: Act): void {
    this.#waiting.push(act);
    const { status } = view.state.field(searchState);
    if (status !== "known" && status !== "asked") view.dispatch({ effects: look.of(null) });
    this.#settle(view);
  }

  /** Does what has waited, or forgets it where nothing will be known. */
  #settle(view: EditorView): void {
    const { status } = view.state.field(searchState);
    if (status === "asked") return;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (status === "known") for (const act of waiting) act(view);
  }

  #first(view: EditorView): void {
    const { spans } = view.state.field(searchState);
    const count = countOf(spans);
    if (count === 0) return;
    const { from, to } = spanAt(spans, firstFrom(spans, view.state.selection.main.from) % count);
    view.dispatch({
      selection: { anchor: from, head: to },
      effects: inSight(from),
      userEvent: "select.search",
    });
  }

  #select(view: EditorView, index: number): void {
    if (index < 0) return;
    const { state } = view;
    const { spans } = state.field(searchState);
    const { from, to } = spanAt(spans, index);
    const line = state.doc.lineAt(from);
    const near = state.sliceDoc(Math.max(line.from, from - SPOKEN), Math.min(line.to, to + SPOKEN));
    const said = FIND.at(index + 1, countOf(spans), line.number, near.trim());
    view.dispatch({
      selection: { anchor: from, head: to },
      effects: [EditorView.announce.of(said), inSight(from)],
      userEvent: "select.search",
    });
  }

  #replace(view: EditorView, change: TransactionSpec, said: string): void {
    const effects = EditorView.announce.of(said);
    view.dispatch({ ...change, effects, userEvent: "input.replace" });
  }

  /** Does something with what is put in place of each match, unless the text changes before that. */
  #withInserts(view: EditorView, act: (inserts: Inserts) => void): void {
    const { doc } = view.state;
    const { query, pattern, spans } = view.state.field(searchState);
    if (pattern === null) return;
    const take = (inserts: Inserts | null): void => {
      const isSame = view.state.doc === doc && view.state.field(searchState).query === query;
      if (isSame && inserts === null) this.onRefused(FIND.tooMuch);
      else if (isSame && inserts !== null) act(inserts);
    };
    const { regexp, replace } = query;
    const job = { pattern, text: doc.toString(), replace };
    if (!regexp) take(repeated(replace, countOf(spans)));
    else this.thread.ask(job, (answer) => this.#taken(answer, take));
  }

  #taken(answer: Answer | Failure, take: (inserts: Inserts | null) => void): void {
    if (typeof answer === "string") this.onRefused(FIND[answer]);
    else take(answer.inserts);
  }
}

const inSight = (from: number) => EditorView.scrollIntoView(from, { y: "nearest", yMargin: 40 });
