import type { RealmFiles } from "./protocol";
import { Realm } from "./realm";

/** The two realms: one judge that stays, and a candidate that waits for the next run. */
export class Realms {
  #judge: Realm;
  #spare: Realm;

  constructor(
    readonly files: { readonly candidate: RealmFiles; readonly judge: RealmFiles },
    readonly bootSeconds: number,
  ) {
    this.#spare = this.#openCandidate();
    this.#judge = this.#openJudge();
  }

  get judge(): Realm {
    return this.#judge;
  }

  /** The candidate of the next run. */
  get candidate(): Realm {
    return this.#spare;
  }

  /** End the candidate of the run just over, start the next one, and replace a lost judge. */
  renew(): void {
    this.#spare.kill();
    this.#spare = this.#openCandidate();
    if (this.#judge.isLost) this.#judge = this.#openJudge();
  }

  /** End both. */
  kill(): void {
    this.#spare.kill();
    this.#judge.kill();
  }

  #openCandidate(): Realm {
    return new Realm("candidate", this.files.candidate, this.bootSeconds);
  }

  #openJudge(): Realm {
    return new Realm("judge", this.files.judge, this.bootSeconds);
  }
}
