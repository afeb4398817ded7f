/**
 * The engine outside of a browser: it proves and grades for the build. Requests are lines of JSON on
 * standard input, each with its lane and answered by one line on the output; it ends when its input
 * does. Each lane is a session. All but the first have a thread of their own, and go on side by side:
 * threads of one process share what V8 compiles.
 */
import { createInterface } from "node:readline";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { end, type Request, type Response, respond } from "./session";

type InLane<T> = T & { readonly lane: number };

const FIRST = 0;
const lanes = new Map<number, Worker>();

function say(response: InLane<Response>): void {
  process.stdout.write(`${JSON.stringify(response)}\n`);
}

/** What nobody catches in its thread ends the process, as it does in the first lane. */
function open(lane: number): Worker {
  const worker = new Worker(new URL(import.meta.url));
  worker.on("message", (response: Response) => say({ lane, ...response }));
  lanes.set(lane, worker);
  return worker;
}

async function hear({ lane, ...request }: InLane<Request>): Promise<void> {
  if (lane === FIRST) say({ lane, ...(await respond(request as Request)) });
  else (lanes.get(lane) ?? open(lane)).postMessage(request);
}

if (isMainThread) {
  createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
    .on("line", (line) => void hear(JSON.parse(line) as InLane<Request>))
    .on("close", () => {
      end();
      process.exit(); // and all threads with it
    });
} else {
  parentPort?.on("message", async (request: Request) => {
    parentPort?.postMessage(await respond(request));
  });
}
