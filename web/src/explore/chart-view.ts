/** One chart on the page: its picture, what is said of each series, and its numbers on request. */
import { element } from "../page/element";
import { short } from "./plot";
import { either, type Pair, places, remarks, seriesOf } from "./summary";
import { drawChart, swatch } from "./svg";
import { CHART } from "./words";

/** So many digits of a number stand in the table. */
const DIGITS = 10;

export class ChartView {
  readonly element = element("figure", "explore-chart");
  readonly #plot = element("div", "explore-plot");
  #width = 0;

  constructor(private readonly pair: Pair) {
    const { title, about } = either(pair);
    const head = element("h3", "explore-title", title);
    this.element.append(head, this.#plot, legend(pair), numbers(pair));
    if (about) head.after(element("p", "explore-about", about));
  }

  /** Draw at the width that there is now. */
  fit(): void {
    const width = Math.floor(this.#plot.clientWidth);
    if (width === this.#width || width === 0) return;
    this.#width = width;
    this.#plot.replaceChildren(drawChart(this.pair, width));
  }
}

function legend(pair: Pair): HTMLElement {
  const list = element("ul", "explore-legend");
  list.setAttribute("role", "list");
  const chart = either(pair);
  list.append(
    ...seriesOf(pair).map((series, at) => {
      const item = element("li", "");
      const said = remarks(series, chart).join("; ");
      item.dataset.series = series.name;
      if (said === CHART.same) item.dataset.same = "";
      const text = element("span", "");
      text.append(element("span", "explore-series", series.name));
      if (said) text.append(" ", element("span", "explore-remark", said));
      item.append(swatch(at, series.own === null), text);
      return item;
    }),
  );
  if (pair.reference === null) return list;
  const item = element("li", "");
  item.append(swatch(null, true), element("span", "explore-remark", CHART.referenceIs));
  list.append(item);
  return list;
}

/** The numbers as a table, which is made when it is first asked for. */
function numbers(pair: Pair): HTMLElement {
  const { title } = either(pair);
  const details = element("details", "folded explore-numbers");
  const box = element("div", "explore-table");
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", CHART.numbers(title));
  details.append(element("summary", "", CHART.numbers(title)), box);
  details.addEventListener("toggle", () => {
    if (details.open && box.childElementCount === 0) box.append(table(pair));
  });
  return details;
}

function table(pair: Pair): HTMLElement {
  const { x_label, title } = either(pair);
  const made = element("table", "");
  const head = element("tr", "");
  const columns = seriesOf(pair).flatMap(({ name, own, reference }) => [
    ...(own ? [{ name: `${name} (${CHART.own})`, y: own.y }] : []),
    ...(reference ? [{ name: `${name} (${CHART.reference})`, y: reference.y }] : []),
  ]);
  head.append(
    ...[x_label, ...columns.map(({ name }) => name)].map((name) => cell("th", name, "col")),
  );
  const top = element("thead", "");
  top.append(head);
  const body = element("tbody", "");
  body.append(
    ...places(either(pair)).map((at, row) => {
      const line = element("tr", "");
      const values = columns.map(({ y }) => cell("td", told(y[row] ?? null)));
      line.append(cell("th", at, "row"), ...values);
      return line;
    }),
  );
  made.append(element("caption", "spoken-only", title), top, body);
  return made;
}

function cell(name: "th" | "td", text: string, scope = ""): HTMLElement {
  const made = element(name, "", text);
  if (scope) made.scope = scope;
  return made;
}

function told(value: number | null): string {
  return value === null ? CHART.gap : short(value, DIGITS);
}
