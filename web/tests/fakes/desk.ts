/** A tab of a browser: its editor, its notices, and the storage that it shares with other tabs. */
import type { TestContext } from "node:test";
import type { Edition } from "../../src/page/draft";
import { type Kept, openKept } from "../../src/page/kept";
import type { Notice, NoticeKind } from "../../src/page/notices";
import { Work } from "../../src/page/work";
import { keptAt } from "../../src/shared/place";
import { replaceGlobals } from "./globals";
import type { FakeStorage } from "./storage";

export const STARTER = "def add(a, b): ...\n";
export const EDITION: Edition = { starter: "starter 1", tests: "tests 1" };

/** What a visit may differ in. */
export interface Visit {
  readonly slug: string;
  readonly place: string;
  readonly starter: string;
  readonly edition: Edition;
}

const USUAL: Visit = { slug: "sums", place: "/sums/", starter: STARTER, edition: EDITION };

export const draftKey = (place: string = USUAL.place, slug: string = USUAL.slug): string =>
  `${keptAt(slug, place)}draft`;

export class FakeTab {
  readonly kept: Kept;
  readonly work: Work;
  readonly notices = new Map<NoticeKind, Notice>();
  /** How often each notice was put up. */
  readonly told: NoticeKind[] = [];
  /** What undo would bring back, step by step. */
  readonly steps: string[] = [];
  isUnsaved = false;
  /** Whether a word is being composed. */
  isComposing = false;
  #composed: (() => void) | null = null;
  #text: string;

  constructor(visit: Visit, clock: Clock) {
    const { slug, place, starter, edition } = visit;
    this.kept = openKept({ slug, starter }, place, clock.now);
    this.#text = this.kept.draft.text();
    const desk = {
      editor: {
        text: () => this.#text,
        replace: (text: string) => this.#put(text),
        follow: (text: string) => this.#put(text),
        whenComposed: (act: () => void) => {
          if (this.isComposing) this.#composed = act;
          else act();
        },
        focus: () => {},
      },
      notices: {
        show: (kind: NoticeKind, notice: Notice) => {
          this.notices.set(kind, notice);
          this.told.push(kind);
        },
        hide: (kind: NoticeKind) => void this.notices.delete(kind),
      },
      showUnsaved: (unsaved: boolean) => {
        this.isUnsaved = unsaved;
      },
      showStarter: () => {},
    };
    this.work = new Work({ slug, starter, edition }, this.kept, desk, clock.now);
    this.work.open();
  }

  get text(): string {
    return this.#text;
  }

  get history(): readonly string[] {
    return this.kept.history.entries().map((entry) => entry.text);
  }

  /** Put another text into the editor as the learner does. */
  type(text: string): void {
    this.#put(text);
  }

  /** Take the last step back as the editor's own undo does. */
  undo(): void {
    this.#put(this.steps.at(-1) ?? this.#text);
  }

  /** End the word that is being composed. */
  endWord(): void {
    this.isComposing = false;
    this.#composed?.();
    this.#composed = null;
  }

  /** What a notice says, or nothing. */
  said(kind: NoticeKind): string {
    return this.notices.get(kind)?.text ?? "";
  }

  /** Press the button of a notice. */
  answer(kind: NoticeKind): void {
    this.notices.get(kind)?.actions[0]?.act();
  }

  dismiss(kind: NoticeKind): void {
    const notice = this.notices.get(kind);
    this.notices.delete(kind);
    notice?.onDismiss();
  }

  #put(text: string): void {
    this.steps.push(this.#text);
    this.#text = text;
    this.work.changed(text);
  }
}

interface Clock {
  now(): number;
}

/** A browser in which tabs are opened; its clock goes on when it is told to. */
export class FakeBrowser {
  time = Date.UTC(2026, 0, 1);

  constructor(
    t: TestContext,
    readonly storage: FakeStorage,
  ) {
    replaceGlobals(t, { window: { localStorage: storage } });
  }

  open(visit: Partial<Visit> = {}): FakeTab {
    return new FakeTab({ ...USUAL, ...visit }, { now: () => this.time });
  }

  pass(hours: number): void {
    this.time += hours * 3_600_000;
  }
}
