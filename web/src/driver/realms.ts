/** The realms that a run is made of, however the host keeps them. */
import type { Realm } from "./realm";

/** A realm on its way. */
export interface StartedRealm {
  readonly realm: Realm;
  /** Settles when it can be asked, or with what kept it from coming up. */
  readonly ready: Promise<void>;
}

export interface Realms {
  readonly judge: StartedRealm;
  /** The candidate of the run under way, or of the next one. */
  readonly candidate: StartedRealm;
  /** A run has begun. */
  prepareSpare(): void;
  /** A run is over: nothing of its candidate may be seen by the next one. */
  renew(): void;
}
