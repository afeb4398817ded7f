/** What a run tells on its way: drawn together, for a quick one is over before any of it is read. */

/** Drawn one by one it cost such a run a fifth of its time (`python -m benchmarks --only runs`). */
const TOGETHER_MS = 150;

export class Progress {
  #draw: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Have something drawn with all that comes within a moment. */
  soon(draw: () => void): void {
    this.#draw.push(draw);
    this.#timer ??= setTimeout(() => {
      for (const each of this.#take()) each();
    }, TOGETHER_MS);
  }

  /** The run has ended: its report says all that is not drawn yet. */
  end(): void {
    this.#take();
  }

  #take(): readonly (() => void)[] {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#draw.splice(0);
  }
}
