/**
 * A word that is composed at several cursors: at the main one alone, for an input method knows of one
 * place, and when it is whole, at the others.
 */
import {
  EditorSelection,
  type Extension,
  type SelectionRange,
  StateEffect,
  StateField,
} from "@codemirror/state";
import { type EditorView, ViewPlugin } from "@codemirror/view";

/** The last of a word comes a moment after its composition has ended. */
const COMPOSED_MS = 100;

/** What one composes would stay half done, and come once more, if others changed the text meanwhile. */
export function whenComposed(view: EditorView, act: () => void): void {
  const later = (): void => whenComposed(view, act);
  const onEnd = (): void => void setTimeout(later, COMPOSED_MS);
  if (!view.compositionStarted) act();
  else view.contentDOM.addEventListener("compositionend", onEnd, { once: true });
}

type Ranges = readonly SelectionRange[];

const setOthers = StateEffect.define<Ranges>();

const others = StateField.define<Ranges>({
  create: () => [],
  update(value, { changes, effects }) {
    const set = effects.find((effect) => effect.is(setOthers));
    return set ? (set.value as Ranges) : value.map((range) => range.map(changes));
  },
});

function begin(view: EditorView): void {
  const { ranges, main } = view.state.selection;
  if (ranges.length === 1) return;
  const effects = setOthers.of(ranges.filter((range) => range !== main));
  view.dispatch({ selection: EditorSelection.create([main]), effects });
}

function end(view: EditorView, text: string): void {
  const { state } = view;
  const ranges = state.field(others);
  if (ranges.length === 0) return;
  const changes = state.changes(
    text === "" ? [] : ranges.map(({ from, to }) => ({ from, to, insert: text })),
  );
  const cursors = ranges.map(({ to }) => EditorSelection.cursor(changes.mapPos(to, 1)));
  const selection = EditorSelection.create([state.selection.main.map(changes), ...cursors]);
  view.dispatch({ changes, selection, effects: setOthers.of([]), userEvent: "input.type" });
}

class Composing {
  #finish: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly view: EditorView) {}

  begin(): void {
    this.goOn();
    begin(this.view);
  }

  /** The word stands at the others in a moment, or before whatever is typed next. */
  ended(text: string): void {
    this.#finish = () => end(this.view, text);
    this.#timer = setTimeout(() => this.goOn(), COMPOSED_MS);
  }

  goOn(): void {
    clearTimeout(this.#timer);
    const finish = this.#finish;
    this.#finish = null;
    finish?.();
  }

  destroy(): void {
    this.#finish = null;
  }
}

const composer = ViewPlugin.fromClass(Composing, {
  eventObservers: {
    compositionstart() {
      this.begin();
    },
    compositionend({ data }) {
      this.ended(data);
    },
    keydown() {
      this.goOn();
    },
    mousedown() {
      this.goOn();
    },
  },
});

export const composing: Extension = [others, composer];
