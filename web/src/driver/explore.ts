/**
 * The story of one drawing: a fresh candidate loads the submission, and the exercise's `explore.py`
 * calls its functions. What comes back is read without trust: a learner's code can make it say anything.
 */
import type { Exercise } from "../shared/exercise";
import type { LearnerError } from "../shared/report";
import { countOf, type Fields, objectOf, parsed, placeOf, textOf } from "../shared/untrusted";
import type { OwnAnswer, Question } from "./question";

/** What charts are held to; the build says what each one is. */
export interface Bounds {
  readonly series: number;
  readonly points: number;
  readonly name: number;
  readonly about: number;
  readonly magnitude: number;
}

/** `explore.json`: the exercise's `explore.py`, and what it makes of the reference. */
export interface ExploreFile {
  readonly source: string;
  readonly bounds: Bounds;
  /** Charts; null where what is right is kept back. */
  readonly reference: unknown;
}

export interface Series {
  readonly name: string;
  /** Null where nothing is to be drawn. */
  readonly y: readonly (number | null)[];
  /** What stood in place of numbers, and how often. */
  readonly odd: readonly (readonly [string, number])[];
}

interface ChartOf<Kind, X> {
  readonly kind: Kind;
  readonly title: string;
  readonly about: string;
  readonly x_label: string;
  readonly y_label: string;
  readonly x: readonly X[];
  readonly series: readonly Series[];
}

export type Chart = ChartOf<"curves", number> | ChartOf<"bars", string>;

/** What has become of a drawing; charts that came before it went wrong are there. */
export type Explored =
  | { readonly kind: "drawn"; readonly charts: readonly Chart[] }
  | {
      readonly kind: "raised";
      readonly message: string;
      readonly error: LearnerError;
      /** The line of `explore.py`. */
      readonly at: number | null;
      readonly charts: readonly Chart[];
    }
  | {
      readonly kind: "invalid" | "misshapen";
      readonly message: string;
      readonly charts: readonly Chart[];
    }
  /** Where the learner's code was then, and `explore.py`, if it could still say so. */
  | {
      readonly kind: "late";
      readonly line: number | null;
      readonly at: number | null;
      readonly charts: readonly Chart[];
    }
  | { readonly kind: "stopped" | "broken" | "unreadable" }
  | { readonly kind: "unavailable"; readonly cause: unknown };

export type ExploreQuestion = Pick<Question, "name" | "argument" | "seconds">;

/**
 * Draw a submission's functions.
 *
 * @param ask - Puts a question to a candidate that nobody has asked anything yet.
 */
export async function explore(
  { entryPoints, limits }: Exercise,
  { source: code, bounds }: Pick<ExploreFile, "source" | "bounds">,
  source: string,
  ask: (question: ExploreQuestion) => Promise<OwnAnswer>,
): Promise<Explored> {
  const argument = JSON.stringify({ source, entry_points: entryPoints, explore: code, bounds });
  const heard = await ask({ name: "explore", argument, seconds: limits.runSeconds });
  if (heard.kind === "answer") return readExplored(heard.text, bounds) ?? { kind: "unreadable" };
  if (heard.kind !== "late") return heard;
  const said = readExplored(heard.text, bounds);
  const { error, at } = said?.kind === "raised" ? said : { error: null, at: null };
  return { kind: "late", line: error?.line ?? null, at, charts: said?.charts ?? [] };
}

/** Longer answers are none of ours; within them nothing nests deeper. */
const MAX_ANSWER = 700_000;
const MAX_DEPTH = 12;
/** Twice as much as Python's characters: some of them are two here. */
const MAX_TEXT = 120_000;
/** So many kinds of what is no number are told of a series. */
const MAX_ODD = 3;
const MAX_KIND = 120;

type Said = Exclude<Explored, { readonly kind: "stopped" | "late" | "unavailable" | "broken" }>;
type Drawing = Extract<Said, { readonly charts: unknown }>;

/** Return what an answer says; null if it is none. */
export function readExplored(text: string, bounds: Bounds): Drawing | null {
  if (text.length > MAX_ANSWER || depthOf(text) > MAX_DEPTH) return null;
  const fields = objectOf(parsed(text));
  const charts = readCharts(fields?.charts, bounds);
  if (fields === null || charts === null) return null;
  const { kind } = fields;
  const message = textOf(fields.message, MAX_TEXT);
  switch (kind) {
    case "drawn":
      return { kind, charts };
    case "raised":
      return { kind, message, error: errorOf(fields.error), at: countOf(fields.at), charts };
    case "invalid":
    case "misshapen":
      return { kind, message, charts };
    default:
      return null;
  }
}

/** How deep brackets stand in one another outside of texts. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isInText) {
      if (character === "\\") at++;
      else if (character === '"') isInText = false;
    } else if (character === '"') isInText = true;
    else if (character === "[" || character === "{") deepest = Math.max(deepest, ++depth);
    else if (character === "]" || character === "}") depth--;
  }
  return deepest;
}

/** Return charts that can be drawn; null if one of them is none, or there are too many series. */
export function readCharts(raw: unknown, bounds: Bounds): readonly Chart[] | null {
  if (!Array.isArray(raw) || raw.length > bounds.series) return null;
  const charts: Chart[] = [];
  let left = bounds.series;
  for (const each of raw) {
    const chart = readChart(objectOf(each) ?? {}, bounds);
    left -= chart?.series.length ?? 0;
    if (chart === null || left < 0) return null;
    charts.push(chart);
  }
  return charts;
}

function readChart(fields: Fields, bounds: Bounds): Chart | null {
  const names = [fields.title, fields.x_label, fields.y_label].map((name) => nameOf(name, bounds));
  const [title, x_label, y_label] = names;
  const about = textOf(fields.about, 2 * bounds.about);
  const { x, series: raw } = fields;
  if (!title || !x_label || !y_label || !isListWithin(x, bounds.points) || x.length === 0) {
    return null;
  }
  if (!isListWithin(raw, bounds.series) || raw.length === 0) return null;
  const series = raw.map((each) => readSeries(objectOf(each) ?? {}, x.length, bounds));
  if (!series.every((each) => each !== null)) return null;
  const read = { title, about, x_label, y_label, series };
  if (fields.kind === "curves" && isGrowing(x, bounds)) return { kind: "curves", ...read, x };
  const labels = x.map((label) => nameOf(label, bounds));
  if (fields.kind !== "bars" || !labels.every((label) => label !== null)) return null;
  return { kind: "bars", ...read, x: labels };
}

function readSeries({ name: raw, y, odd }: Fields, count: number, bounds: Bounds): Series | null {
  const name = nameOf(raw, bounds);
  if (name === null || !Array.isArray(y) || y.length !== count) return null;
  return {
    name,
    y: y.map((each) => (isNumber(each, bounds) ? each : null)),
    odd: Array.isArray(odd) ? odd.slice(0, MAX_ODD).flatMap(readOdd) : [],
  };
}

function readOdd(raw: unknown): [string, number][] {
  const [kind, count] = Array.isArray(raw) ? raw : [];
  const times = countOf(count);
  return typeof kind === "string" && times !== null ? [[kind.slice(0, MAX_KIND), times]] : [];
}

function isGrowing(x: readonly unknown[], bounds: Bounds): x is number[] {
  const numbers = x.filter((each) => isNumber(each, bounds));
  return numbers.length === x.length && numbers.every((each, at) => !(each <= numbers[at - 1]!));
}

function isNumber(raw: unknown, { magnitude }: Bounds): raw is number {
  return typeof raw === "number" && Math.abs(raw) <= magnitude;
}

function isListWithin(raw: unknown, most: number): raw is unknown[] {
  return Array.isArray(raw) && raw.length <= most;
}

function nameOf(raw: unknown, { name: most }: Bounds): string | null {
  // Python counts characters, and some of them are two here.
  return typeof raw === "string" && raw.trim() !== "" && raw.length <= 2 * most ? raw : null;
}

function errorOf(raw: unknown): LearnerError {
  const fields = objectOf(raw) ?? {};
  const isOfFile = fields.file === "solution.py";
  return {
    type: textOf(fields.type, MAX_TEXT),
    message: textOf(fields.message, MAX_TEXT),
    ...placeOf(isOfFile ? fields : {}),
    traceback: textOf(fields.traceback, MAX_TEXT),
  };
}
