/** Quiet notices above the editor: said once, to be answered or dismissed whenever it suits. */
import { part } from "./view";
import { NOTICES } from "./words";

/** What a notice is about; a newer one takes the place of an older one of the same kind. */
export type NoticeKind = "elsewhere" | "back" | "edition" | "place" | "menu";

export interface Notice {
  readonly text: string;
  /** What can be done about it; whoever does it takes the notice away. */
  readonly actions: readonly NoticeAction[];
  onDismiss(): void;
}

interface NoticeAction {
  readonly label: string;
  act(): void;
}

export interface Notices {
  show(kind: NoticeKind, notice: Notice): void;
  hide(kind: NoticeKind): void;
}

export function createNotices(page: Document): Notices {
  const region = part(page, "notices", HTMLElement);
  const wroteIn = watchWriting(region, part(page, "editor", HTMLElement));
  const shown = new Map<NoticeKind, HTMLElement>();
  const hide = (kind: NoticeKind): void => {
    const element = shown.get(kind);
    shown.delete(kind);
    // A button that goes away drops the focus: hand it on, without a keyboard on a phone.
    const hadFocus = element?.contains(page.activeElement);
    element?.remove();
    const next = wroteIn() ?? part(page, "workspace", HTMLElement);
    if (hadFocus) next.focus({ preventScroll: true });
  };
  const show = (kind: NoticeKind, notice: Notice): void => {
    const fresh = build(page, kind, notice, () => hide(kind));
    const former = shown.get(kind);
    shown.set(kind, fresh);
    // Who was about to press a button of the former one is still.
    const focused = former?.contains(page.activeElement) ? page.activeElement?.id : undefined;
    if (former) former.replaceWith(fresh);
    else region.append(fresh);
    if (focused) page.getElementById(focused)?.focus({ preventScroll: true });
  };
  return { show, hide };
}

/** @returns What had the focus before it came to the notices, if that is the editor's and no phone's. */
function watchWriting(region: HTMLElement, editor: HTMLElement): () => HTMLElement | null {
  let last: HTMLElement | null = null;
  region.addEventListener("focusin", ({ relatedTarget: from }) => {
    if (from instanceof Node && region.contains(from)) return;
    last = from instanceof HTMLElement && editor.contains(from) ? from : null;
  });
  return () => (last?.isConnected && !matchMedia("(pointer: coarse)").matches ? last : null);
}

function build(page: Document, kind: NoticeKind, notice: Notice, hide: () => void): HTMLElement {
  const element = page.createElement("div");
  element.className = "quiet-notice";
  element.dataset.notice = kind;
  const text = page.createElement("p");
  text.textContent = notice.text;
  text.id = `notice-${kind}`;
  const dismiss = (): void => {
    hide();
    notice.onDismiss();
  };
  const row = page.createElement("div");
  const actions = [...notice.actions, { label: NOTICES.dismiss, act: dismiss }];
  row.append(...actions.map((action, n) => button(page, `${text.id}-${n}`, action, text.id)));
  element.append(text, row);
  return element;
}

/** @param about - The id of the text that says what the button is about: others have its name too. */
function button(
  page: Document,
  id: string,
  { label, act }: NoticeAction,
  about: string,
): HTMLButtonElement {
  const made = page.createElement("button");
  made.type = "button";
  made.id = id;
  made.textContent = label;
  made.setAttribute("aria-describedby", about);
  made.addEventListener("click", act);
  return made;
}
