/** Texts that were in the editor and can be had back by a notice, one after another. */
import type { Back } from "./draft";
import type { Kept } from "./kept";

export interface Former {
  readonly text: string;
  /** Where it is kept; null where it is in memory alone. */
  readonly back: Back | null;
}

export class Formers {
  /** The oldest first. */
  #formers: readonly Former[] = [];
  /** All that this tab ever knew of: what else a note has is another tab's. */
  readonly #known = new Set<number>();

  constructor(private readonly kept: Kept) {}

  /** What undo brings back next. */
  get newest(): Former | null {
    return this.#formers.at(-1) ?? null;
  }

  get count(): number {
    return this.#formers.length;
  }

  /** Take over what a note has of an earlier visit, as far as the history still has it. */
  recall(backs: readonly Back[]): void {
    const { draft, history } = this.kept;
    const formers = backs.map((back) => ({ back, text: history.find(back.at)?.text }));
    this.#formers = formers.filter((former) => former.text !== undefined) as readonly Former[];
    this.#forgetText(draft.text());
    for (const { at } of backs) this.#known.add(at);
  }

  /**
   * One text was put in place of another.
   *
   * @param former - What was there before; null where it was nothing that anybody wrote.
   * @param isUndone - Whether the text was one of these: then the former one is the last to come back.
   */
  replaced(former: Former | null, text: string, isUndone: boolean): void {
    this.#forgetText(text);
    if (former === null) return;
    this.#forgetText(former.text);
    if (former.back) this.#known.add(former.back.at);
    this.#formers = isUndone ? [former, ...this.#formers] : [...this.#formers, former];
  }

  /** The editor holds a text, by whatever way; true where it was one of these, which it then is no more. */
  cameBack(text: string): boolean {
    const { count } = this;
    this.#forgetText(text);
    return this.count < count;
  }

  forgetAll(): void {
    this.#formers = [];
  }

  /** What a note is to have of them, beside what other tabs have put there. */
  noted(backs: readonly Back[]): readonly Back[] {
    const others = backs.filter(({ at }) => !this.#known.has(at));
    return [...others, ...this.#formers.flatMap(({ back }) => back ?? [])];
  }

  #forgetText(text: string): void {
    this.#formers = this.#formers.filter((former) => former.text !== text);
  }
}
