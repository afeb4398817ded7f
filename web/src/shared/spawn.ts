import type { StartMessage } from "./messages";

/** A realm's script as one file. */
export function scriptBlob(parts: readonly ArrayBuffer[]): Blob {
  return new Blob([...parts], { type: "text/javascript" });
}

/**
 * Start a realm's worker from its script's address: the same lines serve the page (judge) and the
 * sandboxed frame (candidate), where nothing can be fetched.
 */
export function spawn(
  url: string,
  start: StartMessage,
  onError: (message: string) => void,
): Worker {
  const worker = new Worker(url);
  worker.addEventListener("error", (event) => onError(event.message || "the worker did not start"));
  worker.postMessage(start, [start.port]);
  return worker;
}
