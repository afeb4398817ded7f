/** Asks once before all goes that is kept. */
import type { DialogsOptions } from "../page/dialogs";
import { element } from "../page/element";
import { button, showDialog } from "./dialog";
import { forgetAll } from "./forget";
import { FORGET } from "./words";

export function askToForget({ kept, slug, place, work }: DialogsOptions): void {
  const refused = element("p", "notice-what");
  refused.setAttribute("role", "alert");
  const yes = button("forget-yes", FORGET.yes, () => {
    work.close();
    // What the page still holds in memory goes with it: the editor's own undo, too.
    if (forgetAll(kept, slug, place)) location.reload();
    else {
      work.reopen();
      refused.textContent = FORGET.refused;
    }
  });
  yes.className = "danger";
  const said = [FORGET.what, FORGET.elsewhere].map((text) => element("p", "", text));
  showDialog("forget-dialog", FORGET.title, [...said, refused], [yes], FORGET.keep);
}
