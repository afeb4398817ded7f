import type { BootKind, RealmFunction } from "../../src/shared/messages";
import { Deferred } from "./promises";

/** What travels between a driver and a realm, as far as tests look into it. */
export interface Heard {
  readonly kind: string;
  readonly how: BootKind;
  readonly id: string;
  readonly function: RealmFunction;
  readonly argument: string;
  readonly name: string;
  readonly bytes: ArrayBuffer;
  readonly ports: readonly MessagePort[];
  readonly pieces?: true;
}

/** Listens at the far end of a port. */
export class Listener {
  /** All that came, in order. */
  readonly heard: Heard[] = [];
  #taken = 0;
  #waiting: Deferred<void> | null = null;

  constructor(
    readonly port: MessagePort,
    onMessage: (message: Heard) => void = () => {},
  ) {
    port.addEventListener("message", ({ data }: MessageEvent<Heard>) => {
      this.heard.push(data);
      onMessage(data);
      this.#waiting?.resolve();
    });
    port.start();
  }

  /** Return the next message of a kind, once it is here; those before it are passed over. */
  async take(kind: string): Promise<Heard> {
    for (;;) {
      const next = this.heard[this.#taken];
      if (next === undefined) {
        this.#waiting = new Deferred();
        await this.#waiting.promise;
        continue;
      }
      this.#taken += 1;
      if (next.kind === kind) return next;
    }
  }

  say(message: unknown): void {
    this.port.postMessage(message);
  }
}
