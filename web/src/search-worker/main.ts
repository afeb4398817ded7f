/** The whole script of the thread that looks for expressions: whoever waits for one can end it. */
import type { Answer, Job } from "../assist/pattern-search";
import { replacements } from "../assist/replacement";
import { NO_SPANS, spansOf } from "../assist/spans";

addEventListener("message", ({ data }: MessageEvent<Job>) => {
  const { pattern, text, replace } = data;
  const answer: Answer =
    replace === null
      ? { spans: spansOf(pattern, text), inserts: null }
      : { spans: NO_SPANS, inserts: replacements(pattern, text, replace) };
  postMessage(answer);
});
