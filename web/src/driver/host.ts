/** What a driver needs of the place that it runs in: the page of a browser, or Node. */
import type { AssetName } from "../shared/assets";
import type { RealmRole } from "../shared/messages";
import type { Loss } from "./realm";

/** The files of a bundle. */
export interface Assets {
  /** Whether the bundle has a file of this name. */
  has(name: AssetName): boolean;
  /** Return files by name; rejects with `AssetError` if one cannot be had. */
  get<N extends AssetName>(names: readonly N[]): Promise<Record<N, ArrayBuffer>>;
  /** Have files at hand, so that whoever wants them next does not wait. */
  fetch(names: readonly AssetName[]): Promise<void>;
  /** How to send files to the realm at the other end of a port, which has not been told anything. */
  deliverTo(port: MessagePort): Deliver;
}

/** Send files, each when it is here: once for the boot, and once for the library. */
export type Deliver = (names: readonly AssetName[]) => Promise<void>;

/** A realm's worker, seen from outside. */
export interface RealmWorker {
  /** End it at once, whatever it is doing. */
  end(): void;
}

export type OnLost = (why: string, how?: Loss) => void;

export interface Host {
  readonly assets: Assets;
  /**
   * Start the worker of a realm.
   *
   * @param port - Where the worker is to be heard and told.
   * @param onLost - Hears why the worker could not start, or ended.
   */
  start(role: RealmRole, port: MessagePort, onLost: OnLost): Promise<RealmWorker>;
}
