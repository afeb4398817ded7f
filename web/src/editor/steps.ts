/** Where a step of a call stands in the code, and what each line last came to, at its end. */
import {
  EditorSelection,
  EditorState,
  type Extension,
  type Range,
  type SelectionRange,
  StateEffect,
  StateField,
} from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  lineNumbers,
  WidgetType,
} from "@codemirror/view";
import type { StepMarks, Viewer } from "../page/editor-slot";
import { find, type Mark } from "./place";
import { opening } from "./reveal";

type Clicked = (line: number) => void;

const setStep = StateEffect.define<StepMarks | null>();

const stepLine = Decoration.line({ class: "cm-step-line" });
const stepPart = Decoration.mark({ class: "cm-step-part" });

class NoteWidget extends WidgetType {
  constructor(
    readonly text: string,
    readonly isOdd: boolean,
  ) {
    super();
  }

  override eq(other: NoteWidget): boolean {
    return other.text === this.text && other.isOdd === this.isOdd;
  }

  toDOM(): HTMLElement {
    const note = document.createElement("span");
    note.className = this.isOdd ? "cm-step-note cm-step-odd" : "cm-step-note";
    note.textContent = this.text;
    return note;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

const shown = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    let next = transaction.docChanged ? Decoration.none : value;
    for (const effect of transaction.effects) {
      if (effect.is(setStep)) next = decorations(effect.value, transaction.state);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decorations(marks: StepMarks | null, { doc }: EditorState): DecorationSet {
  if (marks === null) return Decoration.none;
  const made: Range<Decoration>[] = [];
  const mark = find(marks.at, doc);
  if (mark !== null) {
    made.push(stepLine.range(mark.at));
    if (mark.from < mark.to) made.push(stepPart.range(mark.at + mark.from, mark.at + mark.to));
  }
  for (const [number, { text, isOdd }] of marks.notes) {
    if (number < 1 || number > doc.lines) continue;
    const widget = new NoteWidget(text, isOdd);
    made.push(Decoration.widget({ widget, side: 1 }).range(doc.line(number).to));
  }
  return Decoration.set(made, true);
}

const theme = EditorView.theme({
  ".cm-step-line, &.cm-focused .cm-step-line": {
    backgroundColor: "var(--selection)",
    boxShadow: "inset 3px 0 var(--accent)",
  },
  "@media (forced-colors: active)": {
    ".cm-step-line": { outline: "2px solid Highlight", outlineOffset: "-2px" },
  },
  ".cm-step-part": { outline: "1px solid var(--accent)", borderRadius: "2px" },
  ".cm-step-note": {
    marginLeft: "1.5em",
    color: "var(--ink-soft)",
    fontSize: "0.85em",
    fontStyle: "italic",
    userSelect: "none",
  },
  ".cm-step-odd": { color: "var(--failed)", fontWeight: "600" },
});

/** What an editor needs to show steps. */
export const steps: Extension = [shown, theme];

export function showStep(view: EditorView, marks: StepMarks | null): void {
  const mark = marks && find(marks.at, view.state.doc);
  const seen = mark
    ? [
        ...opening(view.state, mark.at, mark.at + mark.lines.length),
        EditorView.scrollIntoView(stretch(view, mark), { y: "nearest" }),
      ]
    : [];
  view.dispatch({ effects: [setStep.of(marks), ...seen] });
}

/** What is to be seen of a step: where lines go on below, all that the line has there. */
function stretch({ state, lineWrapping }: EditorView, { at, from }: Mark): SelectionRange {
  const end = lineWrapping ? state.doc.lineAt(at + from).to : at + from;
  return EditorSelection.range(end, at + from);
}

/** Hear of clicks on a line, on its number too, while a step is shown. */
export function lineClicks(clicked: Clicked): Extension {
  const hear = (view: EditorView, at: number): boolean => {
    if (view.state.field(shown).size > 0) clicked(view.state.doc.lineAt(at).number);
    return false;
  };
  return [
    EditorView.domEventHandlers({
      click({ clientX: x, clientY: y }, view) {
        const isDragged = !view.state.selection.main.empty;
        return !isDragged && hear(view, view.posAtCoords({ x, y }, false));
      },
    }),
    lineNumbers({
      domEventHandlers: { click: (view, block) => hear(view, block.from) },
    }),
  ];
}

/** Put a text that is only shown into an element. */
export function createViewer(
  parent: HTMLElement,
  name: string,
  nonce: string,
  look: Extension,
  clicked: Clicked,
): Viewer {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        lineClicks(clicked),
        look,
        steps,
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.lineWrapping,
        EditorView.cspNonce.of(nonce),
        EditorView.contentAttributes.of({ "aria-label": name, tabindex: "0" }),
      ],
    }),
  });
  return {
    show(text, marks) {
      const { doc } = view.state;
      if (doc.toString() !== text) {
        view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
      }
      showStep(view, marks);
    },
  };
}
