/** What the steps look like: built once, and brought in line with each moment. */
import { sentenceElement } from "../page/code-spans";
import { element } from "../page/element";
import { type Chord, isOneOf, STEPS as KEYS } from "../shared/keys";
import { isOdd, type Moment, type Variable } from "./recording";
import type { Summary } from "./steps";
import { CHANGED, kindOf, STEPS } from "./words";

export interface PanelEvents {
  /** Go to a step by its place. */
  go(place: number): void;
  move(by: 1 | -1, how: "step" | "line" | "turn"): void;
  stop(): void;
}

/** Keys that go from step to step, wherever the focus is in the panel. */
const MOVES: readonly (readonly [readonly Chord[], 1 | -1, "step" | "line" | "turn"])[] = [
  [KEYS.step, 1, "step"],
  [KEYS.stepBack, -1, "step"],
  [KEYS.line, 1, "line"],
  [KEYS.lineBack, -1, "line"],
  [KEYS.turn, 1, "turn"],
  [KEYS.turnBack, -1, "turn"],
];

export class Panel {
  readonly trace = element("div", "trace");
  readonly viewer = element("div", "trace-code");
  readonly slider = element("input", "trace-slider");
  readonly #title = element("h2", "trace-title");
  readonly #status = element("p", "trace-status");
  readonly #stop = button(STEPS.stop);
  readonly #notes = element("div", "trace-notes");
  readonly #other = element("p", "trace-other", STEPS.otherText);
  readonly #bar = element("div", "trace-bar");
  readonly #count = element("span", "trace-count");
  readonly #what = element("p", "trace-what");
  readonly #variables = element("div", "trace-variables");

  constructor(
    readonly region: HTMLElement,
    readonly events: PanelEvents,
  ) {
    this.trace.id = "trace";
    this.#status.setAttribute("role", "status");
    this.slider.type = "range";
    this.slider.min = "1";
    this.slider.setAttribute("aria-label", STEPS.slider);
    this.#bar.setAttribute("role", "group");
    this.#bar.setAttribute("aria-label", STEPS.slider);
    this.#build();
    this.#listen();
  }

  /** A call is being recorded; nothing of it is here yet. */
  begin(title: string | null): void {
    this.#title.textContent = title === null ? STEPS.ofTyped : STEPS.of(title);
    for (const name of ["step", "steps", "line"]) delete this.trace.dataset[name];
    this.#notes.replaceChildren();
    this.setRecording(true);
    this.#showParts(false);
  }

  /** Lead whoever has waited for the steps to them. */
  takeFocus(): void {
    const { activeElement, body } = document;
    const hasLed = activeElement === body || activeElement?.id === "tab-steps";
    if (hasLed || this.region.contains(activeElement)) this.slider.focus({ preventScroll: true });
  }

  setRecording(isRecording: boolean): void {
    this.#status.textContent = isRecording ? STEPS.recording : "";
    // A button that goes drops the focus: hand it on.
    if (!isRecording && document.activeElement === this.#stop) this.region.focus();
    this.#stop.hidden = !isRecording;
  }

  /** Say what there is to know of the recording as a whole. */
  note(text: string, go?: () => void): void {
    const note = sentenceElement("p", go ? "trace-origin" : "trace-note", text);
    if (go) {
      const show = button(STEPS.showIt);
      show.setAttribute("aria-label", `${STEPS.showIt}: ${text}`);
      show.addEventListener("click", go);
      note.append(" ", show);
    }
    this.#notes.append(note);
  }

  clearNotes(): void {
    this.#notes.replaceChildren();
  }

  /** Say that the text in the editor is another, and show the run's. */
  setOther(isOther: boolean): void {
    this.region.toggleAttribute("data-other", isOther);
    this.#other.hidden = !isOther;
  }

  show(place: number, steps: number, moment: Moment, name: string): void {
    const step = String(place + 1);
    this.trace.dataset.step = step;
    this.trace.dataset.steps = String(steps);
    this.trace.dataset.line = String(moment.step.line);
    this.slider.max = String(steps);
    this.slider.value = step;
    this.slider.setAttribute(
      "aria-valuetext",
      `${STEPS.count(place + 1, steps)}: ${spoken(moment)}`,
    );
    this.#count.textContent = STEPS.count(place + 1, steps);
    const where = element("span", "trace-where", moment.where);
    const what = element("code", "", moment.what);
    this.#what.replaceChildren(where, what, ...badges(moment.step.value));
    this.#what.classList.toggle("odd", moment.step.kind === "raise");
    this.#variables.replaceChildren(table(moment.variables, name));
    this.#showParts(true);
  }

  #showParts(isShown: boolean): void {
    for (const part of [this.#bar, this.#what, this.#variables, this.viewer]) {
      part.hidden = !isShown;
    }
  }

  #build(): void {
    const back = button(STEPS.back);
    const forward = button(STEPS.forward);
    back.addEventListener("click", () => this.events.move(-1, "step"));
    forward.addEventListener("click", () => this.events.move(1, "step"));
    this.#stop.addEventListener("click", () => this.events.stop());
    this.#bar.append(back, this.slider, forward, this.#count);
    const keys = element("p", "keys trace-keys", STEPS.keys);
    this.trace.append(this.#title, this.#status, this.#stop, this.#notes, this.#other, this.viewer);
    this.trace.append(this.#bar, this.#what, this.#variables, keys);
    this.region.replaceChildren(this.trace);
  }

  #listen(): void {
    this.slider.addEventListener("input", () => this.events.go(Number(this.slider.value) - 1));
    this.trace.addEventListener("keydown", (event) => {
      const { target } = event;
      const isInCode = target instanceof Node && this.viewer.contains(target);
      const move = MOVES.find(([chords]) => isOneOf(chords, event));
      if (isInCode || move === undefined || this.#bar.hidden) return;
      event.preventDefault();
      this.events.move(move[1], move[2]);
    });
  }
}

function button(name: string): HTMLButtonElement {
  const made = element("button", "small", name);
  made.type = "button";
  return made;
}

function spoken({ where, what }: Moment): string {
  return `${where}, ${what}`;
}

/** What stands out of a value: NaN, infinities. */
function badges(value: Summary | null): HTMLElement[] {
  if (value === null || !isOdd(value) || /^-?(nan|inf)$/.test(value.text)) return [];
  const said = [value.nan && CHANGED.nan(value.nan), value.inf && CHANGED.inf(value.inf)];
  return said.flatMap((text) => (text ? [element("span", "trace-badge odd", text)] : []));
}

function table(variables: readonly Variable[], name: string): HTMLElement {
  if (variables.length === 0) return element("p", "trace-none", STEPS.noVariables);
  const made = element("table", "");
  const head = element("thead", "");
  const row = element("tr", "");
  for (const title of [STEPS.variable, STEPS.value, STEPS.change]) {
    const cell = element("th", "", title);
    cell.scope = "col";
    row.append(cell);
  }
  head.append(row);
  const body = element("tbody", "");
  body.append(...variables.map(rowOf));
  made.append(element("caption", "", STEPS.variables(name)), head, body);
  return made;
}

function rowOf({ name, value, isChanged, changes }: Variable): HTMLElement {
  const row = element("tr", isChanged ? "changed" : "");
  row.dataset.variable = name;
  const head = element("th", "");
  head.scope = "row";
  head.append(element("code", "", name));
  const shown = element("td", "");
  const kind = kindOf(value);
  if (kind && !value.text.startsWith("<")) shown.append(element("span", "trace-kind", kind), " ");
  shown.append(element("code", "", value.text), ...badges(value));
  const change = element("td", "");
  for (const text of changes) {
    const isForm = /^(shape|dtype) /.test(text);
    change.append(element("span", isForm ? "trace-badge" : "trace-was", text), " ");
  }
  row.append(head, shown, change);
  return row;
}
