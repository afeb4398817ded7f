/** What the menu's buttons do, as the page knows it: their script comes when the menu first opens. */
import type { Problem } from "../shared/problem";
import { watchDrops } from "./dropped";
import type { Editor } from "./editor-slot";
import type { Kept } from "./kept";
import { fetchScript } from "./late-script";
import type { Notices } from "./notices";
import type { Preferences } from "./settings";
import { isTypedInto } from "./shortcuts";
import { LATE_PART } from "./words";
import type { Work } from "./work";

/** What links with code name beside the exercise, and whether there are any. */
export interface Sharing {
  readonly isOn: boolean;
  readonly build: string;
  readonly tests: string;
}

export interface DialogsOptions {
  readonly nonce: string;
  readonly slug: string;
  readonly place: string;
  readonly kept: Kept;
  readonly work: Pick<Work, "bring" | "close" | "reopen">;
  readonly editor: Pick<Editor, "text" | "respace">;
  readonly preferences: Preferences;
  readonly sharing: Sharing;
  readonly notices: Notices;
}

/** What each button does, by its `data-act`; a file that is here already need not be chosen. */
export type Acts = Readonly<Record<string, (file?: File) => void>>;

export type CreateActs = (options: DialogsOptions) => Acts;

/** What was asked for last takes the place of all that is open; what a link brought stays below it. */
const FORMER = "dialog:modal:not(#shared-dialog)";
/** Dialogs that need no script of their own: who has opened one meanwhile has gone on. */
const QUESTIONS = "dialog:modal:not(.menu-dialog)";

export class Dialogs {
  #acts: Acts | null = null;

  constructor(
    private readonly page: Document,
    private readonly options: DialogsOptions,
    private readonly describe: (cause: unknown) => Problem,
  ) {
    watchDrops(page, (file) => void this.act("open-file", file));
  }

  /** Have the script here soon: some of what it does has to follow a click at once. */
  want(): void {
    this.#get().catch(() => {}); // said when it is needed
  }

  async act(name: string, file?: File): Promise<void> {
    const { activeElement: before } = this.page;
    const wasAsked = this.#isAsked();
    try {
      const acts = this.#acts ?? (await this.#get());
      this.options.notices.hide("menu");
      const now = this.page.activeElement;
      const act = (): void => acts[name]?.(file);
      // Who has gone on meanwhile, and types or is asked something, is not interrupted.
      const hasGoneOn = (now !== before && isTypedInto(now)) || (!wasAsked && this.#isAsked());
      if (hasGoneOn) this.#offer(LATE_PART.here, LATE_PART.goOn, act);
      else {
        if (!file) this.#closeFormer();
        act();
      }
    } catch (cause) {
      const { what, remedy } = this.describe(cause);
      this.#offer(`${what} ${remedy}`, LATE_PART.retry, () => void this.act(name, file));
    }
  }

  #isAsked(): boolean {
    return this.page.querySelector(QUESTIONS) !== null;
  }

  /** The last first: each gives the focus back to the one below it. */
  #closeFormer(): void {
    const open = [...this.page.querySelectorAll<HTMLDialogElement>(FORMER)];
    for (const dialog of open.reverse()) dialog.close();
  }

  async #get(): Promise<Acts> {
    const create = await fetchScript<CreateActs>(this.page, "dialogs", this.options.nonce);
    this.#acts ??= create(this.options);
    return this.#acts;
  }

  #offer(text: string, label: string, act: () => void): void {
    const { notices } = this.options;
    const chosen = (): void => {
      notices.hide("menu");
      act();
    };
    notices.show("menu", { text, actions: [{ label, act: chosen }], onDismiss: () => {} });
  }
}
