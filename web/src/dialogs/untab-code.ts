/** "Turn tabs into spaces": one step that undo takes back. */
import type { DialogsOptions } from "../page/dialogs";
import { say } from "./said";
import { withoutTabs } from "./untab";
import { UNTAB } from "./words";

export function untab({ editor }: DialogsOptions): void {
  const before = editor.text();
  const after = withoutTabs(before);
  if (after !== before) editor.respace(after);
  const [inStrings, all] =
    after === before ? [UNTAB.onlyLeft, UNTAB.none] : [UNTAB.someLeft, UNTAB.done];
  say(after.includes("\t") ? inStrings : all);
}
