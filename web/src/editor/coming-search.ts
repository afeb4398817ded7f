/** A box for what is looked for, while the script of the search is on its way: nothing typed is lost. */
import { EditorView, runScopeHandlers } from "@codemirror/view";
import { isComposing, isOneOf, SEARCH } from "../shared/keys";
import { BOX, searchBox } from "./search-box";
import { SEARCHING } from "./words";

export class ComingSearch {
  readonly #dom = document.createElement("div");
  readonly #input = searchBox(SEARCHING.find);
  readonly #said = document.createElement("span");
  #isComposing = false;
  #whenComposed = (): void => {};

  /** @param onLeft - The learner wants no search any more. */
  constructor(
    private readonly view: EditorView,
    private readonly onLeft: () => void,
  ) {
    this.#dom.className = "cm-search-coming";
    this.#dom.setAttribute("role", "search");
    this.#dom.setAttribute("aria-label", SEARCHING.panel);
    this.#said.setAttribute("role", "status");
    this.#dom.append(this.#input, this.#said);
    this.#listen();
    view.dom.prepend(this.#dom);
    this.#input.focus();
  }

  /** It is asked for once more. */
  again(): void {
    this.#said.textContent = "";
    this.#input.focus();
  }

  /** Says that there will be none. */
  fail(): void {
    this.#said.textContent = SEARCHING.missing;
  }

  /** Calls back when it can be taken away: not while a word is composed in it, or one is elsewhere. */
  whenFree(act: () => void): void {
    const { dom, root } = this.view;
    const later = (): void => this.whenFree(act);
    if (this.#isComposing) this.#whenComposed = later;
    else if (dom.contains(root.activeElement)) act();
    // What opens the search takes the focus: who is in a dialog, or in the menu, keeps it.
    else dom.addEventListener("focusin", () => void setTimeout(later), { once: true });
  }

  /** Takes it away: what opens the search finds the keyboard in the code, as it always does. */
  handOver(open: () => void): void {
    const { value, selectionStart, selectionEnd } = this.#input;
    const hadFocus = this.view.root.activeElement === this.#input;
    const { selection } = this.view.state;
    this.#dom.remove();
    this.view.focus();
    open();
    const box = this.view.root.activeElement;
    if (box instanceof HTMLInputElement && value !== "") {
      box.value = value;
      box.setSelectionRange(selectionStart, selectionEnd);
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (hadFocus) return;
    this.view.dispatch({ selection }); // who writes on in the code does it where that was
    this.view.focus();
  }

  #listen(): void {
    this.#input.addEventListener("keydown", (event) => this.#pressed(event));
    this.#input.addEventListener("compositionstart", () => {
      this.#isComposing = true;
    });
    this.#input.addEventListener("compositionend", () => {
      this.#isComposing = false;
      setTimeout(() => this.#whenComposed()); // the last of the word comes with an event of its own
    });
  }

  #pressed(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    const isClosed = isOneOf(SEARCH.close, event);
    if (!isClosed && !runScopeHandlers(this.view, event, "search-panel")) return;
    event.preventDefault();
    if (!isClosed) return;
    this.#dom.remove();
    this.view.focus();
    this.onLeft();
  }
}

export const comingTheme = EditorView.theme({
  ".cm-search-coming": {
    display: "flex",
    flexWrap: "wrap",
    gap: "0.35rem",
    padding: "0.35rem 0.5rem",
    borderBottom: "1px solid var(--rule)",
    backgroundColor: "var(--sunk)",
    fontSize: "0.875rem",
  },
  ".cm-search-coming input": BOX,
});
