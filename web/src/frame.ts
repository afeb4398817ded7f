/** The whole script of the candidate's sandboxed frame: its hash is in the frame's own CSP. */
import type { FrameError, FrameMessage } from "./protocol";
import { scriptBlob, spawn } from "./spawn";

function report(message: string): void {
  const error: FrameError = { kind: "frame-error", message };
  parent.postMessage(error, "*");
}

/** An isolated WebKit starts no worker from a blob of an opaque origin, but one from a data URL. */
function address(blob: Blob): Promise<string> {
  if (!crossOriginIsolated) return Promise.resolve(URL.createObjectURL(blob));
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

function begin({ source, data }: MessageEvent<FrameMessage>): void {
  if (source !== parent) return; // extensions, and pages around, talk to every frame there is
  removeEventListener("message", begin);
  address(scriptBlob(data.script))
    .then((url) => spawn(url, data.start, report))
    .catch((problem: unknown) => report(String(problem)));
}

addEventListener("message", begin);
