/** The realms of a page: one judge that stays, a candidate for the run, and a spare for the next. */
import type { Host } from "../driver/host";
import { FACTS, Realm } from "../driver/realm";
import type { Realms } from "../driver/realms";
import type { BootKind, RealmRole } from "../shared/messages";
import { hasMemory } from "./memory";
import { RealmSlot, TRIES } from "./realm-slot";

/** A spare starts this long after a run began, so that it takes nothing from a quick one. */
const SPARE_AFTER_MS = 400;

/** The next candidate starts this long after a run, so that the verdict is drawn first. */
const NEXT_AFTER_MS = 60;

/** Whether a spare may wait beside a candidate. */
const HAS_MEMORY = hasMemory();

/** How often a realm that was lost while nobody used it is replaced before somebody wants it. */
const MOST_REPLACED = 3;

/**
 * How often a realm rehearses, with pauses and no longer than that: engines compile better what runs
 * often. A candidate is too short-lived for it (`python -m benchmarks --only runs`).
 */
const REHEARSALS: Record<RealmRole, number> = { candidate: 1, judge: 4 };
const PAUSE_MS = 500;
const REHEARSED_MS = 4000;

/** How long memory that was given up may take to come back, after each failure for want of it. */
const ROOM_MS = [200, 2000];

type Prepare = (host: Host, seconds: number) => (realm: Realm) => Promise<unknown>;

/** What a realm is told before it can be asked. */
const PREPARE: Record<RealmRole, Prepare> = {
  candidate: () => () => Promise.resolve(),
  judge: (host, seconds) => async (realm) => {
    const { [FACTS]: facts } = await host.assets.get([FACTS]);
    const watchdog = setTimeout(() => realm.kill(), seconds * 1000);
    return realm
      .ask("adopt", new TextDecoder().decode(facts))
      .finally(() => clearTimeout(watchdog));
  },
};

export class RealmPool implements Realms {
  #judge: RealmSlot;
  #candidate: RealmSlot | null;
  #spare: RealmSlot | null = null;
  /** The candidate of the last run, until the next one is up. */
  #last: RealmSlot | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isUp = false;
  #isRunning = false;
  #isEnded = false;
  #replaced = 0;

  constructor(
    readonly host: Host,
    readonly bootSeconds: number,
    /** How realms are opened; once a snapshot did not fit, all further ones are imported. */
    private how: BootKind,
    readonly onMismatch: () => void,
    /** Hears that a realm found no memory. */
    readonly onScarce: () => void = () => {},
  ) {
    this.#candidate = this.#open("candidate");
    this.#judge = this.#open("judge");
  }

  get judge(): RealmSlot {
    return this.#judge;
  }

  /** The candidate of the run under way, or of the next one. */
  get candidate(): RealmSlot {
    const isUseless = this.#candidate?.isSpent === true && !this.#isRunning;
    if (this.#candidate === null || isUseless) this.#candidate = this.#open("candidate");
    return this.#candidate;
  }

  /** A run has begun: let the next candidate come up meanwhile, where there is memory for it. */
  prepareSpare(): void {
    this.#isRunning = true;
    if (!HAS_MEMORY) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#spare ??= this.#open("candidate", 1); // beside a run there is no room to be made
    }, SPARE_AFTER_MS);
  }

  /**
   * A run is over: its candidate goes, the spare takes its place, and a lost judge is replaced.
   *
   * Browsers keep compiled WebAssembly only as long as somebody uses it, so a candidate that came to
   * its end in peace goes when the next one is up: that one then need not compile.
   */
  renew(): void {
    clearTimeout(this.#timer);
    this.#isRunning = false;
    this.#replaced = 0;
    this.#retire();
    this.#candidate = this.#spare;
    if (this.#candidate) this.#candidate.tries = TRIES;
    this.#spare = null;
    this.#timer = setTimeout(() => {
      this.candidate.ready.finally(() => this.#last?.end()).catch(() => {});
    }, NEXT_AFTER_MS);
    if (this.#judge.realm.isLost) this.#judge = this.#open("judge");
  }

  #retire(): void {
    this.#last?.end();
    this.#last = this.#candidate;
    if (!HAS_MEMORY || this.#spare !== null) this.#last?.end();
  }

  /** Both realms are up: let them rehearse, which would have kept each other waiting. */
  rehearse(): void {
    this.#isUp = true;
    for (const slot of [this.#judge, this.#candidate]) if (slot) void this.#rehearse(slot);
  }

  /**
   * Open a candidate for something else than a run; whoever wants it ends it.
   *
   * @param isToRun - Whether code is to run there: what does is compiled beforehand.
   */
  openBeside(isToRun: boolean): RealmSlot {
    return this.#open("candidate", TRIES, isToRun);
  }

  /** End them all. */
  end(): void {
    this.#isEnded = true;
    clearTimeout(this.#timer);
    for (const slot of [this.#candidate, this.#judge, this.#spare, this.#last]) slot?.end();
  }

  #open(role: RealmRole, tries = TRIES, isToRun = true): RealmSlot {
    const options = {
      how: this.how,
      open: (how: BootKind) => new Realm(role, how, this.host, this.bootSeconds),
      prepare: PREPARE[role](this.host, this.bootSeconds),
      onMismatch: () => {
        this.how = "import";
        this.onMismatch();
      },
      makeRoom: (tried: number) => this.#makeRoom(tried),
    };
    const slot = new RealmSlot(options, tries);
    slot.ready.then(
      () => {
        performance.mark(`exercise:${role}`); // for benchmarks
        if (this.#isUp && isToRun) void this.#rehearse(slot);
      },
      () => {},
    );
    void slot.spent.then(() => this.#replace(slot));
    return slot;
  }

  /** Have a realm do what a run will ask of it: browsers compile what is used, when it is used. */
  async #rehearse(slot: RealmSlot): Promise<void> {
    const began = performance.now();
    for (let left = REHEARSALS[slot.realm.role]; left > 0; left--) {
      await slot.realm.ask("rehearse", "").catch(() => {}); // whoever asks next hears of the loss
      if (left > 1) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      // A judge has one run at a time: a rehearsal between the questions of a real one would end it.
      if (this.#isRunning || slot.isSpent || performance.now() - began > REHEARSED_MS) return;
    }
  }

  /** Put another in the place of one that is of no more use, unless a run is to hear of that first. */
  #replace(slot: RealmSlot): void {
    if (slot === this.#spare) this.#spare = null;
    if (slot !== this.#candidate && slot !== this.#judge) return;
    if (this.#isRunning || this.#isEnded || !slot.wasUp || this.#replaced === MOST_REPLACED) return;
    this.#replaced += 1;
    if (slot === this.#candidate) this.#candidate = this.#open("candidate");
    if (slot === this.#judge) this.#judge = this.#open("judge");
  }

  /** Let go of the last candidate; what it held comes back when the browser finds time for it. */
  #makeRoom(tried: number): Promise<void> {
    this.onScarce();
    this.#last?.end();
    return new Promise((resolve) => setTimeout(resolve, ROOM_MS[tried - 1]));
  }
}
