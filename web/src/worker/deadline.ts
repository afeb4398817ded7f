/**
 * Interrupts Python when its time is up, in the thread that it keeps busy: Python's loops look into
 * the interrupt buffer now and then, and this one looks at the clock. What Python raises then knows
 * its line, which nobody learns of a worker that is ended.
 */

/** The number of SIGINT: Python raises KeyboardInterrupt upon it. */
const INTERRUPT = 2;

/** Whatever swallows an interrupt hears of the next one this much later (ms). */
const AGAIN_MS = 250;

// Bound before any submission runs.
const now = performance.now.bind(performance);

export class Deadline {
  #ends = Infinity;
  #next = Infinity;

  /** From now on so many seconds. */
  start(seconds = Infinity): void {
    this.#ends = this.#next = now() + seconds * 1000;
  }

  /** Stop the clock; whether the time was over. */
  end(): boolean {
    const isLate = now() >= this.#ends;
    this.#ends = this.#next = Infinity;
    return isLate;
  }

  /** What is to be raised, if anything; asked for by Python, again and again. */
  take(): number {
    const at = now();
    if (at < this.#next) return 0;
    this.#next = at + AGAIN_MS;
    return INTERRUPT;
  }

  /** The deadline as the array that Pyodide wants: what is read is taken, what is written ignored. */
  buffer(): Uint8Array {
    const take = (): number => this.take();
    return {
      get 0() {
        return take();
      },
      set 0(_cleared: number) {},
    } as unknown as Uint8Array;
  }
}
