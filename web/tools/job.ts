/** A tool as the build runs it: one job as JSON on standard input, one value as JSON on the output. */
import { text } from "node:stream/consumers";

export async function runJob<Job>(work: (job: Job) => unknown): Promise<never> {
  try {
    const job = JSON.parse(await text(process.stdin)) as Job;
    process.stdout.write(JSON.stringify((await work(job)) ?? null));
    process.exitCode = 0;
  } catch (problem) {
    // Node would print the whole line of pyodide.asm.js that threw, a megabyte.
    console.error(problem instanceof Error ? problem.message : String(problem));
    process.exitCode = 1;
  }
  process.exit();
}
