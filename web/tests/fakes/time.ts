import type { TestContext } from "node:test";
import { replaceGlobals } from "./globals";
import { settled } from "./promises";

interface Timer {
  readonly at: number;
  run(): void;
}

/** As in a browser, no timer's number comes again: what a test has left behind ends none of another's. */
let last = 0;

/** Time that goes by when a test says so: the clock, and the timers that hang on it. */
export class FakeTime {
  #now = 5000;
  readonly #timers = new Map<number, Timer>();

  constructor(t: TestContext) {
    t.mock.method(performance, "now", () => this.#now);
    replaceGlobals(t, {
      setTimeout: (run: () => void, ms = 0) => this.#start({ at: this.#now + ms, run }),
      clearTimeout: (timer: number) => this.#timers.delete(timer),
    });
  }

  /** How many timers are still to go off. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Let everything under way come to rest, then so many seconds go by. */
  async pass(seconds: number): Promise<void> {
    await settled();
    const end = this.#now + seconds * 1000;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      const [id, timer] = next;
      this.#timers.delete(id);
      this.#now = Math.max(this.#now, timer.at);
      timer.run();
      await settled();
    }
    this.#now = Math.max(this.#now, end);
  }

  /** So many seconds go by in which all of the machine stands still. */
  stall(seconds: number): void {
    this.#now += seconds * 1000;
  }

  #start(timer: Timer): number {
    last += 1;
    this.#timers.set(last, timer);
    return last;
  }

  #next(end: number): readonly [number, Timer] | undefined {
    const due = [...this.#timers].filter(([, timer]) => timer.at <= end);
    return due.sort(([, one], [, other]) => one.at - other.at)[0];
  }
}
