/** How long a run may take, and whether its learner still wants it. */

/** The learner has stopped the run. */
export class Stopped extends Error {}

/** Something has not come in its time: in its own, or in what was left of the run's. */
export class TooLate extends Error {
  /**
   * @param said - What it has still said, where it was interrupted in time.
   */
  constructor(
    readonly limit: "own" | "run",
    readonly said?: string,
  ) {
    super();
  }
}

export class Clock {
  #ends = Infinity;

  constructor(readonly stop: AbortSignal) {}

  /** From now on the run has so many seconds. */
  start(seconds: number): void {
    this.#ends = performance.now() + seconds * 1000;
  }

  get secondsLeft(): number {
    return (this.#ends - performance.now()) / 1000;
  }

  /** Wait for what is on nobody's time, such as a download. */
  async uncounted<T>(wait: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const waited = await wait();
    this.#ends += performance.now() - began;
    return waited;
  }

  /**
   * Wait for what the run's time is spent on: so long, and no longer than the run may take.
   *
   * @param grace - How many seconds more it has to say where it was when its time was up.
   */
  withinRun<T>(seconds: number, promise: Promise<T>, stoppable = true, grace = 0): Promise<T> {
    const left = this.secondsLeft;
    return seconds <= left
      ? this.within(seconds, promise, stoppable, grace)
      : this.within(left, promise, stoppable, grace, "run");
  }

  /** Wait for a promise so long and no longer, and no longer than the learner wants. */
  within<T>(
    seconds: number,
    promise: Promise<T>,
    stoppable = true,
    grace = 0,
    limit: TooLate["limit"] = "own",
  ): Promise<T> {
    promise.catch(() => {}); // the race may be over before it
    return new Promise<T>((resolve, reject) => {
      const onStop = (): void => settle(() => reject(new Stopped()));
      const onLate = (): void => settle(() => reject(new TooLate(limit)));
      // Begun only then: after all of a machine stood still, who is late has not heard of it yet.
      const onTime = (): void => {
        timer = setTimeout(onLate, grace * 1000);
      };
      let timer =
        seconds === Infinity ? undefined : setTimeout(onTime, Math.max(0, seconds) * 1000);
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        this.stop.removeEventListener("abort", onStop);
        end();
      };
      if (stoppable && this.stop.aborted) return onStop();
      if (stoppable) this.stop.addEventListener("abort", onStop);
      promise.then(
        (value) => settle(() => resolve(value)),
        (problem: unknown) => settle(() => reject(problem)),
      );
    });
  }
}
