/** The place of what helps with typing: its script is fetched after the first key, when there is time. */
import { Compartment, type Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import type { Assistance } from "../page/editor-slot";
import { whenIdle } from "../page/idle";
import { give } from "./given/given";
import { type ActName, actsOf, bound } from "./keys";

/** How often it is asked for where it does not come. */
const TRIES = 3;

const slot = new Compartment();

/** Of one editor: a view's plugins are made anew when its extensions change. */
class Coming {
  #tries = 0;
  #isAsked = false;
  #wanted: ActName | null = null;
  #hasTyped = false;

  constructor(private readonly fetch: () => Promise<Assistance>) {}

  /** Have it here soon. */
  ask(view: EditorView): void {
    if (this.#isAsked || this.#tries >= TRIES) return;
    this.#isAsked = true;
    this.#tries++;
    whenIdle(() => void this.#get(view));
  }

  /** Do something that only it can do, as soon as it is here. */
  want(view: EditorView, name: ActName): void {
    this.#wanted = name;
    this.#tries = Math.min(this.#tries, TRIES - 1); // who asks for it has it tried once more
    this.ask(view);
  }

  /** Text was typed: of what it may become, one hears even if this comes late. */
  typed(view: EditorView): void {
    this.#hasTyped = true;
    this.ask(view);
  }

  async #get(view: EditorView): Promise<void> {
    give();
    let here: Assistance;
    try {
      here = await this.fetch();
    } catch {
      this.#isAsked = false; // one can type without it
      return;
    }
    view.dispatch({ effects: slot.reconfigure(here.extension) });
    if (this.#wanted !== null) here.acts[this.#wanted](view);
    else if (this.#hasTyped && isInName(view)) here.acts.complete(view);
  }
}

function isInName({ state, hasFocus }: EditorView): boolean {
  const { head } = state.selection.main;
  return hasFocus && /[\p{L}_.]$/u.test(state.sliceDoc(Math.max(0, head - 1), head));
}

/** Extensions that stand before all others, and those that stand behind them. */
export function assistance(fetch: () => Promise<Assistance>): [Extension, Extension] {
  const coming = new Coming(fetch);
  const observers = EditorView.domEventObservers({
    keydown: (_event, view) => coming.ask(view),
    input: (event, view) => {
      if ((event as InputEvent).inputType === "insertText") coming.typed(view);
      else coming.ask(view);
    },
  });
  const want = (name: ActName) => (view: EditorView) => {
    coming.want(view, name);
    return true;
  };
  return [slot.of([]), [observers, keymap.of(bound(actsOf(want)))]];
}
