/** Where a realm's worker lives, and how it is ended. */
import type { FrameError, FrameMessage, RealmRole, StartMessage } from "../shared/messages";
import { scriptBlob, spawn } from "../shared/spawn";

declare const __FRAME_SCRIPT__: string;
declare const __FRAME_CSP__: string;

export interface Host {
  /** End the worker at once, whatever it is doing. */
  remove(): void;
}

type Place = (
  script: readonly ArrayBuffer[],
  start: StartMessage,
  onError: (message: string) => void,
) => Host;

/** The judge's place: a plain worker of the page. */
const inWorker: Place = (script, start, onError) => {
  const worker = spawn(URL.createObjectURL(scriptBlob(script)), start, onError);
  return { remove: () => worker.terminate() };
};

/** The candidate's place: a worker inside a frame of opaque origin that can reach nothing. */
const inFrame: Place = (script, start, onError) => {
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
  const onLoad = (): void => {
    const message: FrameMessage = { script, start };
    frame.contentWindow?.postMessage(message, "*", [start.port]);
  };
  window.addEventListener("message", onMessage);
  frame.addEventListener("load", onLoad, { once: true });
  document.body.append(frame);
  return {
    remove(): void {
      window.removeEventListener("message", onMessage);
      // Removing the frame ends its worker at once; asking a flooded frame to do it hangs.
      frame.remove();
    },
  };
};

export const PLACES: Record<RealmRole, Place> = { candidate: inFrame, judge: inWorker };
