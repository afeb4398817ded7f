/** The realms of one exercise in Node: a judge that stays, and a candidate that leaves no trace. */
import { Clock, TooLate } from "../driver/clock";
import type { Host } from "../driver/host";
import { LIBRARY_WANTED, Realm, type RealmLost } from "../driver/realm";
import type { Realms, StartedRealm } from "../driver/realms";
import type { Limits } from "../shared/exercise";
import type { RealmFunction } from "../shared/messages";

/** What came of collecting the hidden tests; what else was found of them is for the build. */
interface Collected {
  readonly tests: readonly { readonly id: string; readonly title: string }[];
}

interface RealmSetting {
  readonly judgeHost: Host;
  readonly candidateHost: Host;
  /** Whether a candidate's memory can be laid back there. */
  readonly canRewind: boolean;
  /** Whether the judge's snapshot holds the tests already. */
  readonly isCollected: boolean;
  readonly limits: Limits;
  /** A candidate that another exercise has left here. */
  readonly left: Realm | null;
}

export class NodeRealms implements Realms {
  #judge: StartedRealm;
  #candidate: StartedRealm | null = null;
  #collected: Promise<Collected>;
  #facts: string | null = null;

  constructor(readonly setting: RealmSetting) {
    this.#candidate = setting.left ? this.#rewound(setting.left) : this.#openCandidate();
    [this.#judge, this.#collected] = this.#openJudge();
  }

  get judge(): StartedRealm {
    return this.#judge;
  }

  get candidate(): StartedRealm {
    this.#candidate ??= this.#openCandidate();
    return this.#candidate;
  }

  /** The hidden tests, once the judge has collected them. */
  get collected(): Promise<Collected> {
    return this.#collected;
  }

  /** Hand the judge what the build has recorded. */
  async adopt(facts: string): Promise<void> {
    this.#facts = facts;
    await this.#judge.ready;
    await this.#judge.realm.ask("adopt", facts);
  }

  /** Ask the judge something beside a run. */
  async askJudge(name: RealmFunction, argument: string): Promise<string> {
    await this.#judge.ready;
    return answerOf(this.#judge.realm, name, argument);
  }

  /** Give the candidate of the next run to something else, and to whoever ends it. */
  takeCandidate(): StartedRealm {
    const taken = this.candidate;
    this.#candidate = null;
    return taken;
  }

  prepareSpare(): void {}

  renew(): void {
    const last = this.#candidate;
    const isReused = last !== null && this.setting.canRewind && !last.realm.isLost;
    this.#candidate = isReused ? this.#rewound(last.realm) : null;
    if (!isReused) last?.realm.kill();
    if (this.#judge.realm.isLost) [this.#judge, this.#collected] = this.#openJudge();
  }

  /** Give the candidate to another exercise, if there is one. */
  async leave(): Promise<Realm | null> {
    if (this.#candidate === null) return null;
    await this.#candidate.ready.catch(() => {});
    const { realm } = this.takeCandidate();
    return realm.isLost ? null : realm;
  }

  end(): void {
    this.#candidate?.realm.kill();
    this.#judge.realm.kill();
  }

  #rewound(realm: Realm): StartedRealm {
    const { callSeconds } = this.setting.limits;
    return new Rewound(realm, callSeconds, () => this.#openRealm());
  }

  #openRealm(): Realm {
    const { candidateHost, limits } = this.setting;
    return new Realm("candidate", "restore", candidateHost, limits.bootSeconds);
  }

  #openCandidate(): StartedRealm {
    const realm = this.#openRealm();
    return { realm, ready: realm.ready };
  }

  #openJudge(): [StartedRealm, Promise<Collected>] {
    const { judgeHost, limits } = this.setting;
    const realm = new Realm("judge", "restore", judgeHost, limits.bootSeconds);
    const collected = this.#collect(realm);
    const ready = collected.then(async () => {
      if (this.#facts !== null) await realm.ask("adopt", this.#facts);
    });
    ready.catch(() => {}); // whoever waits for it hears of it
    return [{ realm, ready }, collected];
  }

  /** What the author's code is asked for ends, or its realm is ended. */
  async #withinLimit(realm: Realm, answer: Promise<string>): Promise<string> {
    const { judgeSeconds } = this.setting.limits;
    try {
      return await new Clock(new AbortController().signal).within(judgeSeconds, answer);
    } catch (problem) {
      realm.kill();
      if (!(problem instanceof TooLate)) throw problem;
      throw new Error(`they were still being imported after ${judgeSeconds} seconds`);
    }
  }

  /** The base snapshot knows no tests: bring them with the rest of the library. */
  async #collect(realm: Realm): Promise<Collected> {
    await realm.ready;
    if (!this.setting.isCollected) await realm.attach();
    return JSON.parse(await this.#withinLimit(realm, answerOf(realm, "collect", ""))) as Collected;
  }
}

/** A candidate that is laid back, or replaced where that is not enough. */
class Rewound implements StartedRealm {
  readonly ready: Promise<void>;
  #realm: Realm;

  constructor(
    realm: Realm,
    readonly seconds: number,
    readonly open: () => Realm,
  ) {
    this.#realm = realm;
    this.ready = this.#rewind();
    this.ready.catch(() => {}); // whoever waits for it hears of it
  }

  get realm(): Realm {
    return this.#realm;
  }

  async #rewind(): Promise<void> {
    // What the last submission has left may keep its thread from ever hearing of this.
    const isClean = await new Clock(new AbortController().signal)
      .within(this.seconds, this.#realm.rewind())
      .catch((_lostOrLate: RealmLost | TooLate) => false);
    if (isClean) return;
    this.#realm.kill();
    this.#realm = this.open();
    await this.#realm.ready;
  }
}

async function answerOf(realm: Realm, name: RealmFunction, argument: string): Promise<string> {
  const answer = await realm.ask(name, argument);
  if (answer === LIBRARY_WANTED) throw new Error(`the judge wants its library for ${name}`);
  return answer.text;
}
