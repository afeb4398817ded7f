/** The whole script of the candidate's sandboxed frame: its hash is in the frame's own CSP. */
import type { FrameError, FrameMessage } from "./protocol";
import { spawn } from "./spawn";

function report(message: string): void {
  const error: FrameError = { kind: "frame-error", message };
  parent.postMessage(error, "*");
}

addEventListener(
  "message",
  (event: MessageEvent<FrameMessage>) => {
    if (event.source === parent) spawn(event.data.script, event.data.start, report);
  },
  { once: true },
);
