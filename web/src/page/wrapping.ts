/** Whether long lines of the code go on below: from the start where a line has little room. */
import { part } from "./view";

export function watchWrapping(page: Document): void {
  const editor = part(page, "editor", HTMLElement);
  const button = part(page, "wrap", HTMLButtonElement);
  const isNarrow = matchMedia("(max-width: 799.98px), (max-height: 33.99rem)");
  const set = (wraps: boolean): void => {
    button.setAttribute("aria-pressed", String(wraps));
    editor.toggleAttribute("data-wrap", wraps);
    // The editor measures its lines anew when the window says that they may have changed.
    dispatchEvent(new Event("resize"));
  };
  set(isNarrow.matches);
  isNarrow.addEventListener("change", () => set(isNarrow.matches));
  button.addEventListener("click", () => set(!editor.hasAttribute("data-wrap")));
}
