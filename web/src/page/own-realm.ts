/** A candidate beside those of the runs: started when it is first wanted, ended when nobody uses it. */
import { Clock } from "../driver/clock";
import { type Question, Questioner } from "../driver/question";
import type { Answered } from "../driver/realm";
import type { RealmSlot } from "./realm-slot";

/** What can be asked of it; all of it is code of the learner's, and on the clock. */
export type OwnQuestion = Pick<Question, "name" | "argument" | "seconds" | "onPiece" | "onAgain">;

export class OwnRealm {
  #slot: RealmSlot | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsked = false;

  /**
   * @param open - Opens a candidate of its own.
   * @param idleMs - How long it stays when nobody asks it anything.
   * @param onIdle - Hears that it was ended for that.
   */
  constructor(
    private readonly open: () => RealmSlot,
    private readonly idleMs: number,
    private readonly onIdle: () => void = () => {},
  ) {}

  /** Whether there is one, or one on its way. */
  get isThere(): boolean {
    return this.#slot !== null && !this.#slot.isSpent;
  }

  /** Have one come up, if there is none. */
  start(): RealmSlot {
    if (this.#slot === null || this.#slot.isSpent) this.#slot = this.open();
    this.#wait();
    return this.#slot;
  }

  /**
   * Ask it, on the clock from when it is up. Whatever it does not answer in time, or breaks over, or
   * is stopped in, ends it: rejects with `Stopped`, `TooLate`, `RealmLost`, or why there is no Python.
   */
  async ask(question: OwnQuestion, stop: AbortSignal): Promise<Answered> {
    this.#isAsked = true;
    const clock = new Clock(stop);
    try {
      const slot = this.start();
      await clock.within(Infinity, slot.ready);
      clock.start(question.seconds);
      const questioner = new Questioner(clock, { phase: () => {} });
      return await questioner.ask(slot.realm, { ...question, isOfRun: true });
    } catch (problem) {
      this.end();
      throw problem;
    } finally {
      this.#isAsked = false;
      this.#wait();
    }
  }

  /** End it at once, whatever it does. */
  end(): void {
    clearTimeout(this.#timer);
    this.#slot?.end();
    this.#slot = null;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#slot === null || this.#isAsked) return;
    this.#timer = setTimeout(() => {
      this.end();
      this.onIdle();
    }, this.idleMs);
  }
}
