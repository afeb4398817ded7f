/** The bundle's files, which are in a thread of their own: the page says what becomes of them. */
import type { Assets, Deliver } from "../driver/host";
import type {
  AssetAnswer,
  AssetFailure,
  AssetOrder,
  AssetPlaces,
  Violation,
} from "../shared/asset-orders";
import type { Asset, AssetName } from "../shared/assets";
import type { FilesMessage } from "../shared/messages";
import { AssetError } from "../shared/problem";
import { keptCache } from "./offline-cache";
import { PROBLEMS, WHY } from "./words";

declare const __ASSETS__: Readonly<Record<AssetName, Asset>>;

/** The thread, as it is held here: an `error` says that it did not start, or has broken down. */
export type AssetThread = Pick<Worker, "postMessage" | "addEventListener">;

/** Hears of the bytes that arrived of all that are to come, as they travel. */
type OnProgress = (loadedBytes: number, totalBytes: number) => void;

interface Waiting {
  resolve(files: readonly ArrayBuffer[]): void;
  reject(problem: Error): void;
}

export class AssetStore implements Assets {
  #thread: AssetThread | null = null;
  #orders = 0;
  readonly #waiting = new Map<number, Waiting>();
  readonly #arrived = new Map<AssetName, number>();
  #needed: readonly AssetName[] = [];
  #onProgress: OnProgress = () => {};

  /**
   * @param start - Starts the thread when a file is wanted: before, it would take from the first paint.
   * @param onViolation - Hears what a policy has refused to the thread.
   */
  constructor(
    readonly start: () => AssetThread,
    readonly onViolation: (violation: Violation) => void,
  ) {}

  has(name: AssetName): boolean {
    return Object.hasOwn(__ASSETS__, name);
  }

  /** Tell of the arrival of files, which those are whose arrival is progress. */
  watch(needed: readonly AssetName[], onProgress: OnProgress): void {
    this.#needed = needed;
    this.#onProgress = onProgress;
  }

  async get<N extends AssetName>(names: readonly N[]): Promise<Record<N, ArrayBuffer>> {
    const files = await this.#order((id) => ({ kind: "get", id, names }));
    const entries = names.map((name, index) => [name, files[index]] as const);
    return Object.fromEntries(entries) as Record<N, ArrayBuffer>;
  }

  /** How to get a file that no boot needs, when it is wanted. */
  late(name: AssetName): () => Promise<ArrayBuffer> {
    return async () => (await this.get([name]))[name];
  }

  async fetch(names: readonly AssetName[]): Promise<void> {
    await this.#order((id) => ({ kind: "fetch", id, names }));
  }

  /** Files go from their thread to the realm's, past this one: through a port for each delivery. */
  deliverTo(realm: MessagePort): Deliver {
    const channels = [new MessageChannel(), new MessageChannel()];
    const ports = channels.map(({ port2 }) => port2);
    realm.postMessage({ kind: "files", ports } satisfies FilesMessage, ports);
    return async (names) => {
      const port = channels.shift()?.port1;
      if (port === undefined) throw new Error("a realm is sent files twice, and no more");
      await this.#order((id) => ({ kind: "deliver", id, names, port }), [port]);
    };
  }

  /** Put files into a cache, those that it has not yet. */
  async keep(names: readonly AssetName[], cache: string): Promise<void> {
    await this.#order((id) => ({ kind: "keep", id, names, cache }));
  }

  async #order(
    make: (id: number) => AssetOrder,
    given: Transferable[] = [],
  ): Promise<readonly ArrayBuffer[]> {
    this.#thread ??= this.#begin();
    const id = this.#orders++;
    this.#thread.postMessage(make(id), given);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #begin(): AssetThread {
    const thread = this.start();
    thread.postMessage(places());
    thread.addEventListener("message", ({ data }) => this.#receive(data));
    thread.addEventListener("error", ({ message }) => this.#lose(message));
    return thread;
  }

  #receive(answer: AssetAnswer): void {
    switch (answer.kind) {
      case "arriving":
        this.#note(answer.name, answer.share);
        break;
      case "refused":
        this.onViolation(answer.violation);
        break;
      case "done":
        this.#answered(answer.id)?.resolve(answer.files);
        break;
      case "undone": {
        const { failure, message } = answer;
        this.#answered(answer.id)?.reject(failure ? problemOf(failure) : new Error(message));
      }
    }
  }

  #answered(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #lose(message: string | undefined): void {
    this.#thread = null;
    this.#arrived.clear();
    const problem = new Error(message || "the thread that gets its files did not start");
    for (const waiting of this.#waiting.values()) waiting.reject(problem);
    this.#waiting.clear();
  }

  #note(name: AssetName, share: number): void {
    this.#arrived.set(name, share * __ASSETS__[name].gzipBytes);
    if (!this.#needed.includes(name)) return;
    const sum = (bytesOf: (name: AssetName) => number): number =>
      this.#needed.reduce((bytes, each) => bytes + bytesOf(each), 0);
    this.#onProgress(
      sum((each) => this.#arrived.get(each) ?? 0),
      sum((each) => __ASSETS__[each].gzipBytes),
    );
  }
}

/** Where a file is, seen from the page. */
export function assetUrl(name: AssetName): string {
  return __ASSETS__[name].url;
}

/** Names the snapshots of this build: what is known of them holds for no other. */
export function snapshotKey(): string {
  return __ASSETS__["candidate.pack"].integrity + __ASSETS__["judge.pack"].integrity;
}

function places(): AssetPlaces {
  const located = Object.entries(__ASSETS__).map(([name, asset]) => [
    name,
    { ...asset, url: address(asset.url) },
  ]);
  return { kind: "open", assets: Object.fromEntries(located), kept: keptCache() };
}

/** The whole of an address that is seen from the page. */
function address(url: string): string {
  try {
    return new URL(url, document.baseURI).href;
  } catch {
    return url; // of a page that is in no folder; it will be told as missing
  }
}

function problemOf({ name, why }: AssetFailure): AssetError {
  if (why === "damaged") return new AssetError(PROBLEMS.damagedFile(name));
  const problem = self.origin === "null" ? PROBLEMS.sandboxedFile : PROBLEMS.missingFile;
  const reason = why === "not-arrived" ? WHY.notArrived : WHY.answered(why);
  return new AssetError(problem(name, reason));
}
