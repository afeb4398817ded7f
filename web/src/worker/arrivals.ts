/** The files of a realm while they are on their way: whoever needs one waits for just that one. */
import type { AssetName } from "../shared/assets";

type Bytes = Uint8Array<ArrayBuffer>;

export class Arrivals {
  readonly #files = new Map<AssetName, PromiseWithResolvers<Bytes>>();

  /** Take a file that has arrived. */
  put(name: AssetName, bytes: ArrayBuffer): void {
    this.#file(name).resolve(new Uint8Array(bytes));
  }

  /** The content of a file, once it is here. */
  get(name: AssetName): Promise<Bytes> {
    return this.#file(name).promise;
  }

  /** Let go of all that has been used: tens of megabytes. */
  forget(): void {
    this.#files.clear();
  }

  #file(name: AssetName): PromiseWithResolvers<Bytes> {
    let file = this.#files.get(name);
    if (file === undefined) {
      file = withResolvers();
      this.#files.set(name, file);
    }
    return file;
  }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
}

/** `Promise.withResolvers`, which the oldest browsers that run this page do not have. */
function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}
