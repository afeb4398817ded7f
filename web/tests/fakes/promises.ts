/** So many turns let a message go to and fro between ports, with promises on the way. */
const TURNS = 20;

/** An answer that does not come. */
export const NEVER: Promise<never> = new Promise(() => {});

/** A promise that is settled from outside. */
export class Deferred<T> {
  resolve!: (value: T) => void;
  reject!: (problem: unknown) => void;
  readonly promise = new Promise<T>((resolve, reject) => Object.assign(this, { resolve, reject }));
}

/** Resolves when nothing goes on any more but what waits for time, or for the test. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setImmediate(resolve));
}
