/** A part of the page whose script comes when it is first wanted. */
import { element, takeFocus } from "./element";
import { fetchScript, type LateName } from "./late-script";
import { LATE_PART } from "./words";

interface LatePartOptions<Create, Made> {
  readonly name: LateName;
  readonly nonce: string;
  /** Said until the script is here. */
  readonly coming: string;
  /** Where the part stands. */
  box(): HTMLElement;
  /** Makes the part of what its script hands over. */
  make(create: Create): Made;
  /** Says in words why the script did not come. */
  explain(cause: unknown): string;
  /** Somebody wants the part, or tries once more to have it. */
  onWanted?(): void;
}

export class LatePart<Create, Made> {
  #coming: Promise<void> | null = null;
  #made: Made | null = null;
  /** What is to be done with the part once it is here. */
  #waiting: ((made: Made) => void) | null = null;

  constructor(
    private readonly page: Document,
    private readonly options: LatePartOptions<Create, Made>,
  ) {}

  /** The part, if it is here. */
  get made(): Made | null {
    return this.#made;
  }

  /** Have the part here; what is given is done with it then, in place of what waits for it. */
  want(act: ((made: Made) => void) | null = null): void {
    this.#waiting = act ?? this.#waiting;
    this.options.onWanted?.();
    this.#coming ??= this.#fetch();
    void this.#coming.then(() => {
      if (this.#made === null) return;
      this.#waiting?.(this.#made);
      this.#waiting = null;
    });
  }

  async #fetch(): Promise<void> {
    const { name, nonce, coming, make } = this.options;
    const { activeElement } = this.page;
    const box = this.options.box();
    // The button for another try goes, and would drop the focus.
    if (box.contains(activeElement)) takeFocus(box);
    box.replaceChildren(element("p", "", coming));
    try {
      this.#made = make(await fetchScript<Create>(this.page, name, nonce));
    } catch (problem) {
      this.#coming = null;
      box.replaceChildren(this.#failure(problem));
    }
  }

  #failure(problem: unknown): HTMLElement {
    const box = element("div", "notice");
    const again = element("button", "", LATE_PART.retry);
    again.type = "button";
    again.addEventListener("click", () => this.want());
    const what = element("p", "notice-what", this.options.explain(problem));
    box.append(what, element("p", "", LATE_PART.renewed), again);
    return box;
  }
}
