/** What is told of a name: its signature and the first line of its docstring. */
import { parameters } from "./calls";
import type { Described } from "./library";

/** @param at - Which argument is being written, where it is one of a call. */
export function told(name: string, described: Described, at?: number | string): HTMLElement {
  const { kind, signature, said } = described;
  const box = document.createElement("div");
  box.className = "cm-told";
  box.translate = false;
  const head = document.createElement("code");
  head.append(`${kind === "class" && at === undefined ? "class " : ""}${name}`);
  head.append(...(at === undefined ? [signature] : marked(signature, at)));
  box.append(head);
  if (said !== "") {
    const line = document.createElement("p");
    line.textContent = said;
    line.translate = true;
    box.append(line);
  }
  return box;
}

/** A signature whose parameter that is being written stands out. */
function marked(signature: string, at: number | string): (string | HTMLElement)[] {
  const [parts, current] = parameters(signature, at);
  const shown = parts.map((part, index) => {
    if (index !== current) return part;
    const mark = document.createElement("mark");
    mark.textContent = part;
    return mark;
  });
  return ["(", ...shown.flatMap((part, index) => (index === 0 ? [part] : [", ", part])), ")"];
}

/** The same in one line, to be spoken. */
export function spoken(name: string, { signature, said }: Described): string {
  return said === "" ? `${name}${signature}` : `${name}${signature}. ${said}`;
}
