/**
 * Stands between a driver and a candidate's worker, in a thread that the learner's code cannot reach.
 * So it can hold what the reference answers and have calls of a lookahead follow one another here, in
 * one process, in place of a way to the driver and back for each.
 */
import { isSame } from "../shared/lookahead";
import type {
  Ask,
  AskMessage,
  DriverMessage,
  FilesMessage,
  RealmMessage,
  Series,
} from "../shared/messages";
import { Outbox } from "./outbox";

/** Carry messages between the driver and the realm; have the calls of a series follow one another. */
export function relay(driver: MessagePort, realm: MessagePort): void {
  let asked: Ask | null = null;
  let following: readonly Ask[] = [];
  /** When the run's time is up, by this thread's clock: a submission's own may be anything. */
  let ends = Infinity;
  /** Whether a new series waits for the last answer of the one before it, whatever that is. */
  let isNew = false;
  const outbox = new Outbox(driver);

  const askNext = (): void => {
    asked = following[0] ?? null;
    following = following.slice(1);
    if (asked) realm.postMessage(inTime(asked.message, ends));
  };
  driver.onmessage = ({ data }: MessageEvent<DriverMessage | FilesMessage | Series>) => {
    if (data.kind !== "series") return realm.postMessage(data, givenWith(data));
    following = data.asks;
    ends = performance.now() + data.secondsLeft * 1000;
    isNew = asked !== null;
    if (!isNew) askNext();
  };
  realm.onmessage = ({ data }: MessageEvent<RealmMessage | null>) => {
    if (asked === null || !isAnswerTo(asked, data)) return outbox.now(data);
    const { expected, isAwaited } = asked;
    const brief = data.kind === "answer" ? data.brief : null;
    const isRight = expected !== null && isSame(brief, expected);
    if (!isRight && !isNew) following = [];
    isNew = false;
    const isLast = following.length === 0;
    askNext(); // first of all: the driver can wait, the candidate would
    if (isRight && !isAwaited && !isLast) outbox.soon(data);
    else outbox.now(data);
  };
}

/** What a message gives away. */
function givenWith(message: DriverMessage | FilesMessage): Transferable[] {
  return message.kind === "files" ? [...message.ports] : [];
}

/** Whether a message, which a submission can have sent, answers what was asked. */
function isAnswerTo(asked: Ask, message: RealmMessage | null): message is RealmMessage {
  if (typeof message !== "object" || message === null || !("id" in message)) return false;
  return message.id === asked.message.id && message.kind !== "piece"; // no series wants pieces
}

/** Have a call interrupted when its own time is up, or the run's if that is sooner. */
function inTime(message: AskMessage, ends: number): AskMessage {
  const left = Math.max(0, (ends - performance.now()) / 1000);
  return { ...message, seconds: Math.min(message.seconds ?? Infinity, left) };
}
