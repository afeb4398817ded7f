/** The case of a test that did not pass: its call, what came back, what is right, in rows. */
import type { Case } from "../shared/report";
import { copyOnClick } from "./clipboard";
import { element } from "./element";
import { CARD, COPY } from "./words";

/** What automation reads of a value is cut here; the rows hold all of it. */
const MAX_DATA = 500;

/** What else can be done with a case: makes a button, given the case and its test's title. */
type CaseOffer = (made: Case, title: string) => HTMLButtonElement | null;

const offers: CaseOffer[] = [];

/** Have each card from now on offer something more. */
export function offerOnCases(offer: CaseOffer): void {
  offers.push(offer);
}

export function describeCase(made: Case, title: string): HTMLElement {
  const card = element("div", "case");
  card.dataset.case = String(made.index);
  card.dataset.call = made.call.slice(0, MAX_DATA);
  card.dataset.got = made.got.slice(0, MAX_DATA);
  if (made.expected !== null) card.dataset.expected = made.expected.slice(0, MAX_DATA);
  const rows = element("dl", "case-rows");
  rows.append(...row(CARD.call, made.shown, "case-call"), ...row(CARD.got, made.got, "case-got"));
  if (made.expected !== null) rows.append(...row(CARD.expected, made.expected, "case-expected"));
  for (const note of made.notes) rows.append(...row(CARD.note, note, "case-note"));
  nameFolds(rows, title);
  const buttons = element("div", "case-buttons");
  buttons.append(copyButton(made.call, title, card));
  for (const offer of offers) buttons.append(offer(made, title) ?? "");
  card.append(rows, buttons);
  return card;
}

function row(name: string, text: string, className: string): HTMLElement[] {
  const value = element("dd", className);
  value.append(isFoldable(text) ? foldable(text) : element("code", "", text));
  return [element("dt", "", name), value];
}

/** A line of a phone holds so many characters. */
const MAX_LINE = 120;

function isFoldable(text: string): boolean {
  return text.length > MAX_LINE && !text.includes("\n");
}

/** A long value on one line, which opens to the whole of it. */
function foldable(text: string): HTMLElement {
  const details = element("details", "long-value");
  const summary = element("summary", "");
  summary.append(element("code", "", text));
  details.append(summary);
  return details;
}

/** Another test may have the same value. */
function nameFolds(rows: HTMLElement, title: string): void {
  for (const summary of rows.querySelectorAll("summary")) {
    const name = summary.closest("dd")?.previousElementSibling?.textContent ?? "";
    summary.setAttribute("aria-label", CARD.valueIn(name, title, summary.textContent ?? ""));
  }
}

/** A small button that says in a word what it does, and to whom cannot see the card, to what. */
export function caseButton(word: string, rest: string): HTMLButtonElement {
  const button = element("button", "case-button");
  button.type = "button";
  button.append(element("span", "", word), element("span", "spoken-only", rest));
  return button;
}

function copyButton(call: string, title: string, card: HTMLElement): HTMLButtonElement {
  const button = caseButton(COPY.copy, CARD.copyOf(title));
  const [label] = button.children as unknown as [HTMLElement];
  const code = element("pre", "case-code", call);
  copyOnClick(button, label, call, () => {
    card.append(code);
    return code;
  });
  return button;
}
