/** Turn formulas into MathML, or say what is wrong with them and where. */
import temml from "temml";
import { runJob } from "./job";

interface Formula {
  readonly tex: string;
  readonly display: boolean;
}

type Rendered = { readonly mathml: string } | { readonly error: string; readonly at: number };

/** Return a parser's message on one line, without the marks by which it underlines a place. */
function explain(problem: unknown): string {
  if (!(problem instanceof Error) || problem.name !== "ParseError") {
    // Temml throws a TypeError on `a_` and the like: it looks into what is not there.
    return "something is missing, perhaps after the last `_` or `^`";
  }
  return problem.message.replaceAll("\u0332", "").replace(/\s+/g, " ").trim();
}

function render({ tex, display }: Formula): Rendered {
  try {
    return { mathml: temml.renderToString(tex, { displayMode: display, throwOnError: true }) };
  } catch (problem) {
    const { position = 0 } = problem as { readonly position?: number };
    return { error: explain(problem), at: position };
  }
}

await runJob((formulas: readonly Formula[]) => formulas.map(render));
