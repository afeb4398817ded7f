/** A drawing in words: what the picture shows, and in what it differs from the reference. */
import type { Chart, Series } from "../driver/explore";
import { apart } from "./labels";
import { short } from "./plot";
import { CHART } from "./words";

/** One chart: the learner's, the reference's, or one over the other. */
export interface Pair {
  readonly own: Chart | null;
  readonly reference: Chart | null;
}

/** A series by its name, with the reference's. */
export interface SeriesPair {
  readonly name: string;
  readonly own: Series | null;
  readonly reference: Series | null;
}

/** So near, two numbers are the same but for rounding: a part of what is about as large, and at least. */
const SAME = 1e-9;
const LEAST = 1e-15;

/** Lay charts over those of the reference that are about the same; the others stand alone. */
export function paired(own: readonly Chart[], reference: readonly Chart[]): Pair[] {
  const left = [...own];
  const pairs = reference.map((right): Pair => {
    const at = left.findIndex((chart) => isOver(chart, right));
    return { own: at < 0 ? null : (left.splice(at, 1)[0] ?? null), reference: right };
  });
  return [...pairs, ...left.map((chart): Pair => ({ own: chart, reference: null }))];
}

function isOver(own: Chart, right: Chart): boolean {
  const isLike = own.kind === right.kind && own.title === right.title;
  return isLike && own.x.length === right.x.length && own.x.every((x, at) => x === right.x[at]);
}

/** The chart that says what both are about. */
export function either({ own, reference }: Pair): Chart {
  return (own ?? reference)!;
}

export function seriesOf({ own, reference }: Pair): SeriesPair[] {
  const names = [own, reference].flatMap((chart) => chart?.series.map(({ name }) => name) ?? []);
  const find = (chart: Chart | null, name: string): Series | null =>
    chart?.series.find((series) => series.name === name) ?? null;
  return [...new Set(names)].map((name) => ({
    name,
    own: find(own, name),
    reference: find(reference, name),
  }));
}

/** What is to be said of a series beside its name. */
export function remarks({ own, reference }: SeriesPair, chart: Chart): string[] {
  if (own === null) return [CHART.reference];
  const known = new Set(reference?.odd.map(([kind]) => kind));
  const odd = own.odd
    .filter(([kind]) => !known.has(kind))
    .map(([kind, count]) => CHART.odd(kind, count, own.y.length));
  if (reference === null) return odd;
  const more = own.y.filter((got, at) => got !== null && (reference.y[at] ?? null) === null).length;
  const unexpected = more > 0 ? [CHART.more(more)] : [];
  const said = [...differing(own, reference, chart), ...unexpected, ...odd];
  if (said.length > 0) return said;
  const gaps = reference.y.filter((right, at) => right !== null && (own.y[at] ?? null) === null);
  return [gaps.length > 0 ? CHART.gaps(gaps.length) : CHART.same];
}

/** Where two series differ most, beyond rounding. */
function differing(own: Series, right: Series, chart: Chart): string[] {
  const largest = Math.max(...right.y.map((wanted) => Math.abs(wanted ?? 0)));
  const least = Math.max(SAME * Math.min(1, largest || 1), LEAST);
  const off = right.y.map((wanted, at) => {
    const got = own.y[at] ?? null;
    if (got === null || wanted === null) return 0;
    const difference = Math.abs(got - wanted);
    return difference > Math.max(least, SAME * Math.abs(wanted)) ? difference : 0;
  });
  const most = Math.max(...off);
  const at = off.indexOf(most);
  if (most === 0) return [];
  const place = places(chart)[at]!;
  const where = chart.kind === "curves" ? `${chart.x_label} = ${place}` : place;
  const [got, wanted] = [own.y[at]!, right.y[at]!];
  const told = apart([got, wanted]);
  return [CHART.differs(where, told(got), told(wanted))];
}

/** The inputs of a chart as texts that can be told apart. */
export function places(chart: Chart): readonly string[] {
  return chart.kind === "bars" ? chart.x : chart.x.map(apart(chart.x));
}

/** The whole chart in words, for who does not see it. */
export function description(pair: Pair): string {
  const chart = either(pair);
  const { x_label, y_label } = chart;
  const x = places(chart);
  const head =
    chart.kind === "curves"
      ? CHART.curves(x_label, x[0]!, x.at(-1)!, y_label)
      : CHART.bars(x_label, y_label);
  const series = seriesOf(pair).map((each) => {
    const parts = [course(each.own ?? each.reference!, chart), ...remarks(each, chart)];
    return `${each.name}: ${parts.join(", ")}.`;
  });
  return [head, ...series].join(" ");
}

/** So many bars are told one by one. */
const MOST_TOLD = 12;

function course({ y }: Series, chart: Chart): string {
  if (y.every((each) => each === null)) return CHART.nothing;
  if (chart.kind === "curves")
    return CHART.course(
      told(y.find((each) => each !== null)!),
      told(y.findLast((each) => each !== null)!),
    );
  const x = places(chart);
  const bars = y.slice(0, MOST_TOLD).map((each, at) => `${x[at]!} ${told(each)}`);
  return bars.join(", ");
}

function told(value: number | null): string {
  return value === null ? CHART.nothing : short(value);
}
