/** The whole script of the thread that looks for expressions: whoever waits for one can end it. */
import type { Answer, Job } from "../assist/pattern-search";
import { replacements } from "../assist/replacement";
import { spansOf } from "../assist/spans";

addEventListener("message", ({ data }: MessageEvent<Job>) => {
  const { pattern, text, replace } = data;
  const inserts = replace === null ? null : replacements(pattern, text, replace);
  postMessage({ spans: spansOf(pattern, text), inserts } satisfies Answer);
});
