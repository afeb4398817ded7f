/** "History": the kept texts, each beside what is in the editor now. */
import { rowsOf } from "../diff/rows";
import { diffBox } from "../diff/table";
import type { DialogsOptions } from "../page/dialogs";
import { element } from "../page/element";
import type { Entry } from "../page/history";
import { button, followOtherTabs, type Shown, showDialog } from "./dialog";
import { type Listed, listed } from "./entries";
import { askToForget } from "./forgetting";
import { HISTORY } from "./words";

export function showHistory(options: DialogsOptions): void {
  const { kept, place } = options;
  const parts = element("div", "history");
  const restore = button("history-restore", HISTORY.restore, () => {});
  const forget = button("history-forget", HISTORY.forget, () => askToForget(options));
  forget.className = "danger";
  forget.hidden = !kept.store.isThere;
  let shown: Shown | null = null;
  const fill = (): void => {
    const rows = listed(kept.history.entries(), place);
    restore.hidden = rows.length === 0;
    if (rows.length === 0) parts.replaceChildren(nothing(kept.store.isThere));
    else parts.replaceChildren(...choice(rows, compare));
  };
  const compare = (entry: Entry, beside: HTMLElement): void => {
    const now = options.editor.text();
    restore.disabled = entry.text === now;
    restore.onclick = () => {
      shown?.close();
      options.work.bring(entry.text);
    };
    comparison(beside, entry.text, now);
  };
  fill();
  shown = showDialog("history-dialog", HISTORY.title, [parts], [restore, forget]);
  followOtherTabs(shown.dialog, "history", fill);
}

function nothing(isThere: boolean): HTMLElement {
  return element("p", "", isThere ? HISTORY.none : HISTORY.noStorage);
}

/** The list, and beside it what is chosen there. */
function choice(
  rows: readonly Listed[],
  compare: (entry: Entry, beside: HTMLElement) => void,
): readonly HTMLElement[] {
  const before = document.querySelector<HTMLInputElement>("#history-dialog input:checked");
  const beside = element("div", "history-beside");
  const said = element("p", "");
  said.setAttribute("role", "status");
  beside.append(said);
  const list = element("fieldset", "history-entries");
  list.append(element("legend", "", HISTORY.entries));
  const chosen = Math.max(
    rows.findIndex(({ entry }) => String(entry.at) === before?.value),
    0,
  );
  const hadFocus = before?.closest(".history")?.contains(document.activeElement) === true;
  rows.forEach((row, index) => {
    const { label, radio } = item(row);
    const choose = (): void => compare(row.entry, beside);
    radio.addEventListener("change", choose);
    list.append(label);
    if (index !== chosen) return;
    radio.checked = true;
    radio.autofocus = true;
    choose();
    if (hadFocus) queueMicrotask(() => radio.focus());
  });
  return [list, beside];
}

function item({ entry, when, what, where }: Listed) {
  const label = element("label", "");
  const radio = element("input", "");
  radio.type = "radio";
  radio.name = "history-entry";
  radio.value = String(entry.at);
  const said = element("span", "");
  said.append(element("strong", "", when), element("span", "", what));
  if (where !== null) said.append(element("span", "", HISTORY.elsewhere(where)));
  label.append(radio, said);
  return { label, radio };
}

/** What is told of a comparison stays where it is, or it would not be spoken. */
function comparison(beside: HTMLElement, text: string, now: string): void {
  const rows = rowsOf(text, now);
  const lines = rows.filter(({ kind }) => kind === "changed").length;
  const told = lines === 0 ? HISTORY.same : HISTORY.differs(lines);
  const box = diffBox(rows, HISTORY.both, { own: HISTORY.kept, other: HISTORY.now });
  const said = beside.querySelector("p");
  if (said) said.textContent = told;
  beside.querySelector(".diff-box")?.remove();
  beside.append(box);
}
