/** Entry of the script that shows the reference beside the learner's own code. */

import { rowsOf } from "../diff/rows";
import diffStyle from "../diff/style.css";
import { diffBox } from "../diff/table";
import { element } from "../page/element";
import { addStyle, handOver } from "../page/late-script";
import { keysReachStatement } from "../page/reach";
import type { ShowSolution } from "../page/solution";
import style from "./style.css";
import { WORDS } from "./words";

let isStyled = false;

const show: ShowSolution = ({ dialog, nonce, remarks }, own, solution) => {
  if (dialog.open) return; // it was asked for twice
  if (!isStyled) addStyle(document, diffStyle + style, nonce);
  isStyled = true;
  const title = element("h2", "", WORDS.title);
  title.id = "solution-title";
  const close = element("button", "", WORDS.close);
  close.type = "button";
  close.addEventListener("click", () => dialog.close());
  const box = diffBox(rowsOf(own, solution), WORDS.both, {
    own: WORDS.own,
    other: WORDS.reference,
  });
  const said = element("div", "statement remarks");
  said.append(...[...remarks.childNodes].map((node) => node.cloneNode(true)));
  // They stand in the page already, and what is tried is shown there.
  for (const named of said.querySelectorAll("[id]")) named.removeAttribute("id");
  for (const button of said.querySelectorAll(".try-example")) button.remove();
  // They lead into the page, which stands behind.
  for (const link of said.querySelectorAll('a[href^="#"]')) {
    link.addEventListener("click", () => dialog.close());
  }
  const buttons = element("div", "dialog-buttons");
  buttons.append(close);
  dialog.replaceChildren(title, box, said, buttons);
  keysReachStatement(dialog);
  dialog.showModal();
};

handOver("solution", show);
