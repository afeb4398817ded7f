/** The one way in which a run asks a realm: within its time, and with the library where it is wanted. */
import type { RealmFunction } from "../shared/messages";
import { AssetError } from "../shared/problem";
import { type Clock, TooLate } from "./clock";
import { type Answer, type Answered, LIBRARY_WANTED, type Realm, RealmLost } from "./realm";
import { NoPython, type RunObserver } from "./run";

export interface Question {
  readonly name: RealmFunction;
  readonly argument: string;
  /** How long each answer may take. */
  readonly seconds: number;
  /** Whether all of it is also on the run's time, as whatever the submission does is. */
  readonly isOfRun?: boolean;
  /** False for what is asked although the learner has stopped the run. */
  readonly stoppable?: boolean;
  /** The answer to come, where the question has been put already. */
  readonly answer?: Promise<Answer>;
  /** What the realm has been asked before, where that has to be done again after a change. */
  readonly history?: readonly (readonly [RealmFunction, string])[];
  /** Hears that the question has to be put again. */
  onAgain?(): void;
  /** Hears what the realm sends before its answer. */
  onPiece?(text: string): void;
}

/** What becomes of a question beside the runs, as plain data: late scripts know no class of the page's. */
export type OwnAnswer =
  | { readonly kind: "answer"; readonly text: string }
  | { readonly kind: "stopped" }
  /** It was interrupted: it may have said where. */
  | { readonly kind: "late"; readonly text: string }
  /** Its Python broke, or was taken out of the page. */
  | { readonly kind: "broken" }
  /** It did not come up. */
  | { readonly kind: "unavailable"; readonly cause: unknown };

/**
 * Whoever is interrupted has so many seconds to say where; then the realm is ended. It takes 20 to 130
 * ms, beside six busy loops too, and 250 more where it was in one long operation; a machine that others
 * share has kept a thread waiting for a second.
 */
export const GRACE_SECONDS = 2;

export class Questioner {
  constructor(
    readonly clock: Clock,
    readonly observer: Pick<RunObserver, "phase">,
  ) {}

  /** Put a question and return the answer; if it takes the library, that is downloaded on nobody's time. */
  async ask(realm: Realm, question: Question): Promise<Answered> {
    const answer = await this.#heard(question, question.answer ?? this.#put(realm, question));
    if (answer !== LIBRARY_WANTED) return answer;
    question.onAgain?.();
    await this.#bringLibrary(realm, question);
    const again = await this.#heard(question, this.#put(realm, question));
    if (again === LIBRARY_WANTED) throw new RealmLost("the realm wants its library twice");
    return again;
  }

  /** Have the realm take up its library, and do again what it had done: code of the learner's runs. */
  async #bringLibrary(realm: Realm, question: Question): Promise<void> {
    const { seconds, history = [] } = question;
    this.observer.phase("warming");
    try {
      await this.#download(realm, question);
      // To take up a library is no call: where there is a run, it may take what is left of that.
      const most = question.isOfRun ? Infinity : seconds;
      await this.#within(most, realm.attach(), question);
    } catch (problem) {
      throw problem instanceof AssetError ? new NoPython(problem) : problem;
    }
    // What the submission did before it asked for more has to be as if it had never been.
    for (const before of history) await this.#heard(question, this.#put(realm, question, before));
    this.observer.phase("testing");
  }

  /** Ask the realm; where that is of the run it is the learner's code, to be interrupted in time. */
  #put(
    realm: Realm,
    { name, argument, seconds, isOfRun, onPiece }: Question,
    asked: readonly [RealmFunction, string] = [name, argument],
  ): Promise<Answer> {
    const deadline = isOfRun ? Math.min(seconds, this.clock.secondsLeft) : undefined;
    return realm.ask(...asked, deadline, onPiece);
  }

  /** Wait for an answer; one that comes after its time says but where the code was then. */
  async #heard(question: Question, asked: Promise<Answer>): Promise<Answer> {
    const { seconds, isOfRun } = question;
    const limit = isOfRun && this.clock.secondsLeft < seconds ? "run" : "own";
    const answer = await this.#within(seconds, asked, question);
    if (answer !== LIBRARY_WANTED && answer.isLate) throw new TooLate(limit, answer.text);
    return answer;
  }

  #download(realm: Realm, { stoppable = true }: Question): Promise<void> {
    return this.clock.uncounted(() => this.clock.within(Infinity, realm.fetchLibrary(), stoppable));
  }

  #within<T>(seconds: number, answer: Promise<T>, question: Question): Promise<T> {
    const { isOfRun = false, stoppable = true } = question;
    return isOfRun
      ? this.clock.withinRun(seconds, answer, stoppable, GRACE_SECONDS)
      : this.clock.within(seconds, answer, stoppable);
  }
}
