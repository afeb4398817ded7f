/** The one way in which a run asks a realm: within its time, and with the library where it is wanted. */
import type { RealmFunction } from "../shared/messages";
import { AssetError } from "../shared/problem";
import type { Clock } from "./clock";
import { type Answer, type Answered, LIBRARY_WANTED, type Realm, RealmLost } from "./realm";
import { NoPython, type RunObserver } from "./run";

export interface Question {
  readonly name: RealmFunction;
  readonly argument: string;
  readonly seconds: number;
  /** False for what is asked although the learner has stopped the run. */
  readonly stoppable?: boolean;
  /** The answer to come, where the question has been put already. */
  readonly answer?: Promise<Answer>;
  /** What the realm has been asked before, where that has to be done again after a change. */
  readonly history?: readonly (readonly [RealmFunction, string])[];
  /** Hears that the question has to be put again. */
  onAgain?(): void;
}

export class Questioner {
  constructor(
    readonly clock: Clock,
    readonly observer: RunObserver,
  ) {}

  /** Put a question and return the answer; if it takes the library, that comes on nobody's time. */
  async ask(realm: Realm, question: Question): Promise<Answered> {
    const { name, argument, seconds, stoppable = true } = question;
    const asked = question.answer ?? realm.ask(name, argument);
    const answer = await this.clock.within(seconds, asked, stoppable);
    if (answer !== LIBRARY_WANTED) return answer;
    question.onAgain?.();
    await this.clock.uncounted(() => this.#bringLibrary(realm, question));
    const again = await this.clock.within(seconds, realm.ask(name, argument), stoppable);
    if (again === LIBRARY_WANTED) throw new RealmLost("the realm wants its library twice");
    return again;
  }

  async #bringLibrary(realm: Realm, question: Question): Promise<void> {
    const { seconds, stoppable = true, history = [] } = question;
    this.observer.phase("warming");
    try {
      await this.clock.within(Infinity, realm.attach(), stoppable);
    } catch (problem) {
      throw problem instanceof AssetError ? new NoPython(problem) : problem;
    }
    // What the submission did before it asked for more has to be as if it had never been.
    for (const before of history) {
      await this.clock.within(seconds, realm.ask(...before), stoppable);
    }
    this.observer.phase("testing");
  }
}
