/** A realm as the page holds it: one question at a time, one way to end it. */
import type {
  BootMessage,
  FrameError,
  RealmFiles,
  RealmMessage,
  RealmRequest,
  RealmRole,
} from "./protocol";
import { spawn } from "./spawn";

declare const __FRAME_SCRIPT__: string;
declare const __FRAME_CSP__: string;

/** A candidate's answer is refused beyond this many characters, before anybody parses it. */
const MAX_ANSWER = 32_000_000;

/** The realm is gone, or was never there: by its own doing, or by `kill`. */
export class RealmLost extends Error {}

/** Where a realm's worker lives, and how to end it. */
interface Host {
  remove(): void;
}

type Place = (boot: BootMessage, onError: (message: string) => void) => Host;

/** The judge's place: a plain worker of the page. */
const inWorker: Place = (boot, onError) => {
  const worker = spawn(boot, onError);
  return { remove: () => worker.terminate() };
};

/** The candidate's place: a worker inside a frame of opaque origin that can reach nothing. */
const inFrame: Place = (boot, onError) => {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.hidden = true;
  frame.title = "Python for your code";
  const csp = `<meta http-equiv="Content-Security-Policy" content="${__FRAME_CSP__}">`;
  frame.srcdoc = `<!doctype html>${csp}<script>${__FRAME_SCRIPT__}</script>`;
  const onMessage = (event: MessageEvent<FrameError>): void => {
    if (event.source === frame.contentWindow && event.data?.kind === "frame-error") {
      onError(String(event.data.message));
    }
  };
  window.addEventListener("message", onMessage);
  frame.addEventListener(
    "load",
    () => frame.contentWindow?.postMessage(boot, "*", [boot.port]),
    { once: true },
  );
  document.body.append(frame);
  return {
    remove(): void {
      window.removeEventListener("message", onMessage);
      // Removing the frame ends its worker at once; asking a flooded frame to do it hangs.
      frame.remove();
    },
  };
};

const PLACES: Record<RealmRole, Place> = { candidate: inFrame, judge: inWorker };

interface Pending {
  readonly id: string;
  resolve(text: string): void;
  reject(problem: RealmLost): void;
}

/** One interpreter, from its boot to its end. */
export class Realm {
  /** Settles when the interpreter is up, or with `RealmLost`. */
  readonly ready: Promise<void>;
  #isReady = false;
  #lost: RealmLost | null = null;
  #pending: Pending | null = null;
  #settle!: { resolve(): void; reject(problem: RealmLost): void };
  readonly #port: MessagePort;
  readonly #host: Host;
  readonly #watchdog: number;

  constructor(role: RealmRole, files: RealmFiles, bootSeconds: number) {
    this.ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.ready.catch(() => {}); // a spare may be lost before anybody waits for it
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.addEventListener("message", (event: MessageEvent<unknown>) => this.#receive(event.data));
    port1.start();
    this.#watchdog = window.setTimeout(
      () => this.#lose(`Python did not start within ${bootSeconds} seconds`),
      bootSeconds * 1000,
    );
    this.#host = PLACES[role]({ role, port: port2, files: copies(files) }, (message) =>
      this.#lose(message),
    );
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Whether nothing more will come of this realm. */
  get isLost(): boolean {
    return this.#lost !== null;
  }

  /** Ask for a function of the realm's Python; rejects with `RealmLost` if it ends instead. */
  ask(name: RealmRequest["function"], argument: string): Promise<string> {
    if (this.#lost) return Promise.reject(this.#lost);
    if (this.#pending) throw new Error("a realm answers one question at a time");
    const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
    return new Promise((resolve, reject) => {
      this.#pending = { id, resolve, reject };
      const request: RealmRequest = { id, function: name, argument };
      this.#port.postMessage(request);
    });
  }

  /** End the realm at once, whatever it is doing. */
  kill(): void {
    this.#lose("the realm was ended");
  }

  #receive(message: unknown): void {
    if (!isRealmMessage(message)) return this.#lose("the realm sent a malformed message");
    switch (message.kind) {
      case "booted":
        clearTimeout(this.#watchdog);
        this.#isReady = true;
        return this.#settle.resolve();
      case "boot-failed":
        return this.#lose(message.message);
      case "answer":
        return this.#take(message.id)?.resolve(message.text);
      case "failure":
        if (this.#pending?.id === message.id) this.#lose(message.message);
        return;
    }
  }

  #take(id: string): Pending | null {
    const pending = this.#pending;
    if (pending?.id !== id) return null;
    this.#pending = null;
    return pending;
  }

  #lose(message: string): void {
    if (this.#lost) return;
    this.#lost = new RealmLost(message);
    clearTimeout(this.#watchdog);
    this.#port.close();
    this.#host.remove();
    this.#settle.reject(this.#lost);
    this.#pending?.reject(this.#lost);
    this.#pending = null;
  }
}

/** Copy the bytes that are handed over, so that the page keeps its own for the next realm. */
function copies(files: RealmFiles): RealmFiles {
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, bytes.slice(0)]));
}

function isRealmMessage(message: unknown): message is RealmMessage {
  if (typeof message !== "object" || message === null || !("kind" in message)) return false;
  const { kind, id, text, message: said } = message as Record<string, unknown>;
  switch (kind) {
    case "booted":
      return true;
    case "boot-failed":
      return typeof said === "string";
    case "answer":
      return typeof id === "string" && typeof text === "string" && text.length <= MAX_ANSWER;
    case "failure":
      return typeof id === "string" && typeof said === "string";
    default:
      return false;
  }
}
