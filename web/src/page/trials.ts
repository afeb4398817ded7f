/** The ways to "Try it": from a failed test's case, and from the examples of the statement. */
import { caseButton, offerOnCases } from "./case-card";
import { TRY } from "./words";

/** Let cases and examples be tried: code that the judge wrote from values, or that stands there. */
export function offerTrials(page: Document, tryCode: (code: string) => void): void {
  offerOnCases((made, title) => {
    if (made.call.startsWith("#")) return null; // too long to be written out
    const button = caseButton(TRY.tryCase, TRY.caseOf(title));
    button.addEventListener("click", () => tryCode(made.call));
    return button;
  });
  // Those of the statement and its hints, and of the remarks.
  page.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>(".try-example") : null;
    const code = button?.dataset.code ?? button?.parentElement?.querySelector("code")?.textContent;
    if (code) tryCode(code);
  });
}
