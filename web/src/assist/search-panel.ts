/** The panel of the search: what to look for and how, where one is, and what to put in place. */
import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  replaceAll,
  replaceNext,
  SearchQuery,
  setSearchQuery,
} from "@codemirror/search";
import {
  type Command,
  EditorView,
  type Panel,
  runScopeHandlers,
  type ViewUpdate,
} from "@codemirror/view";
import { element } from "../page/element";
import { isOneOf, SEARCH } from "../shared/keys";
import { counted, firstMatch } from "./matches";
import { FIND } from "./words";

const SWITCHES = ["caseSensitive", "wholeWord", "regexp"] as const;
type Switch = (typeof SWITCHES)[number];

const SIGNS: Readonly<Record<Switch, string>> = {
  caseSensitive: "Aa",
  wholeWord: "ab|",
  regexp: ".*",
};

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

  constructor(
    private readonly view: EditorView,
    private readonly kept: PanelState,
  ) {
    this.dom.setAttribute("role", "search");
    this.dom.setAttribute("aria-label", FIND.panel);
    this.#find.setAttribute("main-field", "true"); // as the library's commands know it
    this.#count.setAttribute("aria-hidden", "true"); // the editor announces each match with its line
    this.#spoken.setAttribute("role", "status");
    this.#more = this.#button("⇄", FIND.showReplace, () => this.#toggleReplace());
    this.dom.append(this.#findRow(), this.#replaceRow());
    this.dom.addEventListener("input", () => this.#changed());
    this.dom.addEventListener("keydown", (event) => this.#pressed(event));
    this.#takeUp(getSearchQuery(view.state));
    this.#showReplace();
    this.#tell(false);
  }

  mount(): void {
    this.#find.focus();
    this.#find.select();
  }

  update({ transactions, docChanged, selectionSet, state }: ViewUpdate): void {
    const isAsked = transactions.some(({ effects }) => effects.some((e) => e.is(setSearchQuery)));
    if (isAsked) this.#takeUp(getSearchQuery(state));
    if (isAsked || docChanged || selectionSet) this.#tell(isAsked);
  }

  /** Have the box for what is put in place. */
  askForReplacement(): void {
    this.kept.isReplacing = true;
    this.#showReplace();
    const box = getSearchQuery(this.view.state).valid ? this.#replace : this.#find;
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
      this.#button("↑", FIND.previous, () => findPrevious(this.view)),
      this.#button("↓", FIND.next, () => findNext(this.view)),
      this.#more,
      this.#button("×", FIND.close, () => closeSearchPanel(this.view)),
    );
    row.append(this.#find, this.#count, this.#spoken, buttons);
    return row;
  }

  #replaceRow(): HTMLElement {
    const buttons = element("div", "cm-search-buttons");
    for (const [label, act] of [
      [FIND.replaceOne, replaceNext],
      [FIND.replaceAll, replaceAll],
    ] as const) {
      const button = this.#button(label, null, () => act(this.view));
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

  #takeUp(query: SearchQuery): void {
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
    const regexp = isOn("regexp");
    const query = new SearchQuery({
      search: this.#find.value,
      replace: this.#replace.value,
      caseSensitive: isOn("caseSensitive"),
      wholeWord: isOn("wholeWord"),
      regexp,
      literal: !regexp, // code has backslashes of its own
    });
    const before = getSearchQuery(this.view.state);
    if (query.eq(before)) return;
    const isOther = query.search !== before.search;
    const found = isOther ? firstMatch(query, this.view.state) : null;
    this.view.dispatch({
      effects: [
        setSearchQuery.of(query),
        ...(found ? [EditorView.scrollIntoView(found.from, { y: "nearest", yMargin: 40 })] : []),
      ],
      ...(found && { selection: { anchor: found.from, head: found.to } }),
      userEvent: "select.search",
    });
  }

  #pressed(event: KeyboardEvent): void {
    const act = runScopeHandlers(this.view, event, "search-panel") ? null : this.#onEnter(event);
    if (act === undefined) return;
    event.preventDefault();
    act?.(this.view);
  }

  #onEnter(event: KeyboardEvent): Command | undefined {
    const isNext = isOneOf(SEARCH.next, event);
    if (event.target === this.#replace) return isNext ? replaceNext : undefined;
    if (event.target !== this.#find) return undefined;
    if (isNext) return findNext;
    return isOneOf(SEARCH.previous, event) ? findPrevious : undefined;
  }

  #tell(isAsked: boolean): void {
    const query = getSearchQuery(this.view.state);
    const { count, isAll, at } = counted(query, this.view.state);
    const isInvalid = query.search !== "" && !query.valid;
    this.#find.setAttribute("aria-invalid", String(isInvalid));
    const found = count === 0 ? FIND.none : FIND.counted(count, isAll);
    const told = isInvalid ? FIND.invalid : query.search === "" ? "" : found;
    this.#count.textContent = at > 0 ? FIND.placed(at, count, isAll) : told;
    if (isAsked || count === 0) this.#spoken.textContent = told;
  }
}

function isPressed(button: HTMLElement | undefined): boolean {
  return button?.getAttribute("aria-pressed") === "true";
}

function field(name: string, label: string): HTMLInputElement {
  const input = element("input", "");
  input.name = name;
  input.setAttribute("aria-label", label);
  input.placeholder = label;
  input.autocomplete = "off";
  input.autocapitalize = "off";
  input.spellcheck = false;
  return input;
}
