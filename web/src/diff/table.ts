/** Two texts side by side, as a table that the keys can scroll. */
import { element } from "../page/element";
import { cutOf, MOST_IN_LINE } from "./long-lines";
import { type Row, seen, shortened } from "./rows";
import { DIFF } from "./words";

interface Heads {
  readonly own: string;
  readonly other: string;
}

/** @param name - What the box that scrolls is called. */
export function diffBox(rows: readonly Row[], name: string, heads: Heads): HTMLElement {
  const box = element("div", "diff-box");
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", name);
  box.append(table(rows, heads));
  return box;
}

function table(rows: readonly Row[], heads: Heads): HTMLElement {
  const made = element("table", "diff");
  const head = element("tr", "");
  for (const name of [heads.own, heads.other]) {
    const cell = element("th", "", name);
    cell.scope = "col";
    head.append(cell);
  }
  const top = element("thead", "");
  top.append(head);
  const body = element("tbody", "");
  for (const row of shortened(rows)) body.append(line(row));
  made.append(top, body);
  return made;
}

function line({ kind, own, other }: Row): HTMLElement {
  const row = element("tr", `diff-${kind}`);
  row.append(side("del", kind, own), side("ins", kind, other));
  return row;
}

function side(name: "del" | "ins", kind: Row["kind"], text: string | null): HTMLElement {
  const cell = element("td", "");
  if (text === null) return cell;
  cell.translate = kind === "gap";
  const shown = kind === "changed" ? seen(beginning(text)) : beginning(text);
  cell.append(element(kind === "changed" ? name : "span", "", shown || " "));
  return cell;
}

function beginning(line: string): string {
  if (line.length <= MOST_IN_LINE + 1) return line;
  const at = cutOf(line);
  return line.slice(0, at) + DIFF.cut(line.length - at);
}
