/** What the region looks like: a button, what there is to say, and the charts. */
import type { Chart } from "../driver/explore";
import { sentenceElement } from "../page/code-spans";
import { element } from "../page/element";
import type { LearnerError } from "../shared/report";
import { ChartView } from "./chart-view";
import { paired } from "./summary";
import { EXPLORE } from "./words";

export interface PanelEvents {
  draw(): void;
  end(): void;
}

export class Panel {
  readonly #draw = button(EXPLORE.draw, "primary");
  readonly #end = button(EXPLORE.end, "small");
  readonly #status = element("p", "explore-status");
  readonly #said = element("div", "explore-said");
  readonly #charts = element("div", "explore-charts");
  #views: readonly ChartView[] = [];

  constructor(region: HTMLElement, events: PanelEvents) {
    this.#end.hidden = true;
    this.#status.setAttribute("role", "status");
    this.#said.setAttribute("role", "status");
    this.#draw.addEventListener("click", () => events.draw());
    this.#end.addEventListener("click", () => events.end());
    const bar = element("div", "explore-bar-row");
    bar.append(this.#draw, this.#end, this.#status);
    const body = element("div", "explore-body");
    body.append(bar, this.#said, this.#charts);
    region.replaceChildren(
      element("h2", "spoken-only", region.getAttribute("aria-label") ?? ""),
      body,
    );
    const measure = new ResizeObserver(() => this.#fit());
    measure.observe(this.#charts);
  }

  setDrawing(isDrawing: boolean): void {
    if (isDrawing) this.#draw.setAttribute("aria-disabled", "true");
    else this.#draw.removeAttribute("aria-disabled");
    // A button that goes drops the focus: hand it on.
    if (!isDrawing && document.activeElement === this.#end) this.#draw.focus();
    this.#end.hidden = !isDrawing;
  }

  /** Say where the drawing stands; what has been said is not said once more. */
  setStatus(text: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  /** Say what went wrong, with the learner's line and traceback where there are some. */
  say(message: string, error: LearnerError | null = null): void {
    const parts: HTMLElement[] = [];
    if (message) {
      const text = element("p", "explore-message");
      if (error?.line) text.append(element("span", "error-line", EXPLORE.line(error.line)), " ");
      text.append(sentenceElement("span", "", message));
      parts.push(text);
    }
    if (error?.traceback) {
      const details = element("details", "folded");
      const trace = element("pre", "", error.traceback);
      trace.tabIndex = 0;
      details.append(element("summary", "", EXPLORE.traceback), trace);
      parts.push(details);
    }
    this.#said.replaceChildren(...parts);
  }

  /** Show charts over those of the reference. */
  show(own: readonly Chart[], reference: readonly Chart[]): void {
    this.#views = paired(own, reference).map((pair) => new ChartView(pair));
    this.#charts.replaceChildren(...this.#views.map((view) => view.element));
    this.#charts.classList.toggle("explore-single", this.#views.length === 1);
    this.#fit();
  }

  #fit(): void {
    for (const view of this.#views) view.fit();
  }
}

function button(name: string, className: string): HTMLButtonElement {
  const made = element("button", className, name);
  made.type = "button";
  return made;
}
