/** Charts as SVG: drawn at the width that there is, so that texts keep their size. */
import type { Chart } from "../driver/explore";
import { visible } from "../page/visible";
import {
  cut,
  linePath,
  mark,
  marked,
  type Point,
  type Range,
  rangeOf,
  scale,
  short,
  ticks,
  wrapped,
} from "./plot";
import { description, either, type Pair, type SeriesPair, seriesOf } from "./summary";

const NAMESPACE = "http://www.w3.org/2000/svg";
/** About so wide is a letter of the axes, and so high a line (px). */
const LETTER = 6.8;
const LINE = 14;
const TOP = 24;
const RIGHT = 12;
const MOST_LABEL_LINES = 3;
/** A label of a bar has at least so much room, or it is left out. */
const LEAST_LABEL = 22;
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

let drawn = 0;

/** A chart over the reference's, for a width in pixels. */
export function drawChart(pair: Pair, width: number): SVGElement {
  const chart = either(pair);
  const series = seriesOf(pair);
  const labels = chart.kind === "bars" ? barLabels(chart.x, width) : [];
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
  const left = 10 + LETTER * Math.max(...yTicks.map((tick) => short(tick).length), 1);
  return { width, height, left, bottom, yTicks, y: scale(range, [bottom, TOP]) };
}

/** Lines across with their numbers, and what the axes are called. */
function rows(chart: Chart, field: Field): SVGElement[] {
  const { left, width, height, y, yTicks } = field;
  const across = yTicks.flatMap((tick) => {
    const at = y(tick);
    const line = svgElement("path", { d: `M${left} ${at}H${width - RIGHT}` });
    line.classList.add(tick === 0 ? "explore-axis" : "explore-grid");
    return [line, label(short(tick), left - 5, at + 4, "end")];
  });
  const letters = Math.floor(width / LETTER) - 2;
  const [yLabel = "", xLabel = ""] = [chart.y_label, chart.x_label].map((name) =>
    cut(name, letters),
  );
  const yName = label(yLabel, 2, 12, "start");
  const xName = label(xLabel, width - RIGHT, height - 4, "end");
  for (const name of [yName, xName]) name.classList.add("explore-name");
  return [...across, yName, xName];
}

function curves(x: readonly number[], series: readonly SeriesPair[], field: Field): SVGElement[] {
  const { left, width, bottom, y } = field;
  const [low, high] = [x[0]!, x.at(-1)!];
  const range: Range = low < high ? [low, high] : rangeOf(x, false);
  const across = scale(range, [left + 6, width - RIGHT - 6]);
  const points = (values: readonly (number | null)[]): Point[] =>
    values.map((value, at) => (value === null ? null : [across(x[at]!), y(value)]));
  const columns = ticks(range, Math.max(2, Math.floor((width - left) / 70)));
  const labels = columns.map((tick) =>
    label(short(tick), across(tick), bottom + LINE + 2, "middle"),
  );
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
  const line = svgElement("path", { d: linePath(points) });
  line.classList.add(name);
  const marks = marked(points, from, every).map((point) => mark(place, point![0], point![1]));
  const shapes = svgElement("path", { d: marks.join("") });
  shapes.classList.add(`${name}-mark`);
  return [line, shapes];
}

/** The lines of each bar's label; where there are too many bars, of some. */
function barLabels(x: readonly string[], width: number): string[][] {
  const room = (width - 70) / x.length;
  const every = Math.ceil(LEAST_LABEL / room);
  const letters = Math.max(2, Math.floor((room * every) / LETTER));
  const most = every > 1 ? 1 : MOST_LABEL_LINES;
  return x.map((text, at) => (at % every === 0 ? wrapped(text, letters, most) : []));
}

function bars(
  series: readonly SeriesPair[],
  field: Field,
  labels: readonly (readonly string[])[],
): SVGElement[] {
  const { left, width, bottom, y } = field;
  const slot = (width - RIGHT - left) / labels.length;
  const bar = (slot * 0.76) / series.length;
  const texts = labels.flatMap((lines, at) =>
    lines.map((line, row) =>
      label(line, left + (at + 0.5) * slot, bottom + LINE * (row + 1) + 2, "middle"),
    ),
  );
  const parts = series.map(({ own, reference }, place) => {
    const group = seriesGroup(place);
    labels.forEach((_, at) => {
      const from = left + at * slot + slot * 0.12 + place * bar;
      const value = own?.y[at] ?? null;
      const right = reference?.y[at] ?? null;
      if (value !== null) group.append(...ownBar(from, bar, y(0), y(value), place));
      if (right !== null) group.append(box(from, bar, y(0), y(right), "explore-right-bar"));
    });
    return group;
  });
  return [...texts, ...parts];
}

/** A bar, with its series' mark at its end where there is room for one. */
function ownBar(x: number, width: number, zero: number, end: number, place: number): SVGElement[] {
  const gap = Math.min(2, width * 0.1);
  const made = box(x + gap, width - 2 * gap, zero, end, "explore-bar");
  if (width < 12) return [made];
  const shape = svgElement("path", { d: mark(place, x + width / 2, end + (end > zero ? 8 : -8)) });
  shape.classList.add("explore-own-mark");
  return [made, shape];
}

function box(x: number, width: number, zero: number, end: number, name: string): SVGElement {
  const made = svgElement("rect", {
    x,
    width,
    y: Math.min(zero, end),
    height: Math.abs(end - zero),
  });
  made.classList.add(name);
  return made;
}

/** The sign of a series, as a legend has it; of all that is the reference's, where it has no place. */
export function swatch(place: number | null, isReference: boolean): SVGElement {
  const svg = svgElement("svg", { width: 26, height: 14, "aria-hidden": "true" });
  svg.classList.add("explore-swatch", `explore-s${place ?? 0}`);
  const name = isReference ? "explore-right" : "explore-own";
  const line = svgElement("path", { d: "M1 7H25" });
  line.classList.add(name);
  svg.append(line);
  if (place === null) return svg;
  const shape = svgElement("path", { d: mark(place, 13, 7) });
  shape.classList.add(`${name}-mark`);
  svg.append(shape);
  return svg;
}

function seriesGroup(place: number): SVGElement {
  const group = svgElement("g", {});
  group.classList.add(`explore-s${place}`);
  return group;
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
