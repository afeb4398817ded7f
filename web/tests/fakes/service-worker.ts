/** The browser around a service worker: what it tells the worker, and what it hears from it. */

export const SCOPE = "https://school.example/sums/";

export interface FakeRequest {
  readonly url: string;
  readonly method: string;
  readonly mode: string;
  readonly cache: string;
}

interface FakeEvent {
  readonly request?: FakeRequest;
  waitUntil(work: Promise<void>): void;
  respondWith(answer: Promise<Response>): void;
}

type Handler = (event: FakeEvent) => void;

/** The scope that a service worker's script sees as `self`. */
export class FakeWorkerScope {
  readonly did: string[] = [];
  readonly #handlers = new Map<string, Handler>();
  readonly registration = {
    scope: SCOPE,
    unregister: async () => void this.did.push("unregister"),
  };

  readonly skipWaiting = async (): Promise<void> => void this.did.push("skipWaiting");

  addEventListener(kind: string, handler: Handler): void {
    this.#handlers.set(kind, handler);
  }

  /** Let it be installed or activated, and wait until it says that it is. */
  async become(kind: "install" | "activate"): Promise<void> {
    let work: Promise<void> | undefined;
    this.#tell(kind, { waitUntil: (promise) => (work = promise), respondWith: () => {} });
    await work;
  }

  /** Return its answer to a request; null where it leaves that to the browser. */
  answer(request: Partial<FakeRequest>): Promise<Response> | null {
    let answer: Promise<Response> | null = null;
    this.#tell("fetch", {
      request: { url: SCOPE, method: "GET", mode: "no-cors", cache: "default", ...request },
      waitUntil: () => {},
      respondWith: (promise) => {
        answer = promise;
      },
    });
    return answer;
  }

  #tell(kind: string, event: FakeEvent): void {
    this.#handlers.get(kind)?.(event);
  }
}
