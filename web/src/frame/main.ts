/**
 * The whole script of the candidate's sandboxed frame: its hash is in the frame's own CSP.
 *
 * It starts the worker and stands between it and the page, in a thread that the learner's code cannot
 * reach. So it can hold what the reference answers and have foreseen calls follow one another here,
 * in one process, in place of a way to the page and back for each.
 */
import { isFloat } from "../shared/foreseen";
import type { Ask, FrameError, FrameMessage, PageMessage, RealmMessage, Series } from "../shared/protocol";
import { scriptBlob, spawn } from "../shared/spawn";

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

/** Carry messages between the page and the realm; have the calls of a series follow one another. */
function stand(page: MessagePort, realm: MessagePort): void {
  let asked: Ask | null = null;
  let following: readonly Ask[] = [];
  /** Whether a new series waits for the last answer of the one before it, whatever that is. */
  let isNew = false;

  const askNext = (): void => {
    asked = following[0] ?? null;
    following = following.slice(1);
    if (asked) realm.postMessage(asked.message);
  };
  page.onmessage = ({ data }: MessageEvent<PageMessage | Series>) => {
    if (data.kind !== "series") {
      return realm.postMessage(data, data.kind === "file" ? [data.bytes] : []);
    }
    following = data.asks;
    isNew = asked !== null;
    if (!isNew) askNext();
  };
  realm.onmessage = ({ data }: MessageEvent<RealmMessage | undefined>) => {
    page.postMessage(data);
    if (asked === null || !data || !("id" in data) || data.id !== asked.message.id) return;
    const text = data.kind === "answer" ? String(data.text) : "";
    const isRight = asked.expected !== null && isFloat(text, asked.expected);
    if (!isRight && !isNew) following = [];
    isNew = false;
    askNext();
  };
}

function begin({ source, data }: MessageEvent<FrameMessage>): void {
  if (source !== parent) return; // extensions, and pages around, talk to every frame there is
  removeEventListener("message", begin);
  const { port1, port2 } = new MessageChannel();
  const start = { role: data.start.role, port: port2 };
  stand(data.start.port, port1);
  address(scriptBlob(data.script))
    .then((url) => spawn(url, start, report))
    .catch((problem: unknown) => report(String(problem)));
}

addEventListener("message", begin);
