/** The bundle's files: fetched side by side, each once, each held to its hash before it is used. */
import type { AssetPlaces } from "../shared/asset-orders";
import type { AssetName } from "../shared/assets";
import { fetchAsset } from "./fetch-asset";

/** Less than so much more of a file is not worth telling. */
const TOLD_SHARE = 0.02;

export class Files {
  readonly #files = new Map<AssetName, Promise<ArrayBuffer>>();

  /**
   * @param onShare - Hears how much of a file has arrived.
   */
  constructor(
    readonly places: AssetPlaces,
    readonly onShare: (name: AssetName, share: number) => void,
  ) {}

  /** Return a file's bytes, which stay here; fetch it if that has not been done. */
  get(name: AssetName): Promise<ArrayBuffer> {
    let file = this.#files.get(name);
    if (file === undefined) {
      file = this.#fetch(name);
      this.#files.set(name, file);
      file.catch(() => this.#files.delete(name)); // whoever asks again, tries again
    }
    return file;
  }

  /** Return bytes to give away. */
  async copy(name: AssetName): Promise<ArrayBuffer> {
    return (await this.get(name)).slice(0);
  }

  #fetch(name: AssetName): Promise<ArrayBuffer> {
    const { assets, kept } = this.places;
    let told = 0;
    return fetchAsset(name, assets[name], kept, (share) => {
      if (share < 1 && share < told + TOLD_SHARE) return;
      told = share;
      this.onShare(name, share);
    });
  }
}
