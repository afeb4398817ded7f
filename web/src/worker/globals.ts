/** What a submission could use to flood the page or its host. Not the boundary: the frame is. */
const REMOVED = [
  "postMessage",
  "close",
  "fetch",
  "importScripts",
  "Worker",
  "SharedWorker",
  "BroadcastChannel",
  "MessageChannel",
  "XMLHttpRequest",
  "WebSocket",
  "WebSocketStream",
  "WebTransport",
  "EventSource",
  "indexedDB",
  "caches",
] as const;

export function removeGlobals(): void {
  for (const name of REMOVED) {
    for (let object: object | null = self; object; object = Reflect.getPrototypeOf(object)) {
      if (Object.hasOwn(object, name)) Reflect.deleteProperty(object, name);
    }
    Object.defineProperty(self, name, { value: undefined, configurable: false, writable: false });
  }
}
