import type { StartMessage } from "./messages";

/** A thread's script as one file. */
export function scriptBlob(parts: readonly (ArrayBuffer | string)[]): Blob {
  return new Blob([...parts], { type: "text/javascript" });
}

/** Start a thread from the text of its script. */
export function startThread(script: string): Worker {
  return new Worker(URL.createObjectURL(scriptBlob([script])));
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
