/** What `build.py` compiles into the scripts of an exercise. */

export interface TestFacts {
  readonly id: string;
  readonly title: string;
}

export interface Limits {
  /** Longest time for one call of the learner's code, and for loading it (seconds). */
  readonly callSeconds: number;
  /** Longest time for a whole run (seconds). */
  readonly runSeconds: number;
  /** Longest time for an interpreter to start (seconds). */
  readonly bootSeconds: number;
  /** A hidden test that has not come back by then is the exercise's fault (seconds). */
  readonly judgeSeconds: number;
}

/** A parameter of the starter's; the kind is called as in Python's `inspect.Parameter`. */
interface Parameter {
  readonly name: string;
  readonly kind: string;
  readonly optional: boolean;
}

/** A function that the learner writes. */
interface EntryPoint {
  readonly name: string;
  readonly parameters: readonly Parameter[];
}

/** What `build.py` compiles into the page's script. */
export interface Exercise {
  readonly slug: string;
  readonly title: string;
  readonly starter: string;
  readonly entryPoints: readonly EntryPoint[];
  readonly limits: Limits;
  readonly tests: readonly TestFacts[];
}
