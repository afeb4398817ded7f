/** The realms of a page: one judge that stays, a candidate for the run, and a spare for the next. */
import type { Host } from "../driver/host";
import { FACTS, Realm } from "../driver/realm";
import type { Realms, StartedRealm } from "../driver/realms";
import type { BootKind, RealmRole } from "../shared/messages";
import { AssetError } from "../shared/problem";

/** A spare starts this long after a run began, so that it takes nothing from a quick one. */
const SPARE_AFTER_MS = 400;

/** The next candidate starts this long after a run, so that the verdict is drawn first. */
const NEXT_AFTER_MS = 60;

/** Below this much memory (GB, as browsers tell it) no spare waits beside a candidate. */
const ENOUGH_MEMORY = 4;
const { deviceMemory = ENOUGH_MEMORY } = navigator as { deviceMemory?: number };
const HAS_MEMORY = deviceMemory >= ENOUGH_MEMORY;

/** A realm that is restored if it can be, and imported if it cannot. */
export class RealmSlot implements StartedRealm {
  readonly ready: Promise<void>;
  #realm: Realm;
  #isEnded = false;

  constructor(
    readonly open: (how: BootKind) => Realm,
    readonly how: BootKind,
    readonly onMismatch: () => void,
    prepare: (realm: Realm) => Promise<unknown>,
  ) {
    this.#realm = open(how);
    this.ready = this.#boot().then(async () => void (await prepare(this.#realm)));
    this.ready.catch(() => {}); // a spare may fail before anybody waits for it
  }

  get realm(): Realm {
    return this.#realm;
  }

  async #boot(): Promise<void> {
    try {
      await this.#realm.ready;
    } catch (problem) {
      if (this.#isEnded || this.how === "import" || problem instanceof AssetError) throw problem;
      this.onMismatch();
      this.#realm = this.open("import");
      await this.#realm.ready;
    }
  }

  /** End the realm, and do not open another. */
  end(): void {
    this.#isEnded = true;
    this.#realm.kill();
  }
}

type Prepare = (host: Host) => (realm: Realm) => Promise<unknown>;

/** What a realm is told before it can be asked. */
const PREPARE: Record<RealmRole, Prepare> = {
  candidate: () => () => Promise.resolve(),
  judge: (host) => async (realm) => {
    const { [FACTS]: facts } = await host.assets.get([FACTS]);
    return realm.ask("adopt", new TextDecoder().decode(facts));
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

  constructor(
    readonly host: Host,
    readonly bootSeconds: number,
    /** How realms are opened; once a snapshot did not fit, all further ones are imported. */
    private how: BootKind,
    readonly onMismatch: () => void,
  ) {
    this.#candidate = this.#open("candidate");
    this.#judge = this.#open("judge");
  }

  get judge(): RealmSlot {
    return this.#judge;
  }

  /** The candidate of the run under way, or of the next one. */
  get candidate(): RealmSlot {
    this.#candidate ??= this.#open("candidate");
    return this.#candidate;
  }

  /** A run has begun: let the next candidate come up meanwhile, where there is memory for it. */
  prepareSpare(): void {
    if (!HAS_MEMORY) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#spare ??= this.#open("candidate");
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
    this.#retire();
    this.#candidate = this.#spare;
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
    for (const slot of [this.#judge, this.#candidate]) if (slot) rehearse(slot);
  }

  /** End them all. */
  end(): void {
    clearTimeout(this.#timer);
    for (const slot of [this.#candidate, this.#judge, this.#spare, this.#last]) slot?.end();
  }

  #open(role: RealmRole): RealmSlot {
    const open = (how: BootKind): Realm => new Realm(role, how, this.host, this.bootSeconds);
    const onMismatch = (): void => {
      this.how = "import";
      this.onMismatch();
    };
    const slot = new RealmSlot(open, this.how, onMismatch, PREPARE[role](this.host));
    slot.ready.then(
      () => {
        performance.mark(`exercise:${role}`); // for benchmarks
        if (this.#isUp) rehearse(slot);
      },
      () => {},
    );
    return slot;
  }
}

/** Have a realm do what a run will ask of it: browsers compile what is used, when it is used. */
function rehearse(slot: RealmSlot): void {
  slot.realm.ask("rehearse", "").catch(() => {}); // whoever asks next hears of the loss
}
