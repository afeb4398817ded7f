/** Entry of the script that shows the reference beside the learner's own code. */
import { element } from "../page/element";
import { addStyle, handOver } from "../page/late-script";
import type { ShowSolution } from "../page/solution";
import { type Row, rowsOf } from "./rows";
import style from "./style.css";
import { WORDS } from "./words";

let isStyled = false;

const show: ShowSolution = ({ dialog, nonce, remarks }, own, solution) => {
  if (!isStyled) addStyle(document, style, nonce);
  isStyled = true;
  const title = element("h2", "", WORDS.title);
  title.id = "solution-title";
  const close = element("button", "", WORDS.close);
  close.type = "button";
  close.addEventListener("click", () => dialog.close());
  const box = element("div", "solution-box");
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", WORDS.both);
  box.append(table(rowsOf(own, solution)));
  const said = element("div", "statement remarks");
  said.append(...[...remarks.childNodes].map((node) => node.cloneNode(true)));
  const buttons = element("div", "dialog-buttons");
  buttons.append(close);
  dialog.replaceChildren(title, box, said, buttons);
  dialog.showModal();
};

function table(rows: readonly Row[]): HTMLElement {
  const made = element("table", "solution-diff");
  const head = element("tr", "");
  for (const name of [WORDS.own, WORDS.reference]) {
    const cell = element("th", "", name);
    cell.scope = "col";
    head.append(cell);
  }
  const top = element("thead", "");
  top.append(head);
  const body = element("tbody", "");
  body.append(...rows.map(line));
  made.append(top, body);
  return made;
}

function line({ kind, own, other }: Row): HTMLElement {
  const row = element("tr", `solution-${kind}`);
  row.append(side("del", kind, own), side("ins", kind, other));
  return row;
}

function side(name: "del" | "ins", kind: Row["kind"], text: string | null): HTMLElement {
  const cell = element("td", "");
  if (text === null) return cell;
  cell.append(element(kind === "same" ? "span" : name, "", text || " "));
  return cell;
}

handOver("solution", show);
