/** "Share": a link that holds the code. */
import { copied } from "../page/clipboard";
import type { DialogsOptions } from "../page/dialogs";
import { element } from "../page/element";
import { COPY } from "../page/words";
import { button, showDialog } from "./dialog";
import { encodeLink } from "./shared-link";
import { textBox } from "./text-box";
import { CODE, SHARE } from "./words";

/** Some messengers cut what is longer. */
const LONG = 2000;

export async function share(options: DialogsOptions): Promise<void> {
  const { editor, slug, sharing } = options;
  const text = editor.text();
  const fragment = await encodeLink(text, { slug, ...sharing });
  if (fragment === null) return tell(SHARE.tooLong);
  const address = pageAddress();
  if (address === null) return offer(SHARE.noAddress, null, text);
  offer(SHARE.what, address + fragment, window.parent === window ? null : text);
}

/** Where the page is, without what a host may have put behind it for this learner alone. */
function pageAddress(): string | null {
  const { protocol, host, pathname } = location;
  return protocol.startsWith("http") ? `${protocol}//${host}${pathname}` : null;
}

function tell(why: string): void {
  showDialog("share-dialog", SHARE.title, [element("p", "", why)], []);
}

/** @param code - To be copied where the link may not lead back into the frame that this page is in. */
function offer(what: string, link: string | null, code: string | null): void {
  const parts: HTMLElement[] = [element("p", "", what)];
  const buttons: HTMLButtonElement[] = [];
  const linked = link === null ? null : textBox("share-link", SHARE.link, link, 3);
  const coded = code === null ? null : textBox("share-code", CODE.text, code, 6);
  if (linked !== null && link !== null) {
    const said = element("p", "", link.length > LONG ? SHARE.long(link.length) : "");
    said.setAttribute("role", "status");
    parts.push(linked.box, said);
    buttons.push(copyButton(link, linked.select, said));
  }
  if (coded !== null) {
    if (link !== null) parts.push(element("p", "", SHARE.framed));
    parts.push(coded.box);
  }
  showDialog("share-dialog", SHARE.title, parts, buttons);
  (linked ?? coded)?.select();
}

function copyButton(link: string, select: () => void, said: HTMLElement): HTMLButtonElement {
  return button("share-copy", SHARE.copy, () => {
    void copied(link).then((isCopied) => {
      said.textContent = isCopied ? COPY.copied : COPY.refused;
      if (!isCopied) select();
    });
  });
}
