/** The whole script of the candidate's sandboxed frame: its hash is in the frame's own CSP. */
import type { FrameError, FrameMessage, FrameUp } from "../shared/messages";
import { scriptBlob, spawn } from "../shared/spawn";
import { relay } from "./relay";

function report(message: string, refused?: string): void {
  const error: FrameError = { kind: "frame-error", message, ...(refused && { refused }) };
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
  const { port1, port2 } = new MessageChannel();
  const start = { role: data.start.role, port: port2 };
  relay(data.start.port, port1);
  address(scriptBlob(data.script))
    .then((url) => spawn(url, start, (message) => report(message)))
    .catch((problem: unknown) => report(String(problem)));
}

addEventListener("message", begin);
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, disposition }) => {
  if (disposition === "enforce") report("a policy forbids it", effectiveDirective);
});
parent.postMessage({ kind: "frame-up" } satisfies FrameUp, "*");
