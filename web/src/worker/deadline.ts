/**
 * Interrupts Python when its time is up, in the thread that it keeps busy: Python's loops look into
 * the interrupt buffer now and then, and this one looks at the clock. What Python raises then knows
 * its line, which nobody learns of a worker that is ended.
 */

/** The number of SIGINT: Python raises KeyboardInterrupt upon it. */
const INTERRUPT = 2;

/** Whatever swallows an interrupt hears of the next one this much later (ms). */
const AGAIN_MS = 250;

/**
 * Who has not looked for so long (ms) was in one long operation, or all of the machine stood still.
 * Only what goes on after it for `AGAIN_MS` is interrupted, for then it is its own line that takes the
 * time: what returns by itself would be told with a line that stands behind the long operation.
 */
const LONG_MS = 100;

// Bound before any submission runs.
const now = performance.now.bind(performance);

export class Deadline {
  #ends = Infinity;
  #next = Infinity;
  #looked = 0;

  /** From now on so many seconds. */
  start(seconds = Infinity): void {
    this.#looked = now();
    this.#ends = this.#next = this.#looked + seconds * 1000;
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
    const before = this.#looked;
    this.#looked = at;
    if (at < this.#next) return 0;
    this.#next = at + AGAIN_MS;
    const isFirst = before < this.#ends;
    return isFirst && at - before > LONG_MS ? 0 : INTERRUPT;
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
