/** What the page wants of the bundle's files, done and answered. */
import type { AssetAnswer, AssetOrder, AssetPlaces } from "../shared/asset-orders";
import { type AssetName, OFFLINE_COPY_HEADER } from "../shared/assets";
import { deliver } from "../shared/delivery";
import { MissingFile } from "./fetch-asset";
import { Files } from "./files";

type Say = (answer: AssetAnswer, given?: readonly ArrayBuffer[]) => void;

export class Orders {
  #files!: Files;

  constructor(readonly say: Say) {}

  open(places: AssetPlaces): void {
    this.#files = new Files(places, (name, share) => this.say({ kind: "arriving", name, share }));
  }

  async obey(order: AssetOrder): Promise<void> {
    const { id } = order;
    try {
      const files = await this.#do(order);
      this.say({ kind: "done", id, files }, files);
    } catch (problem) {
      const failure = problem instanceof MissingFile ? problem.failure : null;
      this.say({ kind: "undone", id, failure, message: String(problem) });
    }
  }

  async #do(order: AssetOrder): Promise<readonly ArrayBuffer[]> {
    const { names } = order;
    switch (order.kind) {
      case "fetch":
        await Promise.all(names.map((name) => this.#files.get(name)));
        return [];
      case "get":
        return Promise.all(names.map((name) => this.#files.copy(name)));
      case "deliver":
        await this.#deliver(names, order.port);
        return [];
      case "keep":
        await this.#keep(names, await caches.open(order.cache));
        return [];
    }
  }

  async #deliver(names: readonly AssetName[], port: MessagePort): Promise<void> {
    // Closed before the other end listens, Firefox's ports lose what was sent. Whatever comes back says
    // that all has arrived, so that a submission could fill nothing here either.
    port.onmessage = () => port.close();
    try {
      await deliver(names, (name) => this.#files.get(name), port);
    } catch (problem) {
      port.close();
      throw problem;
    }
  }

  async #keep(names: readonly AssetName[], cache: Cache): Promise<void> {
    for (const name of names) {
      const { url } = this.#files.places.assets[name];
      if ((await cache.match(url)) !== undefined) continue;
      const headers = { [OFFLINE_COPY_HEADER]: "whole" };
      await cache.put(url, new Response(await this.#files.get(name), { headers }));
    }
  }
}
