import type { StartMessage } from "./protocol";

/**
 * Start a realm's worker from its script's bytes: the same lines serve the page (judge) and the
 * sandboxed frame (candidate), where nothing can be fetched.
 */
export function spawn(
  script: readonly ArrayBuffer[],
  start: StartMessage,
  onError: (message: string) => void,
): Worker {
  const url = URL.createObjectURL(new Blob([...script], { type: "text/javascript" }));
  const worker = new Worker(url);
  worker.addEventListener("error", (event) => onError(event.message || "the worker did not start"));
  worker.postMessage(start, [start.port]);
  return worker;
}
