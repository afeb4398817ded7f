/** The starter as it is now, for whoever has begun on another. */
import { copyOnClick } from "./clipboard";
import { part } from "./view";
import { COPY } from "./words";

/** Return what shows the dialog; `use` is called when the learner wants the starter in the editor. */
export function createStarterDialog(page: Document, starter: string, use: () => void): () => void {
  const dialog = part(page, "starter-dialog", HTMLDialogElement);
  const text = part(page, "new-starter", HTMLElement);
  const button = (id: string) => part(page, id, HTMLButtonElement);
  const copy = button("starter-copy");
  button("starter-close").addEventListener("click", () => dialog.close());
  button("starter-use").addEventListener("click", () => {
    dialog.close();
    use();
  });
  copyOnClick(copy, copy, starter, () => text);
  return () => {
    text.textContent = starter;
    copy.textContent = COPY.copy;
    dialog.showModal();
  };
}
