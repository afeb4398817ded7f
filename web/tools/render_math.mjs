// Standard input: a JSON list of {tex, display}. Standard output: a list of {mathml} or {error, at}.
import { readFileSync } from "node:fs";
import temml from "temml";

/** Return a parser's message on one line, without the marks by which it underlines a place. */
function explain(problem) {
  if (problem?.name !== "ParseError") {
    // Temml throws a TypeError on `a_` and the like: it looks into what is not there.
    return "something is missing, perhaps after the last `_` or `^`";
  }
  return problem.message.replaceAll("\u0332", "").replace(/\s+/g, " ").trim();
}

function render({ tex, display }) {
  try {
    return { mathml: temml.renderToString(tex, { displayMode: display, throwOnError: true }) };
  } catch (problem) {
    return { error: explain(problem), at: problem?.position ?? 0 };
  }
}

const formulas = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(formulas.map(render)));
