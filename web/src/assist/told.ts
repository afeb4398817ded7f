/** What is told of a name: its signature and the first line of its docstring. */
import type { Described } from "./library";

export function told(name: string, { kind, signature, said }: Described): HTMLElement {
  const box = document.createElement("div");
  box.className = "cm-told";
  const head = document.createElement("code");
  head.textContent = `${kind === "class" ? "class " : ""}${name}${signature}`;
  box.append(head);
  if (said !== "") {
    const line = document.createElement("p");
    line.textContent = said;
    box.append(line);
  }
  return box;
}
