/** One place for a realm, and what is tried before nothing comes of it. */
import { type Loss, type Realm, RealmLost } from "../driver/realm";
import type { StartedRealm } from "../driver/realms";
import type { BootKind } from "../shared/messages";

/** How often a realm is opened anew that failed for no reason of its own. */
export const TRIES = 3;

interface SlotOptions {
  readonly how: BootKind;
  open(how: BootKind): Realm;
  /** Tell a realm what it has to know before it can be asked. */
  prepare(realm: Realm): Promise<unknown>;
  /** Hears that the snapshot does not fit, and that importing works. */
  onMismatch(): void;
  /** Give back what can be given back before the next try. */
  makeRoom(tried: number): Promise<void>;
}

/** A realm that is opened again where that can help: restored if it can be, imported if it cannot. */
export class RealmSlot implements StartedRealm {
  readonly ready: Promise<void>;
  /** Settles when nothing more will come of it. */
  readonly spent: Promise<void>;
  #isSpent = false;
  #wasUp = false;
  #realm: Realm;
  #isEnded = false;

  /**
   * @param tries - How often a realm may be opened in the first way.
   */
  constructor(
    readonly options: SlotOptions,
    public tries: number,
  ) {
    this.#realm = options.open(options.how);
    this.ready = this.#open();
    this.ready.catch(() => {}); // a spare may fail before anybody waits for it
    this.spent = this.#end();
  }

  get realm(): Realm {
    return this.#realm;
  }

  get isSpent(): boolean {
    return this.#isSpent;
  }

  /** Whether it could be asked once. */
  get wasUp(): boolean {
    return this.#wasUp;
  }

  async #open(): Promise<void> {
    await this.#boot();
    await this.options.prepare(this.#realm);
    this.#wasUp = true;
  }

  async #end(): Promise<void> {
    try {
      await this.ready;
      await this.#realm.gone;
    } catch {
      this.#isSpent = true;
    }
  }

  async #boot(): Promise<void> {
    const { how, open, onMismatch } = this.options;
    try {
      await this.#tryAll();
    } catch (problem) {
      if (this.#isEnded || how === "import" || !isLoss(problem, "failed")) throw problem;
      this.#realm = open("import");
      await this.#realm.ready;
      onMismatch(); // what keeps an import from coming up as well is none of the snapshot's
    }
  }

  /** Wait for the realm; where it was taken away, or memory was short, open another. */
  async #tryAll(): Promise<void> {
    const { how, open, makeRoom } = this.options;
    for (let tried = 1; ; tried++) {
      try {
        return await this.#realm.ready;
      } catch (problem) {
        if (this.#isEnded || tried >= this.tries || !isLoss(problem, "taken", "memory"))
          throw problem;
      }
      await makeRoom(tried);
      if (!this.#isEnded) this.#realm = open(how);
    }
  }

  /** End the realm, and do not open another. */
  end(): void {
    this.#isEnded = true;
    this.#realm.kill();
  }
}

export function isLoss(problem: unknown, ...losses: readonly Loss[]): boolean {
  return problem instanceof RealmLost && losses.includes(problem.loss);
}
