/** Verdicts that the driver gives itself, where the judge cannot; the judge's are in `endings.py`. */

export const VERDICTS = {
  stopped: "You stopped the run.",
  crashed: "Python ran out of memory or broke down while the tests ran. Try again.",
  hung: (seconds: number) =>
    `A test did not come back within ${seconds} seconds. Please tell whoever gave you this exercise.`,
} as const;
