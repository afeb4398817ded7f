/** A row of dots: what the last runs came to, the newest last. */
import { element } from "./element";
import type { Run } from "./history";
import { drawing } from "./outcome";
import { part } from "./view";
import { RUNS } from "./words";

export function showRuns(page: Document, runs: readonly Run[]): void {
  const list = part(page, "runs", HTMLElement);
  list.hidden = runs.length === 0;
  list.replaceChildren(...runs.map(dot));
}

function dot(run: Run): HTMLElement {
  const item = element("li", "run");
  const icon = element("span", "icon");
  icon.dataset.icon = run.outcome;
  icon.append(...drawing(run.outcome));
  const words = RUNS.run(run.outcome, run.passed, run.total);
  item.title = words;
  item.append(icon, element("span", "spoken-only", words));
  return item;
}
