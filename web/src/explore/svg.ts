/** Charts as SVG: drawn at the width that there is, so that texts keep their size. */
import type { Chart } from "../driver/explore";
import { visible } from "../page/visible";
import { apart, columnTicks, cut, labelLines } from "./labels";
import { measureAt } from "./measure";
import {
  barPath,
  capPath,
  linePath,
  mark,
  marked,
  type Point,
  type Range,
  rangeOf,
  scale,
  ticks,
} from "./plot";
import { description, either, type Pair, type SeriesPair, seriesOf } from "./summary";

const NAMESPACE = "http://www.w3.org/2000/svg";
/** So high is a line of text (px). */
const LINE = 14;
const TOP = 24;
const RIGHT = 12;
/** A bar so wide has a mark, or an outline where it is the reference's (px). */
const LEAST_MARKED = 12;
const LEAST_OUTLINED = 7;
/** A narrower one is a line, or it would not be seen. */
const LEAST_FILLED = 1.5;
/** So many marks stand along a curve. */
const MARKS = 8;

/** Where a chart's numbers stand in pixels. */
interface Field {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly bottom: number;
  readonly y: (value: number) => number;
  readonly yTicks: readonly number[];
}

/** Where a bar begins, and where it ends above or below zero. */
type Bar = readonly [x: number, end: number];

let drawn = 0;

/** A chart over the reference's, for a width in pixels. */
export function drawChart(pair: Pair, width: number): SVGElement {
  const chart = either(pair);
  const series = seriesOf(pair);
  const labels =
    chart.kind === "bars"
      ? labelLines(chart.x.map(visible), (width - 70) / chart.x.length, measureAt(400))
      : [];
  const field = fieldOf(chart, series, width, Math.max(1, ...labels.map((label) => label.length)));
  const { height } = field;
  const svg = svgElement("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img" });
  svg.classList.add("explore-svg");
  drawn += 1;
  const title = svgElement("title", { id: `explore-title-${drawn}` }, chart.title);
  const desc = svgElement("desc", { id: `explore-desc-${drawn}` }, description(pair));
  svg.setAttribute("aria-labelledby", title.id);
  svg.setAttribute("aria-describedby", desc.id);
  svg.append(title, desc, ...rows(chart, field));
  if (chart.kind === "curves") svg.append(...curves(chart.x, series, field));
  else svg.append(...bars(series, field, labels));
  return svg;
}

function fieldOf(chart: Chart, series: readonly SeriesPair[], width: number, lines: number): Field {
  const height = Math.round(Math.min(250, Math.max(170, width * 0.55))) + LINE * (lines - 1);
  const values = series.flatMap(({ own, reference }) => [
    ...(own?.y ?? []),
    ...(reference?.y ?? []),
  ]);
  const range = rangeOf(values, chart.kind === "bars");
  const bottom = height - 2 * LINE - LINE * lines + 6;
  const yTicks = ticks(range, 4);
  const left = 12 + Math.max(...yTicks.map(apart(yTicks)).map(measureAt(400)), 7);
  return { width, height, left, bottom, yTicks, y: scale(range, [bottom, TOP]) };
}

/** Lines across with their numbers, and what the axes are called. */
function rows(chart: Chart, field: Field): SVGElement[] {
  const { left, width, height, y, yTicks } = field;
  const told = apart(yTicks);
  const across = yTicks.flatMap((tick) => {
    const at = y(tick);
    const line = svgElement("path", { d: `M${left} ${at}H${width - RIGHT}` });
    line.classList.add(tick === 0 ? "explore-axis" : "explore-grid");
    return [line, label(told(tick), left - 5, at + 4, "end")];
  });
  const [yLabel = "", xLabel = ""] = [chart.y_label, chart.x_label].map((name) =>
    cut(visible(name), width - RIGHT - 4, measureAt(600)),
  );
  const yName = label(yLabel, 2, 12, "start");
  const xName = label(xLabel, width - RIGHT, height - 4, "end");
  for (const name of [yName, xName]) name.classList.add("explore-name");
  return [...across, yName, xName];
}

function curves(x: readonly number[], series: readonly SeriesPair[], field: Field): SVGElement[] {
  const { left, width, y } = field;
  const [low, high] = [x[0]!, x.at(-1)!];
  const range: Range = low < high ? [low, high] : rangeOf(x, false);
  const across = scale(range, [left + 6, width - RIGHT - 6]);
  const points = (values: readonly (number | null)[]): Point[] =>
    values.map((value, at) => (value === null ? null : [across(x[at]!), y(value)]));
  const columns = columnTicks(range, width - left, measureAt(400));
  const told = apart(columns);
  const labels = columns.map((tick) => below(told(tick), across(tick), field, 1));
  const every = Math.max(1, Math.ceil(x.length / MARKS));
  const parts = series.map(({ own, reference }, place) => {
    const group = seriesGroup(place);
    const from = Math.floor((place * every) / Math.max(1, series.length));
    if (own) group.append(...curve(points(own.y), place, from, every, "explore-own"));
    const half = from + Math.floor(every / 2);
    if (reference) group.append(...curve(points(reference.y), place, half, every, "explore-right"));
    return group;
  });
  return [...labels, ...parts];
}

function curve(
  points: readonly Point[],
  place: number,
  from: number,
  every: number,
  name: string,
): SVGElement[] {
  const marks = marked(points, from, every).map((point) => mark(place, point![0], point![1]));
  return [shape([linePath(points)], name), shape(marks, `${name}-mark`)];
}

function bars(
  series: readonly SeriesPair[],
  field: Field,
  labels: readonly (readonly string[])[],
): SVGElement[] {
  const { left, width, y } = field;
  const slot = (width - RIGHT - left) / labels.length;
  const bar = (slot * 0.76) / series.length;
  const texts = labels.flatMap((lines, at) =>
    lines.map((line, row) => below(line, left + (at + 0.5) * slot, field, row + 1)),
  );
  const start = (at: number, place: number): number => left + at * slot + slot * 0.12 + place * bar;
  const parts = series.map(({ own, reference }, place) => {
    const group = seriesGroup(place);
    const ends = (values: readonly (number | null)[]): Bar[] =>
      values.flatMap((value, at) =>
        value === null ? [] : [[start(at, place), y(value)] as const],
      );
    if (own) group.append(...ownBars(ends(own.y), bar, y(0), place));
    if (reference) group.append(rightBars(ends(reference.y), bar, y(0)));
    return group;
  });
  return [...texts, ...parts];
}

/** Bars, with their series' mark at their ends where there is room for one. */
function ownBars(ends: readonly Bar[], width: number, zero: number, place: number): SVGElement[] {
  const gap = Math.min(2, width * 0.1);
  const paths = ends.map(([x, end]) => barPath(x + gap, width - 2 * gap, zero, end));
  const made = shape(paths, width < LEAST_FILLED ? "explore-thin-bar" : "explore-bar");
  if (width < LEAST_MARKED) return [made];
  const marks = ends.map(([x, end]) => mark(place, x + width / 2, end + (end > zero ? 8 : -8)));
  return [made, shape(marks, "explore-own-mark")];
}

/** The outlines of bars; of narrow ones their ends alone. */
function rightBars(ends: readonly Bar[], width: number, zero: number): SVGElement {
  if (width < LEAST_OUTLINED) {
    return shape(
      ends.map(([x, end]) => capPath(x, width, end)),
      "explore-right-caps",
    );
  }
  return shape(
    ends.map(([x, end]) => barPath(x, width, zero, end)),
    "explore-right-bar",
  );
}

function shape(paths: readonly string[], name: string): SVGElement {
  const made = svgElement("path", { d: paths.join("") });
  made.classList.add(name);
  return made;
}

/** The sign of a series, as a legend has it; of all that is the reference's, where it has no place. */
export function swatch(place: number | null, isReference: boolean): SVGElement {
  const svg = svgElement("svg", { width: 26, height: 14, "aria-hidden": "true" });
  svg.classList.add("explore-swatch", `explore-s${place ?? 0}`);
  const name = isReference ? "explore-right" : "explore-own";
  svg.append(shape(["M1 7H25"], name));
  if (place !== null) svg.append(shape([mark(place, 13, 7)], `${name}-mark`));
  return svg;
}

function seriesGroup(place: number): SVGElement {
  const group = svgElement("g", {});
  group.classList.add(`explore-s${place}`);
  return group;
}

/** A label below the chart, in one of its rows there, and not beyond an edge. */
function below(text: string, x: number, { width, bottom }: Field, row: number): SVGElement {
  const half = measureAt(400)(text) / 2 + 1;
  const inside = Math.max(half, Math.min(x, width - half));
  return label(text, inside, bottom + LINE * row + 2, "middle");
}

function label(text: string, x: number, y: number, anchor: string): SVGElement {
  return svgElement("text", { x, y, "text-anchor": anchor }, text);
}

function svgElement(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  text = "",
): SVGElement {
  const made = document.createElementNS(NAMESPACE, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) {
    const said = typeof value === "number" ? Math.round(value * 10) / 10 : value;
    made.setAttribute(key, String(said));
  }
  if (text) made.textContent = visible(text);
  return made;
}
