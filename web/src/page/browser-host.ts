/** The browser as a driver's host: where a realm's worker lives, and how it is ended. */
import type { Host, OnLost, RealmWorker } from "../driver/host";
import { SCRIPT } from "../driver/realm";
import type {
  FrameError,
  FrameMessage,
  FrameUp,
  RealmRole,
  StartMessage,
} from "../shared/messages";
import { scriptBlob, spawn } from "../shared/spawn";
import type { AssetStore } from "./assets";

declare const __FRAME_SCRIPT__: string;
declare const __FRAME_CSP__: string;

/** A frame's script runs before its load event; what it says may be a moment on its way. */
const SILENT_MS = 5_000;

type StartWorker = (
  script: readonly ArrayBuffer[],
  start: StartMessage,
  onLost: OnLost,
  onRefused: (directive: string) => void,
) => RealmWorker;

/** The judge lives in a plain worker of the page. */
const inWorker: StartWorker = (script, start, onLost) => {
  const worker = spawn(URL.createObjectURL(scriptBlob(script)), start, onLost);
  return { end: () => worker.terminate() };
};

/** The candidate lives in a worker inside a frame of opaque origin that can reach nothing. */
const inFrame: StartWorker = (script, start, onLost, onRefused) => {
  const frame = sandboxedFrame();
  const onError = (message: string, refused?: string): void => {
    if (refused !== undefined) onRefused(refused);
    onLost(message);
  };
  const deafen = hearErrors(frame, onError);
  const stopWaiting = awaitScript(frame, () => onError("its frame stays silent", "script-src"));
  const onAnew = (): void => onLost("the frame of your code's Python was loaded anew", "taken");
  handOver(frame, { script, start }, onAnew);
  document.body.append(frame);
  const onTaken = () =>
    onLost("the frame of your code's Python was taken out of the page", "taken");
  const watcher = watch(frame, onTaken);
  const end = (): void => {
    watcher.disconnect();
    deafen();
    stopWaiting();
    frame.remove(); // its worker ends with it at once; asking a flooded frame to do it hangs
  };
  return { end };
};

function sandboxedFrame(): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.hidden = true;
  frame.title = "Python for your code";
  const csp = `<meta http-equiv="Content-Security-Policy" content="${__FRAME_CSP__}">`;
  frame.srcdoc = `<!doctype html>${csp}<script>${__FRAME_SCRIPT__}</script>`;
  return frame;
}

/** Give a frame its work when it is loaded, and tell when it is loaded another time. */
function handOver(frame: HTMLIFrameElement, message: FrameMessage, onAnew: () => void): void {
  const onLoad = (): void => {
    frame.contentWindow?.postMessage(message, "*", [message.start.port]);
    frame.addEventListener("load", onAnew, { once: true });
  };
  frame.addEventListener("load", onLoad, { once: true });
}

/** Hear what keeps a frame from its work; return how to hear no more of it. */
function hearErrors(
  frame: HTMLIFrameElement,
  onError: (message: string, refused?: string) => void,
): () => void {
  const onMessage = ({ source, data }: MessageEvent<FrameError>): void => {
    if (source !== frame.contentWindow || data?.kind !== "frame-error") return;
    onError(String(data.message), data.refused === undefined ? undefined : String(data.refused));
  };
  window.addEventListener("message", onMessage);
  return () => window.removeEventListener("message", onMessage);
}

/**
 * Tell of a frame whose script does not run: a policy that refuses it tells the frame alone, which
 * cannot hand it on. Return how to wait no longer.
 */
function awaitScript(frame: HTMLIFrameElement, onSilent: () => void): () => void {
  let silence: number | undefined;
  const onLoad = (): void => {
    silence = window.setTimeout(onSilent, SILENT_MS);
  };
  const onMessage = ({ source, data }: MessageEvent<FrameUp>): void => {
    if (source === frame.contentWindow && data?.kind === "frame-up") stop();
  };
  const stop = (): void => {
    window.clearTimeout(silence);
    window.removeEventListener("message", onMessage);
    frame.removeEventListener("load", onLoad);
  };
  window.addEventListener("message", onMessage);
  frame.addEventListener("load", onLoad, { once: true });
  return stop;
}

/** Tell when a frame is taken out of the page: whatever ran in it is gone without a word. */
function watch(frame: HTMLElement, onTaken: () => void): MutationObserver {
  const watcher = new MutationObserver(() => {
    if (!frame.isConnected) onTaken();
  });
  for (let node = frame.parentNode; node; node = node.parentNode) {
    watcher.observe(node, { childList: true });
  }
  return watcher;
}

const START: Record<RealmRole, StartWorker> = { candidate: inFrame, judge: inWorker };

export class BrowserHost implements Host {
  /**
   * @param onRefused - Hears by which directive a policy refused what a realm's place needs.
   */
  constructor(
    readonly assets: AssetStore,
    readonly onRefused: (directive: string) => void,
  ) {}

  async start(role: RealmRole, port: MessagePort, onLost: OnLost): Promise<RealmWorker> {
    const script = Object.values(await this.assets.get(SCRIPT));
    return START[role](script, { role, port }, onLost, this.onRefused);
  }
}
