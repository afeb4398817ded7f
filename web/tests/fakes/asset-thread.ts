import { Orders } from "../../src/asset-worker/orders";
import type { AssetThread } from "../../src/page/assets";
import type { AssetAnswer, AssetOrder, AssetPlaces } from "../../src/shared/asset-orders";

/** The thread's own code in this thread; what is given away leaves its giver, as between threads. */
export class FakeThread extends EventTarget implements AssetThread {
  readonly #orders = new Orders((answer, given) => this.say(answer, given));

  postMessage(told: AssetPlaces | AssetOrder): void {
    if (told.kind === "open") this.#orders.open(told);
    else void this.#orders.obey(told);
  }

  say(answer: AssetAnswer, given: readonly ArrayBuffer[] = []): void {
    const data = structuredClone(answer, { transfer: [...given] });
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  /** Break down. */
  fail(message: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }
}
