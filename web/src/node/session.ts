/** One exercise that is open at a time, and what the build asks of it. */
import { Clock, TooLate } from "../driver/clock";
import { type ExploreFile, type ExploreQuestion, explore } from "../driver/explore";
import { type OwnAnswer, Questioner } from "../driver/question";
import type { Realm } from "../driver/realm";
import type { StartedRealm } from "../driver/realms";
import { run } from "../driver/run";
import { type Heard, type Traced, type TraceQuestion, trace } from "../driver/trace";
import type { Exercise } from "../shared/exercise";
import type { TestRecords } from "../shared/messages";
import { messageOf } from "../shared/thrown";
import { type AssetPaths, FileAssets } from "./file-assets";
import { isolation } from "./isolation";
import { NodeRealms } from "./node-realms";
import { ProcessHost } from "./process-host";
import { ThreadHost } from "./thread-host";

interface OpenRequest {
  readonly do: "open";
  readonly exercise: Exercise;
  readonly assets: AssetPaths;
  readonly scripts: Readonly<Record<"thread" | "process", string>>;
  /** Whether submissions are a stranger's: each gets a process with as little as can be given. */
  readonly isolated: boolean;
  /** Whether the judge's snapshot holds the tests already. */
  readonly collected: boolean;
  /** Most memory (bytes) and processor time (seconds) of such a process. */
  readonly limits: { readonly memoryBytes: number; readonly processorSeconds: number };
}

interface AdoptRequest {
  readonly do: "adopt";
  readonly tests: Exercise["tests"];
  /** `judge.json`, opaque. */
  readonly facts: string;
}

interface GradeRequest {
  readonly do: "grade";
  readonly source: string;
  /** Limits that take the place of the exercise's. */
  readonly limits?: Partial<Exercise["limits"]>;
}

interface TraceRequest {
  readonly do: "trace";
  readonly traced: Traced;
  /** Limits that take the place of the exercise's. */
  readonly limits?: Partial<Exercise["limits"]>;
  /** Whether what it leaves behind may be there at the next one: that is much sooner then. */
  readonly isShared: boolean;
}

interface ExploreRequest {
  readonly do: "explore";
  readonly source: string;
  readonly file: ExploreFile;
  /** As of a trace. */
  readonly isShared: boolean;
}

interface ModulesRequest {
  readonly do: "modules";
}

export type Request =
  | OpenRequest
  | AdoptRequest
  | GradeRequest
  | TraceRequest
  | ExploreRequest
  | ModulesRequest;

export type Response = { readonly answer: unknown } | { readonly failure: string };

let realms: NodeRealms | null = null;
/** The candidate in which calls are watched, and functions drawn. */
let watcher: StartedRealm | null = null;
let exercise: Exercise | null = null;

async function answer(request: Request): Promise<unknown> {
  switch (request.do) {
    case "open":
      return open(request);
    case "adopt":
      return adopt(request);
    case "grade":
      return grade(request);
    case "trace":
      return traced(request);
    case "explore":
      return explored(request);
    case "modules":
      return { modules: JSON.parse(await opened().realms.askJudge("modules", "")) };
  }
}

async function open(request: OpenRequest): Promise<unknown> {
  const [last, lastWatcher] = [realms, watcher];
  const assets = new FileAssets(request.assets);
  const threads = new ThreadHost(assets, request.scripts.thread);
  const layers = request.isolated ? isolation(request.limits) : null;
  const host = layers && new ProcessHost(assets, request.scripts.process, layers);
  const canTakeOver = host === null && last !== null && threads.isLike(last.setting.candidateHost);
  const left = canTakeOver ? await last.leave() : null;
  exercise = request.exercise;
  watcher = null;
  realms = new NodeRealms({
    judgeHost: threads,
    candidateHost: host ?? threads,
    canRewind: host === null,
    isCollected: request.collected,
    limits: exercise.limits,
    left,
  });
  // The last ones end only now: what V8 has compiled lives as long as a realm that uses it, and is
  // a third of the work of opening the next.
  const collected = await realms.collected.finally(() => {
    last?.end();
    lastWatcher?.realm.kill();
  });
  exercise = { ...exercise, tests: collected.tests };
  return { ...collected, lacking: layers?.lacking ?? [] };
}

async function adopt({ tests, facts }: AdoptRequest): Promise<unknown> {
  exercise = { ...opened().exercise, tests };
  await opened().realms.adopt(facts);
  return {};
}

async function grade({ source, limits }: GradeRequest): Promise<unknown> {
  const { exercise, realms } = opened();
  const records: Record<string, unknown> = {};
  const observer = {
    phase: () => {},
    running: () => {},
    result: () => {},
    records: (of: TestRecords) => void Object.assign(records, of),
  };
  const limited = { ...exercise, limits: { ...exercise.limits, ...limits } };
  const report = await run(limited, realms, source, observer, new AbortController().signal);
  return { report, records };
}

/** Watch a call as the page does. */
async function traced({ traced, limits, isShared }: TraceRequest): Promise<unknown> {
  const { exercise, realms } = opened();
  const questioner = new Questioner(new Clock(new AbortController().signal), { phase: () => {} });
  const realm = await watching(realms);
  const pieces: string[] = [];
  const observer = {
    steps: (text: string) => void pieces.push(text),
    again: () => void pieces.splice(0),
  };
  const limited = { ...exercise, limits: { ...exercise.limits, ...limits } };
  const ask = async (question: TraceQuestion): Promise<Heard> => {
    try {
      const { text } = await questioner.ask(realm, { ...question, isOfRun: true });
      return { kind: "answer", text };
    } catch (problem) {
      return { kind: problem instanceof TooLate ? "late" : "broken" };
    }
  };
  const end = await trace(limited, ask, traced, observer);
  if (!isShared || end.kind !== "ended") {
    realm.kill();
    watcher = null;
  }
  return { end, pieces };
}

/** Draw a submission's functions as the page does. */
async function explored({ source, file, isShared }: ExploreRequest): Promise<unknown> {
  const { exercise, realms } = opened();
  const clock = new Clock(new AbortController().signal);
  const questioner = new Questioner(clock, { phase: () => {} });
  const realm = await watching(realms);
  await realm.attach();
  const ask = async (question: ExploreQuestion): Promise<OwnAnswer> => {
    clock.start(question.seconds);
    try {
      const { text } = await questioner.ask(realm, { ...question, isOfRun: true });
      return { kind: "answer", text };
    } catch (problem) {
      const isLate = problem instanceof TooLate;
      return isLate ? { kind: "late", text: problem.said ?? "" } : { kind: "broken" };
    }
  };
  const said = await explore(exercise, file, source, ask);
  if (!isShared || !("message" in said || said.kind === "drawn")) {
    realm.kill();
    watcher = null;
  }
  return said;
}

async function watching(realms: NodeRealms): Promise<Realm> {
  watcher ??= realms.takeCandidate();
  await watcher.ready;
  return watcher.realm; // only now: it may have been replaced
}

function opened(): { readonly exercise: Exercise; readonly realms: NodeRealms } {
  if (exercise === null || realms === null) throw new Error("no exercise is open");
  return { exercise, realms };
}

// One request after the other; but whoever asked may be gone while one is under way.
let turn: Promise<unknown> = Promise.resolve();

/** Answer a request, once those before it are answered. */
export function respond(request: Request): Promise<Response> {
  const response = turn.then(() => responseTo(request));
  turn = response;
  return response;
}

async function responseTo(request: Request): Promise<Response> {
  try {
    return { answer: await answer(request) };
  } catch (problem) {
    return { failure: messageOf(problem) };
  }
}

/** End the interpreters. */
export function end(): void {
  realms?.end();
  watcher?.realm.kill();
}
