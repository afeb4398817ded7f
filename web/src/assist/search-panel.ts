/** The panel of the search: what to look for and how, where one is, and what to put in place. */
import {
  type Command,
  type EditorView,
  type Panel,
  runScopeHandlers,
  type ViewUpdate,
} from "@codemirror/view";
import { searchBox } from "../editor/search-box";
import { element } from "../page/element";
import { isComposing, isOneOf, SEARCH } from "../shared/keys";
import { type Pattern, type Query, sameQuery } from "./query";
import { type Search, searchState } from "./search-state";
import type { Searching } from "./searching";
import { countOf, indexOf } from "./spans";
import { FIND } from "./words";

const SWITCHES = ["caseSensitive", "wholeWord", "regexp"] as const;
type Switch = (typeof SWITCHES)[number];

const SIGNS: Readonly<Record<Switch, string>> = {
  caseSensitive: "Aa",
  wholeWord: "ab|",
  regexp: ".*",
};

/** What is longer would take long to be looked for. */
const LONGEST = 1000;

/** Whether what is to be put in place of matches is shown: kept while the page is. */
export interface PanelState {
  isReplacing: boolean;
}

export class SearchPanel implements Panel {
  readonly dom = element("div", "cm-search");
  readonly top = true;
  readonly #find = field("search", FIND.find);
  readonly #replace = field("replace", FIND.replace);
  readonly #switches = new Map<Switch, HTMLButtonElement>();
  readonly #count = element("span", "cm-search-count");
  readonly #spoken = element("span", "spoken-only");
  readonly #replacing = element("div", "cm-search-row");
  readonly #more: HTMLButtonElement;

  /** Of what was told last. */
  #toldOf: Pattern | null = null;

  constructor(
    private readonly view: EditorView,
    private readonly kept: PanelState,
    private readonly searching: Searching,
    private readonly close: Command,
  ) {
    this.dom.setAttribute("role", "search");
    this.dom.setAttribute("aria-label", FIND.panel);
    this.#count.setAttribute("aria-hidden", "true"); // the editor announces each match with its line
    this.#spoken.setAttribute("role", "status");
    this.#more = this.#button("⇄", FIND.showReplace, () => this.#toggleReplace());
    this.dom.append(this.#findRow(), this.#replaceRow());
    this.dom.addEventListener("input", () => this.#changed());
    this.dom.addEventListener("keydown", (event) => this.#pressed(event));
    searching.onRefused = (why) => this.#say(why, true);
    const search = view.state.field(searchState);
    this.#takeUp(search.query);
    this.#showReplace();
    this.#tell(search);
  }

  mount(): void {
    this.take();
  }

  get hasFocus(): boolean {
    return this.dom.contains(this.view.root.activeElement);
  }

  /** Have the box for what is looked for. */
  take(): void {
    this.#find.focus();
    this.#find.select();
  }

  update({ startState, docChanged, selectionSet, state }: ViewUpdate): void {
    const search = state.field(searchState);
    const former = startState.field(searchState);
    if (search.query !== former.query) this.#takeUp(search.query);
    if (search !== former || docChanged || selectionSet) this.#tell(search);
  }

  /** Have the box for what is put in place. */
  askForReplacement(): void {
    this.kept.isReplacing = true;
    this.#showReplace();
    const isRead = this.view.state.field(searchState).status !== "unread";
    const box = isRead ? this.#replace : this.#find;
    box.focus();
    box.select();
  }

  #findRow(): HTMLElement {
    const row = element("div", "cm-search-row");
    for (const name of SWITCHES) {
      const button = this.#button(SIGNS[name], FIND[name], () => this.#toggle(name));
      this.#switches.set(name, button);
    }
    const buttons = element("div", "cm-search-buttons");
    buttons.append(
      ...this.#switches.values(),
      this.#button("↑", FIND.previous, () => this.searching.go(this.view, true)),
      this.#button("↓", FIND.next, () => this.searching.go(this.view, false)),
      this.#more,
      this.#button("×", FIND.close, () => this.close(this.view)),
    );
    row.append(this.#find, this.#count, this.#spoken, buttons);
    return row;
  }

  #replaceRow(): HTMLElement {
    const buttons = element("div", "cm-search-buttons");
    for (const [label, act] of [
      [FIND.replaceOne, () => this.searching.replaceOne(this.view)],
      [FIND.replaceAll, () => this.searching.replaceAll(this.view)],
    ] as const) {
      const button = this.#button(label, null, act);
      button.className = "cm-search-worded";
      buttons.append(button);
    }
    this.#replacing.append(this.#replace, buttons);
    return this.#replacing;
  }

  /** A button; a label says what its sign means. */
  #button(text: string, label: string | null, act: () => void): HTMLButtonElement {
    const button = element("button", "", label === null ? text : "");
    button.type = "button";
    if (label !== null) {
      const sign = element("span", "", text);
      sign.setAttribute("aria-hidden", "true");
      button.append(sign, element("span", "spoken-only", label));
      button.title = label;
    }
    button.addEventListener("click", act);
    return button;
  }

  #toggle(name: Switch): void {
    const button = this.#switches.get(name);
    button?.setAttribute("aria-pressed", String(!isPressed(button)));
    this.#changed();
  }

  #toggleReplace(): void {
    this.kept.isReplacing = !this.kept.isReplacing;
    this.#showReplace();
    if (this.kept.isReplacing) this.#replace.focus();
  }

  #showReplace(): void {
    this.#replacing.hidden = !this.kept.isReplacing;
    this.#more.setAttribute("aria-expanded", String(this.kept.isReplacing));
  }

  #takeUp(query: Query): void {
    // What one writes in a box stays as it is written.
    if (this.#find.value !== query.search) this.#find.value = query.search;
    if (this.#replace.value !== query.replace) this.#replace.value = query.replace;
    for (const [name, button] of this.#switches) {
      button.setAttribute("aria-pressed", String(query[name]));
    }
  }

  /** What is written is looked for at once, from where one is. */
  #changed(): void {
    const isOn = (name: Switch): boolean => isPressed(this.#switches.get(name));
    const query = {
      search: this.#find.value,
      replace: this.#replace.value,
      caseSensitive: isOn("caseSensitive"),
      wholeWord: isOn("wholeWord"),
      regexp: isOn("regexp"),
    };
    if (!sameQuery(query, this.view.state.field(searchState).query))
      this.searching.seek(this.view, query);
  }

  #pressed(event: KeyboardEvent): void {
    if (isComposing(event)) return; // Enter and Escape are of the word that is being composed
    if (!runScopeHandlers(this.view, event, "search-panel") && !this.#entered(event)) return;
    event.preventDefault();
  }

  /** Enter in a box does what the box is for. */
  #entered(event: KeyboardEvent): boolean {
    const isNext = isOneOf(SEARCH.next, event);
    const isBack = isOneOf(SEARCH.previous, event);
    const isOfFind = event.target === this.#find && (isNext || isBack);
    const isOfReplace = event.target === this.#replace && isNext;
    if (isOfFind) this.searching.go(this.view, isBack);
    if (isOfReplace) this.searching.replaceOne(this.view);
    return isOfFind || isOfReplace;
  }

  #tell({ query, pattern, status, spans }: Search): void {
    const count = countOf(spans);
    const at = indexOf(spans, this.view.state.selection.main) + 1;
    const isInvalid = query.search !== "" && status === "unread";
    this.#find.setAttribute("aria-invalid", String(isInvalid));
    if (status === "asked" && count === 0) this.#count.textContent = "…";
    if (status === "asked") return;
    const found = count === 0 ? FIND.none : FIND.counted(count);
    const isFailed = status === "late" || status === "failed";
    const isFound = status === "known" || status === "unknown";
    const told = isFailed ? FIND[status] : isInvalid ? FIND.invalid : isFound ? found : "";
    const isWorth = this.#toldOf !== pattern || count === 0;
    this.#toldOf = pattern;
    this.#say(told, isWorth);
    if (at > 0) this.#count.textContent = FIND.placed(at, count);
  }

  #say(told: string, isSpoken: boolean): void {
    this.#count.textContent = told;
    if (isSpoken) this.#spoken.textContent = told;
  }
}

function isPressed(button: HTMLElement | undefined): boolean {
  return button?.getAttribute("aria-pressed") === "true";
}

function field(name: string, label: string): HTMLInputElement {
  const input = searchBox(label);
  input.name = name;
  input.maxLength = LONGEST;
  return input;
}
