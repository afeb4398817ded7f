/**
 * Stands between a driver and a candidate's worker, in a thread that the learner's code cannot reach.
 * So it can hold what the reference answers and have calls of a lookahead follow one another here, in
 * one process, in place of a way to the driver and back for each.
 */
import { isNumber } from "../shared/lookahead";
import type { Ask, AskMessage, DriverMessage, RealmMessage, Series } from "../shared/messages";

/** Carry messages between the driver and the realm; have the calls of a series follow one another. */
export function relay(driver: MessagePort, realm: MessagePort): void {
  let asked: Ask | null = null;
  let following: readonly Ask[] = [];
  /** When the run's time is up, by this thread's clock: a submission's own may be anything. */
  let ends = Infinity;
  /** Whether a new series waits for the last answer of the one before it, whatever that is. */
  let isNew = false;

  const askNext = (): void => {
    asked = following[0] ?? null;
    following = following.slice(1);
    if (asked) realm.postMessage(inTime(asked.message, ends));
  };
  driver.onmessage = ({ data }: MessageEvent<DriverMessage | Series>) => {
    if (data.kind !== "series") {
      return realm.postMessage(data, data.kind === "file" ? [data.bytes] : []);
    }
    following = data.asks;
    ends = performance.now() + data.secondsLeft * 1000;
    isNew = asked !== null;
    if (!isNew) askNext();
  };
  realm.onmessage = ({ data }: MessageEvent<RealmMessage | null>) => {
    driver.postMessage(data);
    // A submission can send anything, a bare text too.
    if (asked === null || typeof data !== "object" || !data || !("id" in data)) return;
    if (data.id !== asked.message.id || data.kind === "piece") return; // no series wants pieces
    const number = data.kind === "answer" ? data.number : null;
    const isRight = asked.expected !== null && isNumber(number, asked.expected);
    if (!isRight && !isNew) following = [];
    isNew = false;
    askNext();
  };
}

/** Have a call interrupted when its own time is up, or the run's if that is sooner. */
function inTime(message: AskMessage, ends: number): AskMessage {
  const left = Math.max(0, (ends - performance.now()) / 1000);
  return { ...message, seconds: Math.min(message.seconds ?? Infinity, left) };
}
