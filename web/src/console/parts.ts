/** The elements of the region "Try it". */
import { element } from "../page/element";
import { WORDS } from "./words";

export function makeParts(box: HTMLElement) {
  const run = button(WORDS.run, "primary");
  run.id = "run-code";
  const running = element("p", "try-running", WORDS.running);
  running.hidden = true;
  const held = element("p", "try-held");
  held.setAttribute("role", "status");
  const bar = element("div", "try-bar");
  bar.append(run, running, held);
  const output = element("div", "try-output");
  output.setAttribute("role", "log");
  output.setAttribute("aria-label", WORDS.output);
  output.tabIndex = 0;
  const prompt = textBox(WORDS.console);
  const keys = element("p", "try-keys", WORDS.keys);
  keys.id = "try-keys";
  prompt.setAttribute("aria-describedby", keys.id);
  const names = element("p", "try-names");
  names.setAttribute("role", "status");
  names.translate = false;
  const line = element("div", "try-prompt");
  line.append(mark(), prompt);
  const { block, input, wanted, wantedText, end } = inputParts();
  box.replaceChildren(bar, output, line, names, keys, block);
  return { run, running, held, output, prompt, names, input, wanted, wantedText, end };
}

function inputParts() {
  const block = element("div", "try-input");
  const wanted = element("div", "try-wanted");
  wanted.hidden = true;
  const wantedText = element("p", "");
  wantedText.setAttribute("role", "status");
  const end = button(WORDS.noMoreInput, "small");
  wanted.append(wantedText, end);
  const input = textBox(WORDS.input);
  input.placeholder = WORDS.inputHint;
  const label = element("span", "try-label", WORDS.input);
  label.setAttribute("aria-hidden", "true");
  block.append(wanted, label, input);
  return { block, input, wanted, wantedText, end };
}

export function button(text: string, className: string): HTMLButtonElement {
  const made = element("button", className, text);
  made.type = "button";
  return made;
}

/** A box of plain lines, which no keyboard of a phone improves. */
function textBox(name: string): HTMLTextAreaElement {
  const made = element("textarea", "");
  made.setAttribute("aria-label", name);
  made.rows = 1;
  made.wrap = "off";
  made.spellcheck = false;
  for (const feature of ["autocapitalize", "autocorrect", "autocomplete"]) {
    made.setAttribute(feature, "off");
  }
  return made;
}

function mark(): HTMLElement {
  const made = element("span", "try-mark", ">>>");
  made.setAttribute("aria-hidden", "true");
  return made;
}
