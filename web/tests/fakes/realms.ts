/** Realms without an interpreter: what they answer is made up. */
import {
  type Answer,
  type Answered,
  type Realm,
  RealmLost,
  type SeriesCall,
} from "../../src/driver/realm";
import type { Realms, StartedRealm } from "../../src/driver/realms";
import type { Brief } from "../../src/shared/lookahead";
import type { RealmFunction } from "../../src/shared/messages";

/** The realm as it is seen by a run. */
type RealmFace = Pick<
  Realm,
  "ask" | "askSeries" | "fetchLibrary" | "attach" | "kill" | "isReady" | "isLost" | "ready"
>;

type Respond = (name: RealmFunction, argument: string) => Answer | Promise<Answer>;

/** An answer, and what it is in brief. */
export function answered(text: string, brief: Brief | null = null): Answered {
  return { text, brief, isLate: false };
}

export class FakeRealm implements RealmFace {
  isReady = true;
  isLost = false;
  ready: Promise<void> = Promise.resolve();
  /** What has been asked beside series, in order: function and argument. */
  readonly asked: (readonly [RealmFunction, string])[] = [];
  readonly series: (readonly SeriesCall[])[] = [];
  /** For each series, the seconds that a call of it may take, and all of them. */
  readonly seriesLimits: (readonly [number, number])[] = [];
  /** The seconds after which what was asked is to be interrupted. */
  readonly deadlines: (number | undefined)[] = [];
  attachments = 0;

  constructor(
    readonly respond: Respond,
    readonly onAttach: () => Promise<void> = () => Promise.resolve(),
    readonly onFetch: () => Promise<void> = () => Promise.resolve(),
  ) {}

  async ask(name: RealmFunction, argument: string, seconds?: number): Promise<Answer> {
    this.deadlines.push(seconds);
    this.asked.push([name, argument]);
    return this.respond(name, argument);
  }

  askSeries(
    calls: readonly SeriesCall[],
    seconds: number,
    secondsLeft: number,
  ): readonly Promise<Answer>[] {
    this.series.push(calls);
    this.seriesLimits.push([seconds, secondsLeft]);
    return calls.map(({ call }) => {
      const answer = Promise.resolve().then(() => this.respond("call", call));
      answer.catch(() => {}); // as of a realm's: it may be that nobody waits for it
      return answer;
    });
  }

  fetchLibrary(): Promise<void> {
    return this.onFetch();
  }

  attach(): Promise<void> {
    this.attachments += 1;
    return this.onAttach();
  }

  kill(): void {
    this.isLost = true;
  }

  /** The class has private parts, which nobody can make up. */
  get asRealm(): Realm {
    return this as unknown as Realm;
  }
}

/** What a realm answers: to calls by their text, to all else by the function's name. */
export type Answers = Readonly<Record<string, Answer | Promise<Answer> | Error>>;

/** Answer from a table, and throw what is an error there. */
export function answering(table: Answers): Respond {
  return (name, argument) => {
    const answer = table[name === "call" ? argument : name];
    if (answer === undefined) throw new RealmLost(`nobody has made up an answer to ${argument}`);
    if (answer instanceof Error) throw answer;
    return answer;
  };
}

export class FakeRealms implements Realms {
  readonly did: ("prepareSpare" | "renew")[] = [];

  constructor(
    readonly fakeJudge: FakeRealm,
    readonly fakeCandidate: FakeRealm,
  ) {}

  get judge(): StartedRealm {
    return { realm: this.fakeJudge.asRealm, ready: this.fakeJudge.ready };
  }

  get candidate(): StartedRealm {
    return { realm: this.fakeCandidate.asRealm, ready: this.fakeCandidate.ready };
  }

  prepareSpare(): void {
    this.did.push("prepareSpare");
  }

  renew(): void {
    this.did.push("renew");
  }
}
