/** A realm as its driver holds it: one question at a time, one way to end it. */
import type { AssetName } from "../shared/assets";
import type { Brief } from "../shared/lookahead";
import type {
  Ask,
  BootKind,
  DriverMessage,
  RealmFunction,
  RealmMessage,
  RealmRole,
  RewindMessage,
  Series,
} from "../shared/messages";
import { told } from "../shared/thrown";
import type { Assets, Deliver, Host, RealmWorker } from "./host";
import { MAX_PIECE, Pieces } from "./pieces";

/** A candidate's answer is refused beyond this many characters, before anybody parses it. */
export const MAX_ANSWER = 32_000_000;

/** What a realm's worker runs, in this order. */
export const SCRIPT = ["pyodide.asm.js", "realm.js"] as const;
const RUNTIME = ["pyodide.asm.wasm", "multiarray.so", "linalg.so"] as const;

const LIBRARY: Record<RealmRole, readonly AssetName[]> = {
  candidate: ["stdlib.zip", "numpy.zip", "candidate.zip", "multiarray.so", "linalg.so"],
  judge: ["stdlib.zip", "numpy.zip", "judge.zip", "exercise.zip", "multiarray.so", "linalg.so"],
};

const FILES: Record<BootKind, Record<RealmRole, readonly AssetName[]>> = {
  restore: {
    candidate: ["manifests.json", ...RUNTIME, "objects.zip", "candidate.pack"],
    judge: [
      "manifests.json",
      ...RUNTIME,
      "objects.zip",
      "candidate.pack",
      "judge.pack",
      "exercise.zip",
    ],
  },
  import: {
    candidate: [...RUNTIME, ...LIBRARY.candidate],
    judge: [...RUNTIME, ...LIBRARY.judge],
  },
};

/** What the build recorded of the exercise: the judge is told it once it is up. */
export const FACTS = "judge.json" as const;

/** What a page needs before it is ready, when realms come up in a way. */
export function neededFiles(how: BootKind, assets: Pick<Assets, "has">): readonly AssetName[] {
  const { candidate, judge } = FILES[how];
  const names = new Set<AssetName>([...SCRIPT, ...candidate, ...judge, FACTS]);
  return [...names].filter((name) => assets.has(name));
}

/**
 * How a realm came to be lost: its interpreter said so itself, for want of memory or not; somebody
 * took its place out of the page; or otherwise.
 */
export type Loss = "failed" | "memory" | "taken" | "other";

/** The realm is gone, or was never there: by its own doing, or by `kill`. */
export class RealmLost extends Error {
  constructor(
    message: string,
    readonly loss: Loss = "other",
  ) {
    super(message);
  }
}

/** Asked of a restored realm, the question needs the library: `attach` it and ask again. */
export const LIBRARY_WANTED = Symbol("library wanted");

export interface Answered {
  readonly text: string;
  /** What came of a call, in brief; null where it raised, or that is too long. */
  readonly brief: Brief | null;
  /** Whether it came after its time. */
  readonly isLate: boolean;
}

/** A call of a series, and the answer, in brief, upon which the next one follows. */
export interface SeriesCall extends Pick<Ask, "expected" | "isAwaited"> {
  readonly call: string;
}

export type Answer = Answered | typeof LIBRARY_WANTED;

/** What the driver waits for from a realm: one thing at a time, or the answers of a series in turn. */
interface Expected {
  readonly kind: RealmMessage["kind"];
  readonly id: string | null;
  /** Where what comes before the answer goes, if it is wanted. */
  readonly pieces: Pieces | null;
  resolve(message: RealmMessage): void;
  reject(problem: Error): void;
}

/** One interpreter, from its boot to its end. */
export class Realm {
  /** Settles when the interpreter is up, or with what kept it from coming up. */
  readonly ready: Promise<void>;
  /** Rejects with why the realm is gone, once it is. */
  readonly gone: Promise<never>;
  #reject!: (why: Error) => void;
  #isReady = false;
  #lost: Error | null = null;
  #expected: Expected[] = [];
  #attached: Promise<void> | null = null;
  #worker: RealmWorker | null = null;
  /** Settles when the realm has done what it was last told: it does one thing at a time. */
  #turn: Promise<unknown> = Promise.resolve();
  readonly #port: MessagePort;
  readonly #deliver: Deliver;

  constructor(
    readonly role: RealmRole,
    readonly how: BootKind,
    readonly host: Host,
    bootSeconds: number,
  ) {
    const { port1, port2 } = new MessageChannel();
    this.gone = new Promise((_, reject) => {
      this.#reject = reject;
    });
    this.gone.catch(() => {}); // most realms end with nobody waiting for it
    this.#port = port1;
    port1.addEventListener("message", (event: MessageEvent<unknown>) =>
      this.#receiveAll(event.data),
    );
    port1.start();
    this.#deliver = host.assets.deliverTo(port1);
    this.ready = this.#boot(port2, bootSeconds);
    this.ready.catch(() => {}); // a spare may be lost before anybody waits for it
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Whether nothing more will come of this realm. */
  get isLost(): boolean {
    return this.#lost !== null;
  }

  /**
   * Ask for a function of the realm's Python; rejects with `RealmLost` if it ends instead.
   *
   * @param seconds - After so long a loop of Python's is interrupted, and tells where it was.
   * @param onPiece - Hears what the function sends before its answer, whoever makes it send that.
   */
  async ask(
    name: RealmFunction,
    argument: string,
    seconds?: number,
    onPiece?: (text: string) => void,
  ): Promise<Answer> {
    const id = freshId();
    const wanted = {
      ...(seconds !== undefined && { seconds }),
      ...(onPiece && { pieces: true as const }),
    };
    const message = { kind: "ask", id, function: name, argument, ...wanted } as const;
    return this.#answerOf(await this.#send(message, "answer", id, onPiece && new Pieces(onPiece)));
  }

  /**
   * Ask the candidate for calls that follow one another without a word from here, as long as each is
   * answered as is expected.
   *
   * @param seconds - After so long a loop of one call is interrupted.
   * @param secondsLeft - After so long since now the loop of any of them is.
   * @returns Their answers to come. Those after another answer never settle.
   */
  askSeries(
    calls: readonly SeriesCall[],
    seconds: number,
    secondsLeft: number,
  ): readonly Promise<Answer>[] {
    this.#expected = []; // what is left of the series before it is not asked any more
    const asks = calls.map(({ call: argument, expected, isAwaited }) => ({
      message: { kind: "ask", id: freshId(), function: "call", argument, seconds } as const,
      expected,
      isAwaited,
    }));
    const answers = asks.map(({ message }) => this.#expect("answer", message.id));
    this.#port.postMessage({ kind: "series", asks, secondsLeft } satisfies Series);
    return answers.map((said) => {
      const text = said.then((message) => this.#answerOf(message));
      text.catch(() => {}); // it may be that nobody waits for it any more
      return text;
    });
  }

  /** Have the files of the library here, before the realm is kept busy with them. */
  async fetchLibrary(): Promise<void> {
    const names = LIBRARY[this.role].filter((name) => this.host.assets.has(name));
    await Promise.race([this.host.assets.fetch(names), this.gone]);
  }

  /** Bring the rest of the library to a restored realm. */
  attach(): Promise<void> {
    this.#attached ??= this.#attach();
    return this.#attached;
  }

  /** Have memory laid back to what it was after the boot; false if more than that has changed. */
  async rewind(): Promise<boolean> {
    const said = await this.#send({ kind: "rewind" }, "rewound");
    return said.kind === "rewound" && said.isClean;
  }

  /** End the realm at once, whatever it is doing. */
  kill(): void {
    this.#lose(new RealmLost("the realm was ended"));
  }

  async #boot(port: MessagePort, bootSeconds: number): Promise<void> {
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    try {
      const onLost = (why: string, how?: Loss): void => this.#lose(new RealmLost(why, how));
      this.#worker = await this.host.start(this.role, port, onLost);
      if (this.#lost) {
        this.#worker.end();
        throw this.#lost;
      }
      const booted = this.#send({ kind: "boot", how: this.how }, "booted");
      booted.catch(() => {}); // a file that does not arrive is the first to be heard of
      await Promise.race([this.#hand(FILES[this.how][this.role]), this.gone]);
      watchdog = setTimeout(
        () => onLost(`Python did not start within ${bootSeconds} seconds`),
        bootSeconds * 1000,
      );
      await booted;
      if (this.how === "import") this.#attached = Promise.resolve();
      this.#isReady = true;
    } catch (problem) {
      this.#lose(problem instanceof Error ? problem : new RealmLost(told(problem)));
      throw problem;
    } finally {
      clearTimeout(watchdog);
    }
  }

  async #attach(): Promise<void> {
    await Promise.all([this.#send({ kind: "attach" }, "attached"), this.#hand(LIBRARY[this.role])]);
  }

  #hand(names: readonly AssetName[]): Promise<void> {
    return this.#deliver(names.filter((name) => this.host.assets.has(name)));
  }

  #answerOf(said: RealmMessage): Answer {
    if (said.kind === "answer") return said;
    if (this.#attached !== null) this.#lose(new RealmLost("the realm wants its library twice"));
    if (this.#lost) throw this.#lost;
    return LIBRARY_WANTED;
  }

  /** Tell the realm something when its turn has come, and wait for what it says to it. */
  #send(
    message: DriverMessage | RewindMessage,
    kind: RealmMessage["kind"],
    id: string | null = null,
    pieces?: Pieces,
  ): Promise<RealmMessage> {
    const post = (): Promise<RealmMessage> => {
      this.#expected = [];
      const said = this.#expect(kind, id, pieces);
      if (!this.#lost) this.#port.postMessage(message);
      return said;
    };
    const sent = this.#turn.then(post);
    this.#turn = sent.catch(() => {});
    return sent;
  }

  #expect(
    kind: RealmMessage["kind"],
    id: string | null,
    pieces: Pieces | null = null,
  ): Promise<RealmMessage> {
    if (this.#lost) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      this.#expected.push({ kind, id, pieces, resolve, reject });
    });
  }

  #receiveAll(message: unknown): void {
    const isMany = typeof message === "object" && message !== null && "answers" in message;
    const messages = isMany && Array.isArray(message.answers) ? message.answers : [message];
    for (const one of messages) if (!this.#lost) this.#receive(one);
  }

  #receive(message: unknown): void {
    if (!isRealmMessage(message)) {
      this.#lose(new RealmLost("the realm sent a malformed message"));
      return;
    }
    if (message.kind === "failure") {
      this.#lose(new RealmLost(message.message, message.lacksMemory ? "memory" : "failed"));
      return;
    }
    const [expected] = this.#expected;
    if (message.kind === "piece") {
      const isWanted = expected?.id === message.id && expected.pieces?.take(message.text) === true;
      if (!isWanted) this.#lose(new RealmLost("the realm sends more than it was asked for"));
      return;
    }
    const kind = message.kind === "library-wanted" ? "answer" : message.kind;
    const id = "id" in message ? message.id : null;
    if (expected === undefined || expected.kind !== kind || expected.id !== id) return;
    this.#expected.shift();
    expected.resolve(message);
  }

  #lose(problem: Error): void {
    if (this.#lost) return;
    this.#lost = problem;
    this.#reject(problem);
    this.#port.close();
    this.#worker?.end();
    for (const expected of this.#expected.splice(0)) expected.reject(problem);
  }
}

function freshId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}

/** Whether something is a text, and no longer than an answer may be. */
function isBounded(text: unknown): boolean {
  return typeof text === "string" && text.length <= MAX_ANSWER;
}

function isRealmMessage(message: unknown): message is RealmMessage {
  if (typeof message !== "object" || message === null || !("kind" in message)) return false;
  const {
    kind,
    id,
    text,
    brief,
    message: said,
    lacksMemory,
    how,
    isClean,
    isLate,
  } = message as Record<string, unknown>;
  switch (kind) {
    case "booted":
      return how === "restore" || how === "import";
    case "attached":
      return true;
    case "answer":
      return (
        typeof id === "string" &&
        (brief === null || typeof brief === "number" || isBounded(brief)) &&
        isBounded(text) &&
        typeof isLate === "boolean"
      );
    case "rewound":
      return typeof isClean === "boolean";
    case "piece":
      return typeof id === "string" && typeof text === "string" && text.length <= MAX_PIECE;
    case "library-wanted":
      return typeof id === "string";
    case "failure":
      return typeof said === "string" && typeof lacksMemory === "boolean";
    default:
      return false;
  }
}
