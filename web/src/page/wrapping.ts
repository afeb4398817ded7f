/** Whether long lines of the code go on below: if nothing is set, where a line has little room. */
import type { Preferences } from "./settings";
import { part } from "./view";

/** A line of less (px) has little room, in a wide window too: less than a phone's on its side. */
const LITTLE = 400;

/** Return what brings the editor in line with the settings. */
export function watchWrapping(page: Document, preferences: Preferences): () => void {
  const editor = part(page, "editor", HTMLElement);
  const button = part(page, "wrap", HTMLButtonElement);
  const isNarrow = matchMedia("(max-width: 799.98px), (max-height: 33.99rem)");
  let isTight = false;
  const settle = (): void => {
    const { wrap } = preferences.now;
    const wraps = wrap === "auto" ? isNarrow.matches || isTight : wrap === "on";
    button.setAttribute("aria-pressed", String(wraps));
    editor.toggleAttribute("data-wrap", wraps);
    // The editor measures its lines anew when the window says that they may have changed.
    dispatchEvent(new Event("resize"));
  };
  settle();
  isNarrow.addEventListener("change", settle);
  const measure = new ResizeObserver(() => {
    const { offsetWidth } = editor;
    // One that is not shown has no room at all, and needs none.
    if (offsetWidth === 0 || offsetWidth < LITTLE === isTight) return;
    isTight = !isTight;
    if (!isNarrow.matches) settle();
  });
  measure.observe(editor);
  button.addEventListener("click", () => {
    preferences.change({ wrap: editor.hasAttribute("data-wrap") ? "off" : "on" });
  });
  return settle;
}
