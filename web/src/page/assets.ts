/** The bundle's files: fetched side by side, each once, each held to its hash before it is used. */

import { fetchAsset } from "../asset-worker/fetch-asset";
import type { Assets } from "../driver/host";
import type { Asset, AssetName } from "../shared/assets";

declare const __ASSETS__: Readonly<Record<AssetName, Asset>>;

/** How to get a file that no boot needs: fetched when it is first asked for. */
export function lateFile(name: AssetName): () => Promise<ArrayBuffer> {
  const files = new AssetStore([], () => {});
  return async () => (await files.get([name]))[name];
}

export class AssetStore implements Assets {
  readonly #files = new Map<AssetName, Promise<ArrayBuffer>>();
  readonly #arrived = new Map<AssetName, number>();

  /**
   * @param needed - The files whose arrival is progress.
   * @param onProgress - Hears of the bytes that arrived of all that are to come, as they travel.
   */
  constructor(
    readonly needed: readonly AssetName[],
    readonly onProgress: (loadedBytes: number, totalBytes: number) => void,
  ) {}

  has = hasAsset;

  /** Return files by name; those not yet asked for are fetched. */
  async get<N extends AssetName>(names: readonly N[]): Promise<Record<N, ArrayBuffer>> {
    const entries = names.map(async (name) => [name, await this.#file(name)] as const);
    return Object.fromEntries(await Promise.all(entries)) as Record<N, ArrayBuffer>;
  }

  #file(name: AssetName): Promise<ArrayBuffer> {
    let file = this.#files.get(name);
    if (file === undefined) {
      file = fetchAsset(name, __ASSETS__[name], (share) => this.#note(name, share));
      this.#files.set(name, file);
      file.catch(() => this.#files.delete(name)); // whoever asks again, tries again
    }
    return file;
  }

  #note(name: AssetName, share: number): void {
    if (!this.needed.includes(name)) return;
    this.#arrived.set(name, share * __ASSETS__[name].gzipBytes);
    const total = this.needed.reduce((sum, each) => sum + __ASSETS__[each].gzipBytes, 0);
    this.onProgress(
      [...this.#arrived.values()].reduce((sum, bytes) => sum + bytes, 0),
      total,
    );
  }
}

/** Whether the bundle has a file of this name. */
export function hasAsset(name: AssetName): boolean {
  return Object.hasOwn(__ASSETS__, name);
}

/** Where a file is, seen from the page. */
export function assetUrl(name: AssetName): string {
  return __ASSETS__[name].url;
}

/** Names the snapshots of this build: what is known of them holds for no other. */
export function snapshotKey(): string {
  return __ASSETS__["candidate.pack"].integrity + __ASSETS__["judge.pack"].integrity;
}
