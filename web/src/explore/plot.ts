/** Where things stand in a drawing: ranges, ticks, paths. Numbers alone, and no page. */

export type Range = readonly [number, number];
/** A point of a curve in pixels; null where there is a gap. */
export type Point = readonly [number, number] | null;

const MOST_TICKS = 20;

/** The range that values span, a bit more of it, and zero too where bars begin. */
export function rangeOf(values: Iterable<number | null>, hasZero: boolean): Range {
  let low = hasZero ? 0 : Infinity;
  let high = hasZero ? 0 : -Infinity;
  for (const value of values) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  const least = Math.max(1e-9 * Math.max(Math.abs(low), Math.abs(high)), 1e-290);
  if (high - low > least) {
    const more = (hasZero ? 0.12 : 0.04) * (high - low); // a bar has its mark at its end
    return [hasZero && low === 0 ? 0 : low - more, hasZero && high === 0 ? 0 : high + more];
  }
  const around = Math.max(Math.abs(low) * 0.1, 0.5);
  return [low - around, high + around];
}

/** Round numbers in a range, about so many. */
export function ticks([low, high]: Range, about: number): number[] {
  const rough = (high - low) / Math.max(about, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((each) => each * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const count = Math.min(Math.floor(high / step) - first + 1, MOST_TICKS);
  const found = Array.from({ length: Math.max(count, 0) }, (_, at) => (first + at) * step);
  return [...new Set(found)];
}

export function scale([low, high]: Range, [from, to]: Range): (value: number) => number {
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

/** A line through points, which a gap interrupts. */
export function linePath(points: readonly Point[]): string {
  let path = "";
  let isDown = false;
  for (const point of points) {
    if (point !== null) path += `${isDown ? "L" : "M"}${pixel(point[0])} ${pixel(point[1])}`;
    isDown = point !== null;
  }
  return path;
}

/** A bar from zero to its end. */
export function barPath(x: number, width: number, zero: number, end: number): string {
  return `M${pixel(x)} ${pixel(zero)}V${pixel(end)}H${pixel(x + width)}V${pixel(zero)}Z`;
}

/** The end of a bar alone. */
export function capPath(x: number, width: number, end: number): string {
  return `M${pixel(x)} ${pixel(end)}H${pixel(x + width)}`;
}

/** The points that get a mark: a few along the way, and all that no line leads to. */
export function marked(points: readonly Point[], from: number, every: number): readonly Point[] {
  const isAlone = (at: number): boolean => !points[at - 1] && !points[at + 1];
  return points.filter((point, at) => point && ((at + from) % every === 0 || isAlone(at)));
}

const SHAPES: readonly ((x: number, y: number, r: number) => string)[] = [
  (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  (x, y, r) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
  (x, y, r) => `M${x} ${y - r * 1.2}l${r * 1.2} ${2 * r}h${-2.4 * r}z`,
  (x, y, r) =>
    `M${x} ${y - 1.4 * r}l${1.4 * r} ${1.4 * r}l${-1.4 * r} ${1.4 * r}l${-1.4 * r} ${-1.4 * r}z`,
  (x, y, r) => `M${x} ${y + r * 1.2}l${r * 1.2} ${-2 * r}h${-2.4 * r}z`,
  (x, y, r) => `M${x - 1.3 * r} ${y}h${2.6 * r}M${x} ${y - 1.3 * r}v${2.6 * r}`,
  (x, y, r) => `M${x - r} ${y - r}l${2 * r} ${2 * r}M${x - r} ${y + r}l${2 * r} ${-2 * r}`,
  (x, y, r) =>
    `M${x - 1.4 * r} ${y - r}h${2.8 * r}v${r * 0.9}h${-2.8 * r}zM${x - 1.4 * r} ${y + r}h${2.8 * r}`,
];

/** The mark of a series, by its place: each has a shape of its own. */
export function mark(place: number, x: number, y: number, radius = 4): string {
  const shape = SHAPES[place % SHAPES.length]!;
  return shape(Number(pixel(x)), Number(pixel(y)), radius);
}

/** A number in few digits. */
export function short(value: number, digits = 4): string {
  return String(Number(value.toPrecision(digits)));
}

function pixel(place: number): string {
  return String(Math.round(place * 10) / 10);
}
