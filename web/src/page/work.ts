/**
 * The learner's work: what is saved when, what other tabs have saved meanwhile, and what can be
 * brought back. No text that anybody wrote is ever in memory alone, as far as the browser stores.
 */
import type { Report } from "../shared/report";
import type { Back, DraftNote, Edition } from "./draft";
import type { Editor } from "./editor-slot";
import { Formers } from "./formers";
import type { Kept } from "./kept";
import type { NoticeKind, Notices } from "./notices";
import { newestElsewhere, type OtherDraft, placelessKey } from "./other-drafts";
import { NOTICES } from "./words";

const HOUR_MS = 3_600_000;

/** What the work is on. */
interface Task {
  readonly slug: string;
  readonly starter: string;
  readonly edition: Edition;
}

/** Where the work shows. */
interface Desk {
  readonly editor: Pick<Editor, "text" | "replace" | "follow" | "focus" | "whenComposed">;
  readonly notices: Notices;
  showUnsaved(unsaved: boolean): void;
  showStarter(): void;
}

export class Work {
  /** Whether the editor holds what the storage does not. */
  #isUnsaved = false;
  /** Whether the editor holds another tab's text, and nothing was written here since. */
  #isFollowing = false;
  /** What was here before another tab's text, as long as that is told. */
  #beforeFollowing: { readonly text: string; readonly isKept: boolean } | null = null;
  /** Whether code of another place is still to be offered. */
  #isOffering = false;
  /** Whether another tab's text could not be kept, and so is not replaced either. */
  #isBarred = false;
  /** Whether nothing is kept any more: the page is about to go. */
  #isClosed = false;
  readonly #formers: Formers;

  constructor(
    private readonly task: Task,
    private readonly kept: Kept,
    private readonly desk: Desk,
    private readonly now: () => number,
  ) {
    this.#formers = new Formers(kept);
  }

  /** Say what there is to say at the beginning of a visit. */
  open(): void {
    const { draft, store } = this.kept;
    const note = draft.note();
    this.desk.showUnsaved(!draft.exists && !store.takes(`${draft.key}:probe`));
    this.#isOffering = note?.offering ?? !draft.exists;
    if (this.#isOffering) this.#offerPlace(newestElsewhere(store, this.task.slug, draft.key));
    this.#formers.recall(note?.back ?? []);
    this.#offerBack();
    this.#offerOthers(NOTICES.savedElsewhere);
    if (draft.exists && note) this.#tellEdition(note.edition);
    this.#setPlacelessAside(placelessKey(this.task.slug));
  }

  /**
   * The editor's text has changed, by whomever.
   *
   * @param isKey - Whether it may have been a key: not with each is tried what just failed.
   */
  changed(text: string, isKey = true): void {
    const { draft } = this.kept;
    if (this.#isClosed) return;
    this.#withdraw(text);
    const other = draft.unseen();
    if (other === null && text === draft.text() && !this.#isUnsaved) return;
    this.#isFollowing = false;
    if (text === this.#beforeFollowing?.text) this.#endFollowing();
    this.#isUnsaved = !(this.#mayReplace(other, text, isKey) && this.#save(text));
    this.desk.showUnsaved(this.#isUnsaved);
  }

  /** See what other tabs have saved; whoever composes a word has it whole first. */
  look(): void {
    this.desk.editor.whenComposed(() => this.#look());
  }

  #look(): void {
    const other = this.kept.draft.unseen();
    if (other === null || this.#isClosed) return;
    if (this.#isUnsaved) this.changed(this.desk.editor.text());
    else this.#follow(other);
  }

  /** What could not be saved is tried once more. */
  settle(): void {
    if (this.#isUnsaved) this.changed(this.desk.editor.text(), false);
  }

  /** A run is about to begin: of what is newest, and saved whatever comes of it. */
  beforeRun(): void {
    this.look();
    if (this.kept.draft.isEmptied()) this.#isUnsaved = true;
    this.settle();
  }

  /** A run has come to its end. */
  ran(source: string, { outcome, passed, total }: Report): void {
    if (this.#isClosed) return;
    this.kept.history.keepRun(source, { outcome, passed, total });
    this.kept.runs.add({ outcome, passed, total });
  }

  /** Put the starter in place of the learner's code. */
  reset(): void {
    this.#replace(this.task.starter, "reset");
  }

  /** Put another text in place of the learner's code, which can be had back, to its last word. */
  bring(text: string): void {
    this.desk.editor.whenComposed(() => this.#replace(text, "replaced"));
  }

  /** Keep nothing from here on. */
  close(): void {
    this.#isClosed = true;
  }

  /** Keep all again, and first what is in the editor now. */
  reopen(): void {
    this.#isClosed = false;
    this.#isUnsaved = true;
    this.settle();
  }

  #save(text: string): boolean {
    const { draft } = this.kept;
    const note = this.#note();
    const hour = this.#keepHour(note.hour) ? this.now() : note.hour;
    const isSaved = draft.save(text);
    if (isSaved) draft.writeNote({ ...note, at: this.now(), hour });
    return isSaved;
  }

  /** The note beside the draft, or the one with which a draft begins. */
  #note(): DraftNote {
    const { draft } = this.kept;
    const { edition } = this.task;
    const now = this.now();
    const nothing = { offering: this.#isOffering, back: [], other: [] };
    const fresh = { at: now, hour: now, edition, ...nothing };
    return { ...fresh, ...draft.note(), ...(draft.exists ? {} : { edition }) };
  }

  #amendNote(change: Partial<DraftNote>): void {
    this.kept.draft.writeNote({ ...this.#note(), ...change });
  }

  /** Keep what was saved before an hour of work ends; false where the hour goes on. */
  #keepHour(since: number): boolean {
    const { draft, history } = this.kept;
    const passed = this.now() - since; // less than nothing where the clock was set back
    if (passed >= 0 && passed < HOUR_MS) return false;
    if (draft.exists) history.keep(draft.text(), "hour");
    return true;
  }

  // -------------------------------------------------------------- other tabs, and other places

  /** Show what another tab has saved in place of what is here. */
  #follow(other: string): void {
    const { draft, history } = this.kept;
    const { editor } = this.desk;
    const before = editor.text();
    draft.look();
    if (before === other) return;
    const { starter } = this.task;
    // One after another, texts of the other tab only grow; that it went back is worth a word again,
    // but where what was here is still on offer and is nowhere else.
    const isLast = this.#isFollowing && this.#beforeFollowing?.isKept === false;
    const isFirst = !this.#isFollowing || (other === starter && !isLast);
    const isKept = !isFirst || before === starter || history.keep(before, "replaced") !== null;
    editor.follow(other);
    this.#isFollowing = true;
    if (isFirst) this.#offerFormer(before, isKept);
  }

  #offerFormer(text: string, isKept: boolean): void {
    const end = (): void => this.#endFollowing();
    const put = (): void => {
      this.#replace(text, "replaced");
      end();
    };
    const said = isKept ? NOTICES.followed : NOTICES.followedUnkept;
    const isWorth = text !== this.task.starter;
    this.#show("elsewhere", said, isWorth ? [[NOTICES.showFormer, put]] : [], end);
    this.#beforeFollowing = { text, isKept };
  }

  /** What was here is back, or is not wanted: tell what else there is. */
  #endFollowing(): void {
    if (this.#beforeFollowing === null) return;
    this.#beforeFollowing = null;
    this.desk.notices.hide("elsewhere");
    this.#offerOthers(NOTICES.savedElsewhere);
  }

  #mayReplace(other: string | null, text: string, isKey: boolean): boolean {
    if (other !== null && other !== text) {
      if (this.#isBarred && isKey) return false;
      const wasBarred = this.#isBarred;
      this.#isBarred = !this.#setAside(other);
      if (this.#isBarred && !wasBarred) this.#tellBarred(other);
      return !this.#isBarred;
    }
    if (this.#isBarred) this.desk.notices.hide("elsewhere");
    this.#isBarred = false;
    return true;
  }

  /** Keep what another tab has saved before the text of this one takes its place. */
  #setAside(other: string): boolean {
    const { draft, history } = this.kept;
    if (other === this.task.starter) {
      draft.look();
      this.#offer(NOTICES.openElsewhere, () => other);
      return true;
    }
    const entry = history.keep(other, "replaced");
    if (entry === null) return false;
    draft.look();
    const others = (this.kept.draft.note()?.other ?? []).filter((at) => at !== entry.at);
    this.#amendNote({ other: [...others, entry.at] });
    const more = others.length > 0 ? NOTICES.moreOthers : "";
    this.#offer(NOTICES.openElsewhere + more, () => other, entry.at);
    return true;
  }

  /** Say once what stands in the way: the notice stays while both tabs write on. */
  #tellBarred(other: string): void {
    this.#offer(NOTICES.openElsewhereUnsaved, () => this.kept.draft.unseen() ?? other);
  }

  /** Offer what other tabs have saved and the history still has, the newest first. */
  #offerOthers(said: string): void {
    const { draft, history } = this.kept;
    const entries = (draft.note()?.other ?? []).map((at) => history.find(at));
    const here = this.desk.editor.text();
    const others = entries.filter((entry) => entry !== null && entry.text !== here);
    const entry = others.at(-1);
    const more = others.length > 1 ? NOTICES.moreOthers : "";
    if (entry) this.#offer(said + more, () => entry.text, entry.at);
  }

  /** @param at - When the history kept it, if it did. */
  #offer(said: string, other: () => string, at?: number): void {
    const put = (): void => {
      const text = other();
      this.#amendNote({ other: this.#note().other.filter((each) => each !== at) });
      this.#replace(text, "replaced");
      this.#offerOthers(NOTICES.savedElsewhere);
    };
    const forget = (): void => {
      if (at !== undefined) this.#amendNote({ other: [] });
    };
    this.#beforeFollowing = null;
    this.#show("elsewhere", said, [[NOTICES.showOther, put]], forget);
  }

  /** A page of the time before places may still save where it always did. */
  #setPlacelessAside(key: string): void {
    const { draft, store } = this.kept;
    const other = draft.key === key ? null : store.read(key);
    if (other === null || (other !== draft.text() && !this.#setAside(other))) return;
    store.remove(key);
  }

  #offerPlace(other: OtherDraft | null): void {
    const close = (): void => {
      this.#isOffering = false;
      this.#amendNote({ offering: false });
    };
    if (other === null || other.text === this.kept.draft.text()) {
      this.#isOffering = false;
      return;
    }
    const use = (): void => {
      close();
      this.#replace(other.text, "replaced");
      if (other.note) this.#tellEdition(other.note.edition);
    };
    const dismiss = (): void => {
      close();
      this.kept.history.keep(other.text, "replaced");
    };
    const said = NOTICES.otherPlace(other.place, other.note?.at ?? null);
    this.#show("place", said, [[NOTICES.useHere, use]], dismiss);
  }

  #tellEdition({ starter, tests }: Edition): void {
    const { edition } = this.task;
    const isNewStarter = starter !== edition.starter;
    if (!isNewStarter && tests === edition.tests) return;
    this.#amendNote({ edition });
    const see = (): void => this.desk.showStarter();
    if (isNewStarter) this.#show("edition", NOTICES.newStarter, [[NOTICES.seeStarter, see]]);
    else this.#show("edition", NOTICES.newTests, []);
  }

  // ----------------------------------------------------------------------- bringing texts back

  /** Put a text into the editor because the learner said so; what was there can be had back. */
  #replace(text: string, reason: Back["reason"], isUndone = false): void {
    const { editor } = this.desk;
    const before = editor.text();
    editor.focus();
    if (before === text && !isUndone) return;
    const isWorth = before !== this.task.starter && before !== text;
    const keep = () => (isWorth ? this.kept.history.keep(before, reason) : null);
    const entry = keep();
    if (before !== text) editor.replace(text);
    // What has gone from a full storage may have made the room.
    const at = (entry ?? keep())?.at;
    const former = { text: before, back: at === undefined ? null : { at, reason } };
    const { newest } = this.#formers;
    this.#formers.replaced(isWorth ? former : null, text, isUndone);
    if (newest === this.#formers.newest && !isUndone) return;
    this.#noteBacks();
    this.#offerBack();
  }

  /** What the editor holds again, by its own undo for one, is not offered any more. */
  #withdraw(text: string): void {
    if (!this.#formers.cameBack(text)) return;
    this.#noteBacks();
    this.#offerBack();
  }

  #noteBacks(): void {
    this.#amendNote({ back: this.#formers.noted(this.#note().back) });
  }

  #offerBack(): void {
    const { newest, count } = this.#formers;
    if (newest === null) {
      this.desk.notices.hide("back");
      return;
    }
    const said = newest.back === null ? NOTICES.unkept : NOTICES[newest.back.reason];
    const undo = (): void => this.#replace(newest.text, "replaced", true);
    const forget = (): void => {
      this.#formers.forgetAll();
      this.#noteBacks();
    };
    this.#show("back", said + (count > 1 ? NOTICES.undoAgain : ""), [[NOTICES.undo, undo]], forget);
  }

  #show(
    kind: NoticeKind,
    text: string,
    actions: readonly (readonly [label: string, act: () => void])[],
    onDismiss: () => void = () => {},
  ): void {
    const { notices } = this.desk;
    const answering = (act: () => void) => () => {
      notices.hide(kind);
      act();
    };
    const answers = actions.map(([label, act]) => ({ label, act: answering(act) }));
    notices.show(kind, { text, actions: answers, onDismiss });
  }
}
