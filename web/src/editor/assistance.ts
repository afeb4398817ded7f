/** The place of what helps with typing: its script is fetched after the first key, when there is time. */
import { Compartment, type EditorState, type Extension } from "@codemirror/state";
import { type Command, EditorView, keymap, ViewPlugin } from "@codemirror/view";
import type { Assistance } from "../page/editor-slot";
import { whenIdle } from "../page/idle";
import { ComingSearch, comingTheme } from "./coming-search";
import { whenComposed } from "./composing";
import { give } from "./given/given";
import { type ActName, actsOf, bound } from "./keys";

/** How often it is asked for where it does not come. */
const TRIES = 3;

/** What opens a box to type in. */
const BOXES: readonly ActName[] = ["find", "replace"];

/** What is to be done as soon as it can be, and where one was then. */
interface Wanted extends Pick<EditorState, "doc" | "selection"> {
  readonly name: ActName;
}

const slot = new Compartment();

/** Of one editor: a view's plugins are made anew when its extensions change. */
class Coming {
  #tries = 0;
  #isAsked = false;
  #isFetched = false;
  #wanted: Wanted | null = null;
  #hasTyped = false;
  #hasFailed = false;
  #here: Assistance | null = null;
  /** Stands in for a box that is on its way. */
  #search: ComingSearch | null = null;

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

  /** The same, where there is no key that the browser could have: it is tried anew. */
  insist(view: EditorView, name: ActName): void {
    this.#hasFailed = false;
    this.act(view, name);
  }

  #want(view: EditorView, name: ActName): boolean {
    const mayCome = !this.#hasFailed;
    const { doc, selection } = view.state;
    this.#wanted = mayCome ? { name, doc, selection } : null; // the key was the browser's
    this.#tries = Math.min(this.#tries, TRIES - 1); // who asks for it has it tried once more
    this.ask(view);
    void this.#get(view);
    if (mayCome && BOXES.includes(name)) this.#openSearch(view);
    return mayCome;
  }

  #openSearch(view: EditorView): void {
    const leave = (): void => {
      this.#search = null;
      this.#wanted = null;
    };
    if (this.#search !== null) this.#search.again();
    else this.#search = new ComingSearch(view, leave);
  }

  /** Text was typed: of what it may become, one hears even if this comes late. */
  typed(view: EditorView): void {
    this.#hasTyped = true;
    this.ask(view);
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
      this.#search?.fail();
    } else {
      const take = (): void => whenComposed(view, () => this.#take(view, here));
      if (this.#search === null) take();
      else this.#search.whenFree(take);
    }
  }

  #take(view: EditorView, here: Assistance): void {
    this.#here = here;
    view.dispatch({ effects: slot.reconfigure(here.extension) });
    const { acts } = here;
    const wanted = this.#stillWanted(view);
    const search = this.#search;
    this.#search = null;
    const open = wanted !== null && BOXES.includes(wanted) ? wanted : "find";
    if (search !== null) search.handOver(() => void acts[open](view));
    else if (wanted !== null) acts[wanted](view);
    else if (this.#hasTyped && isInName(view)) acts.complete(view);
  }

  /** What is to be done at last: who went on in the code has no selection changed under the hands. */
  #stillWanted({ state }: EditorView): ActName | null {
    const wanted = this.#wanted;
    const isBox = wanted !== null && BOXES.includes(wanted.name);
    const isSame = state.doc === wanted?.doc && state.selection.eq(wanted.selection);
    return isBox || isSame ? (wanted?.name ?? null) : null;
  }
}

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
  /** Does what is asked for by other means than a key. */
  act(view: EditorView, name: ActName): void;
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
  const last = [observers, pointing(coming), keymap.of(bound(acts)), comingTheme];
  return { first: slot.of([]), last, act: (view, name) => coming.insist(view, name) };
}
