import { readFile } from "node:fs/promises";
import type { Assets, Deliver } from "../driver/host";
import type { AssetName } from "../shared/assets";
import { deliver } from "../shared/delivery";

/** Where the files of a bundle are on this machine. */
export type AssetPaths = Readonly<Record<AssetName, string>>;

/** The files of a bundle, read when they are asked for. */
export class FileAssets implements Assets {
  readonly #read = new Map<AssetName, Promise<ArrayBuffer>>();

  constructor(readonly paths: AssetPaths) {}

  has(name: AssetName): boolean {
    return Object.hasOwn(this.paths, name);
  }

  async get<N extends AssetName>(names: readonly N[]): Promise<Record<N, ArrayBuffer>> {
    const entries = names.map(async (name) => [name, await this.#file(name)] as const);
    return Object.fromEntries(await Promise.all(entries)) as Record<N, ArrayBuffer>;
  }

  async fetch(names: readonly AssetName[]): Promise<void> {
    await this.get(names);
  }

  deliverTo(port: MessagePort): Deliver {
    return (names) => deliver(names, (name) => this.#file(name), port);
  }

  #file(name: AssetName): Promise<ArrayBuffer> {
    let file = this.#read.get(name);
    if (file === undefined) {
      file = readFile(this.paths[name]).then((bytes) => new Uint8Array(bytes).buffer);
      this.#read.set(name, file);
    }
    return file;
  }
}
