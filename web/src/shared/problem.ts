/** Why something cannot be had: for a person, with what to do about it. */
export interface Problem {
  readonly what: string;
  readonly remedy: string;
}

/** A file of the bundle is missing, damaged, or from another build. */
export class AssetError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.what);
  }
}
