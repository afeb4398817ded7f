import type { RunObserver, RunPhase } from "../../src/driver/run";
import type { TestResult } from "../../src/shared/report";

/** Hears what a run tells, in order. */
export class FakeObserver implements RunObserver {
  readonly heard: string[] = [];

  phase(phase: RunPhase): void {
    this.heard.push(phase);
  }

  running(test: string): void {
    this.heard.push(`running ${test}`);
  }

  result({ id, outcome }: TestResult): void {
    this.heard.push(`${id} ${outcome}`);
  }
}
