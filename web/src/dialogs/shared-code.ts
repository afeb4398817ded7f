/** "Shared code": what a link brought along, as text, until the learner wants it in the editor. */

import { pieces } from "../diff/long-lines";
import type { DialogsOptions } from "../page/dialogs";
import { element, takeFocus } from "../page/element";
import { joined, type Stretch, visibleCode } from "../page/visible";
import { button, showDialog } from "./dialog";
import { type Code, openLink } from "./shared-link";
import { LINK, SHARED_CODE } from "./words";

const ID = "shared-dialog";

export async function showShared(options: DialogsOptions): Promise<void> {
  const { slug, sharing } = options;
  const fragment = location.hash;
  const opened = sharing.isOn
    ? await openLink(fragment, { slug, ...sharing })
    : { refused: LINK.off };
  if (location.hash !== fragment) return; // of another link, which comes next
  const { dialog } = "refused" in opened ? refuse(opened.refused) : offer(options, opened);
  dialog.addEventListener("close", () => forget(fragment));
  const title = dialog.querySelector("h2");
  if (title) takeFocus(title); // not the code, to which a small window has scrolled
  dialog.scrollTop = 0;
}

/** Take the code out of the address: it has been seen. */
function forget(fragment: string): void {
  if (location.hash !== fragment) return;
  try {
    history.replaceState(history.state, "", location.pathname + location.search);
  } catch {
    location.replace("#"); // a frame of no origin may do no more
  }
}

function refuse(why: string) {
  return showDialog(ID, SHARED_CODE.title, [element("p", "", why)], []);
}

function offer({ work, kept }: DialogsOptions, { text, made, isChecked }: Code) {
  const { box, marked } = codeBox(text);
  const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  const said = [SHARED_CODE.what(lines)];
  if (made !== "here") said.push(SHARED_CODE[made]);
  if (!isChecked) said.push(SHARED_CODE.unchecked);
  if (marked > 0) said.push(SHARED_CODE.marked(marked));
  const after = kept.store.isThere ? SHARED_CODE.kept : SHARED_CODE.unkept;
  const use = button("shared-use", SHARED_CODE.use, () => {
    shown.close();
    work.bring(text);
  });
  const parts = [...said.map((one) => element("p", "", one)), box, element("p", "", after)];
  const shown = showDialog(ID, SHARED_CODE.title, parts, [use], SHARED_CODE.dismiss);
  return shown;
}

/** So many stretches are marked; a text that has more is marked by its first. */
const MOST_MARKED = 500;

/** The code as text, and how many characters of it had to be written out. */
function codeBox(text: string): { readonly box: HTMLElement; readonly marked: number } {
  const box = element("pre", "shared-code");
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", SHARED_CODE.code);
  const code = element("code", "");
  let marked = 0;
  for (const piece of pieces(text)) {
    const stretches = visibleCode(piece);
    code.append(pieceBox(joined(stretches, Math.max(MOST_MARKED - marked, 0))));
    marked += stretches.filter(({ isWrittenOut }) => isWrittenOut).length;
  }
  box.append(code);
  return { box, marked };
}

function pieceBox(stretches: readonly Stretch[]): HTMLElement {
  const box = element("span", "piece");
  box.append(
    ...stretches.map(({ text, isWrittenOut }) =>
      isWrittenOut ? element("mark", "", text) : document.createTextNode(text),
    ),
  );
  return box;
}
