/** The place of what helps with typing: its script is fetched after the first key, when there is time. */
import { Compartment, EditorState, type Extension, Prec } from "@codemirror/state";
import { type Command, EditorView, keymap, ViewPlugin } from "@codemirror/view";
import type { Assistance } from "../page/editor-slot";
import { whenIdle } from "../page/idle";
import { give } from "./given/given";
import { type ActName, type Acts, actsOf, bound } from "./keys";
import { typeInto } from "./typing";

/** How often it is asked for where it does not come. */
const TRIES = 3;

/** What opens a box to type in, and how long what is typed waits for it. */
const BOXES: readonly ActName[] = ["find", "replace"];
const HOLD_MS = 5000;

const slot = new Compartment();

/** Of one editor: a view's plugins are made anew when its extensions change. */
class Coming {
  #tries = 0;
  #isAsked = false;
  #isFetched = false;
  #wanted: ActName | null = null;
  #hasTyped = false;
  #hasFailed = false;
  #here: Assistance | null = null;
  /** What is typed for a box that is on its way; null where none is. */
  #held: string | null = null;

  constructor(private readonly fetch: () => Promise<Assistance>) {}

  /** Have it here soon. */
  ask(view: EditorView): void {
    if (this.#isAsked || this.#tries >= TRIES) return;
    this.#isAsked = true;
    this.#tries++;
    whenIdle(() => void this.#get(view));
  }

  /** Does it now, or as soon as it is here; false where it did not come when last asked. */
  act(view: EditorView, name: ActName): boolean {
    return this.#here ? this.#here.acts[name](view) : this.#want(view, name);
  }

  #want(view: EditorView, name: ActName): boolean {
    const mayCome = !this.#hasFailed;
    this.#wanted = mayCome ? name : null; // the key was the browser's
    this.#tries = Math.min(this.#tries, TRIES - 1); // who asks for it has it tried once more
    this.ask(view);
    void this.#get(view);
    if (mayCome && BOXES.includes(name) && this.#held === null) {
      this.#held = "";
      setTimeout(() => this.#release(view), HOLD_MS);
    }
    return mayCome;
  }

  /** Text was typed: of what it may become, one hears even if this comes late. */
  typed(view: EditorView): void {
    this.#hasTyped = true;
    this.ask(view);
  }

  /** Keeps what is typed for a box; false where it is of the code. */
  hold(text: string): boolean {
    if (this.#held === null) return false;
    this.#held += text;
    return true;
  }

  get isHolding(): boolean {
    return this.#held !== null;
  }

  /** Types what was held where the keyboard is. */
  #release(view: EditorView): void {
    const text = this.#held ?? "";
    this.#held = null;
    if (this.#here === null) this.#wanted = null; // not in the midst of what is typed next
    const box = view.root.activeElement;
    if (box instanceof HTMLInputElement && view.dom.contains(box)) {
      box.value = text || box.value;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (text !== "") typeInto(view, text);
  }

  async #get(view: EditorView): Promise<void> {
    if (this.#isFetched) return;
    this.#isFetched = true;
    give();
    const here = await this.fetch().catch(() => null);
    if (here === null) {
      this.#isAsked = false; // one can type without it
      this.#isFetched = false;
      this.#hasFailed = true;
    } else this.#take(view, here);
    this.#release(view);
  }

  #take(view: EditorView, here: Assistance): void {
    this.#here = here;
    view.dispatch({ effects: slot.reconfigure(here.extension) });
    if (this.#wanted !== null) here.acts[this.#wanted](view);
    else if (this.#hasTyped && isInName(view)) here.acts.complete(view);
  }
}

/** What is typed for a search that has not come yet does not change the code. */
const holding = (coming: Coming): Extension => [
  Prec.highest(EditorView.inputHandler.of((_view, _from, _to, text) => coming.hold(text))),
  EditorState.transactionFilter.of((transaction) => {
    const isTyped = transaction.isUserEvent("input") || transaction.isUserEvent("delete");
    return coming.isHolding && isTyped && transaction.docChanged ? [] : transaction;
  }),
];

function isInName({ state, hasFocus }: EditorView): boolean {
  const { head } = state.selection.main;
  return hasFocus && /[\p{L}_.]$/u.test(state.sliceDoc(Math.max(0, head - 1), head));
}

/** The marks beside numbers of lines are of it, so who points there has it come. */
const pointing = (coming: Coming) =>
  ViewPlugin.define((view) => {
    const onOver = ({ target }: Event): void => {
      if ((target as Element).closest(".cm-gutters")) coming.ask(view);
    };
    view.dom.addEventListener("pointerover", onOver);
    return { destroy: () => view.dom.removeEventListener("pointerover", onOver) };
  });

export interface Assisting {
  /** What stands before all other extensions. */
  readonly first: Extension;
  /** What stands behind them. */
  readonly last: Extension;
  readonly acts: Acts;
}

/** What asks for it, and what it will be asked for. */
export function assistance(fetch: () => Promise<Assistance>): Assisting {
  const coming = new Coming(fetch);
  const observers = EditorView.domEventObservers({
    keydown: (_event, view) => coming.ask(view),
    input: (event, view) => {
      if ((event as InputEvent).inputType === "insertText") coming.typed(view);
      else coming.ask(view);
    },
  });
  const acts = actsOf(
    (name): Command =>
      (view) =>
        coming.act(view, name),
  );
  const last = [observers, pointing(coming), keymap.of(bound(acts))];
  return { first: [holding(coming), slot.of([])], last, acts };
}
