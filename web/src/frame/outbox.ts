/** What a relay sends its driver: at once, or with what follows. */
import type { Answers, RealmMessage } from "../shared/messages";

/** An answer waits at most so long for those that follow. */
const HOLD_MS = 8;

/** A message costs the page as much as a call costs the candidate: right answers travel together. */
export class Outbox {
  #held: RealmMessage[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly driver: Pick<MessagePort, "postMessage">) {}

  /** Send a message with those that follow it. */
  soon(message: RealmMessage): void {
    this.#held.push(message);
    this.#timer ??= setTimeout(() => this.#sendHeld(), HOLD_MS);
  }

  /** Send a message, whatever it is, and all before it. */
  now(message: unknown): void {
    this.#sendHeld();
    this.driver.postMessage(message);
  }

  #sendHeld(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#held.length === 0) return;
    this.driver.postMessage({ kind: "answers", answers: this.#held } satisfies Answers);
    this.#held = [];
  }
}
