import type { BootMessage } from "./protocol";

/**
 * Start a realm's worker from bytes: the same lines serve the page (judge) and the sandboxed frame
 * (candidate), where nothing can be fetched.
 */
export function spawn(boot: BootMessage, onError: (message: string) => void): Worker {
  const parts = [boot.files["pyodide.asm.js"], boot.files["realm.js"]].map((part) => part ?? "");
  const url = URL.createObjectURL(new Blob(parts, { type: "text/javascript" }));
  const worker = new Worker(url);
  worker.addEventListener("error", (event) => onError(event.message || "the worker did not start"));
  const buffers = new Set(Object.values(boot.files));
  worker.postMessage(boot, [boot.port, ...buffers]);
  return worker;
}
