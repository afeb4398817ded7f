/**
 * The globals by which Pyodide takes Node for a browser's worker: with Node's own names gone, and
 * timers counted. Imported before anything of Pyodide's is.
 */

/** What a boot answers Pyodide's fetches with: Node's own brings all of its client, 0.07 s a realm. */
class Response {
  readonly ok = true;

  constructor(readonly body = new Uint8Array(0)) {}

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.body.slice().buffer;
  }
}

const timers = new Set<unknown>();

/** Whether something is still to happen that this thread's code has asked for. */
export function hasTimers(): boolean {
  return timers.size > 0;
}

type Callback = (...values: unknown[]) => void;

function countTimers(): void {
  const { setTimeout: later, clearTimeout: forget, setInterval: often, clearInterval: end } = self;
  const once = (run: Callback, ms?: number, ...values: unknown[]): unknown => {
    const timer = later(() => {
      timers.delete(timer);
      run(...values);
    }, ms);
    timers.add(timer);
    return timer;
  };
  const again = (run: Callback, ms?: number, ...values: unknown[]): unknown => {
    const timer = often(run, ms, ...values);
    timers.add(timer);
    return timer;
  };
  const clear = (timer: unknown): void => {
    timers.delete(timer);
    forget(timer as number);
    end(timer as number);
  };
  Object.assign(globalThis, { setTimeout: once, setInterval: again });
  Object.assign(globalThis, { clearTimeout: clear, clearInterval: clear });
}

function WorkerGlobalScope(): void {}
Object.defineProperty(WorkerGlobalScope, Symbol.hasInstance, {
  value: (object: unknown) => object === globalThis,
});

Object.assign(globalThis, {
  self: globalThis,
  WorkerGlobalScope,
  Response,
  location: new URL("https://realm.invalid/worker.js"),
  importScripts: () => {
    throw new TypeError("this realm has no network");
  },
});
countTimers();
Reflect.deleteProperty(globalThis, "process");
