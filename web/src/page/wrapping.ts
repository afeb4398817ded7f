/** Whether long lines of the code go on below: if nothing is set, where a line has little room. */
import type { Preferences } from "./settings";
import { part } from "./view";

/** Return what brings the editor in line with the settings. */
export function watchWrapping(page: Document, preferences: Preferences): () => void {
  const editor = part(page, "editor", HTMLElement);
  const button = part(page, "wrap", HTMLButtonElement);
  const isNarrow = matchMedia("(max-width: 799.98px), (max-height: 33.99rem)");
  const settle = (): void => {
    const { wrap } = preferences.now;
    const wraps = wrap === "auto" ? isNarrow.matches : wrap === "on";
    button.setAttribute("aria-pressed", String(wraps));
    editor.toggleAttribute("data-wrap", wraps);
    // The editor measures its lines anew when the window says that they may have changed.
    dispatchEvent(new Event("resize"));
  };
  settle();
  isNarrow.addEventListener("change", settle);
  button.addEventListener("click", () => {
    preferences.change({ wrap: editor.hasAttribute("data-wrap") ? "off" : "on" });
  });
  return settle;
}
