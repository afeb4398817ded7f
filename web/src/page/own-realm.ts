/** A candidate beside those of the runs: started when it is first wanted, ended when nobody uses it. */
import { Clock, Stopped, TooLate } from "../driver/clock";
import { type OwnAnswer, type Question, Questioner } from "../driver/question";
import { RealmLost } from "../driver/realm";
import type { RealmSlot } from "./realm-slot";

/** What can be asked of it; all of it is code of the learner's, and on the clock. */
export type OwnQuestion = Pick<
  Question,
  "name" | "argument" | "seconds" | "history" | "onPiece" | "onAgain"
>;

/** One that nobody has used goes after so long, where another would do as well. */
export const IDLE_MS = 10 * 60_000;
/** The one that nobody has asked for goes sooner. */
export const CHECKING_IDLE_MS = 3 * 60_000;

/** Why it is gone while nobody asked it anything: its memory was given back, or it was taken away. */
export type Released = "spared" | "lost";

interface OwnRealmOptions {
  /** Opens a candidate of its own. */
  open(): RealmSlot;
  /** Until when nothing is opened: what the page needs comes first. */
  readonly mayOpen: Promise<unknown>;
  /** How long it stays when nobody asks it anything; Infinity where no time ends it. */
  readonly idleMs: number;
  /** Hears that it has gone while nobody asked it anything. */
  onGone(why: Released): void;
}

export class OwnRealm {
  #slot: RealmSlot | null = null;
  /** Settles when it has its library too: to take that up is on no code's clock. */
  #ready: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How many questions are open. */
  #asked = 0;
  /** Whether it is to come up without one. */
  #isStarted = false;

  constructor(private readonly options: OwnRealmOptions) {}

  /** Whether there is one, or one on its way. */
  get isThere(): boolean {
    return this.#slot !== null;
  }

  /** Have one come up, if there is none; whoever asks it hears why it does not. */
  start(): void {
    this.#isStarted = true;
    this.#slotted().catch(() => {});
  }

  async #slotted(): Promise<RealmSlot> {
    await this.options.mayOpen;
    if (!this.#isStarted && this.#asked === 0) throw new Stopped();
    this.#slot ??= this.#open();
    this.#wait();
    return this.#slot;
  }

  /** Ask it, on the clock from when it is up; all but an answer ends it. */
  async ask(question: OwnQuestion, stop: AbortSignal): Promise<OwnAnswer> {
    this.#asked++;
    const said = await this.#answer(question, new Clock(stop));
    this.#asked--;
    if (said.kind === "answer") this.#wait();
    else this.end();
    return said;
  }

  /** Memory is scarce: whatever it holds, it goes, unless it is on its way or answers. */
  giveRoom(): void {
    if (this.#slot?.wasUp && this.#asked === 0) this.#spare();
  }

  /** End it at once, whatever it does. */
  end(): void {
    this.#isStarted = false;
    clearTimeout(this.#timer);
    const slot = this.#slot;
    this.#slot = null;
    slot?.end();
  }

  async #answer(question: OwnQuestion, clock: Clock): Promise<OwnAnswer> {
    let slot: RealmSlot;
    try {
      slot = await clock.within(Infinity, this.#slotted());
      await clock.within(Infinity, this.#ready);
    } catch (cause) {
      return cause instanceof Stopped ? { kind: "stopped" } : { kind: "unavailable", cause };
    }
    try {
      clock.start(question.seconds);
      const questioner = new Questioner(clock, { phase: () => {} });
      const { text } = await questioner.ask(slot.realm, { ...question, isOfRun: true });
      return { kind: "answer", text };
    } catch (problem) {
      return ending(problem);
    }
  }

  #open(): RealmSlot {
    const slot = this.options.open();
    this.#ready = attached(slot);
    this.#ready.catch(() => {}); // whoever asks it hears of that
    void slot.spent.then(() => {
      if (slot !== this.#slot || this.#asked > 0) return;
      this.end();
      this.options.onGone("lost");
    });
    return slot;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const { idleMs } = this.options;
    if (this.#slot === null || this.#asked > 0 || idleMs === Infinity) return;
    this.#timer = setTimeout(() => this.#spare(), idleMs);
  }

  #spare(): void {
    this.end();
    this.options.onGone("spared");
  }
}

async function attached(slot: RealmSlot): Promise<void> {
  await slot.ready;
  await slot.realm.fetchLibrary();
  await slot.realm.attach();
}

function ending(problem: unknown): OwnAnswer {
  if (problem instanceof Stopped) return { kind: "stopped" };
  if (problem instanceof TooLate) return { kind: "late", text: problem.said ?? "" };
  if (problem instanceof RealmLost) return { kind: "broken" };
  return { kind: "unavailable", cause: problem };
}
