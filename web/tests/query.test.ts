import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING, patternOf, type Query, sameQuery } from "../src/assist/query";
import { changesOf, repeated, replacements } from "../src/assist/replacement";
import { spansOf } from "../src/assist/spans";

const TEXT = "total = 0\nTotal = total + totals\n";

/** What a query finds in a text. */
function found(query: Partial<Query>, text = TEXT): string[] | null {
  const pattern = patternOf({ ...NOTHING, ...query });
  if (pattern === null) return null;
  const spans = spansOf(pattern, text);
  return [...spans].flatMap((from, index) =>
    index % 2 === 0 ? [text.slice(from, spans[index + 1])] : [],
  );
}

const FOUND: Record<string, readonly [Partial<Query>, string, readonly string[] | null]> = {
  "text in any case": [{ search: "total" }, TEXT, ["total", "Total", "total", "total"]],
  "text in its case": [{ search: "total", caseSensitive: true }, TEXT, ["total", "total", "total"]],
  "whole words": [{ search: "total", wholeWord: true }, TEXT, ["total", "Total", "total"]],
  "whole words of letters with accents": [
    { search: "e", wholeWord: true },
    "e é_e ée e\u0301 e2 -e-",
    ["e", "e"],
  ],
  "whole words that begin with a sign": [
    { search: "+=", wholeWord: true },
    "a+=b += c",
    ["+=", "+="],
  ],
  "signs that mean something in expressions": [
    { search: "a.b[0]*(c)|\\d^$?+{1}/" },
    "axb a.b[0]*(c)|\\d^$?+{1}/",
    ["a.b[0]*(c)|\\d^$?+{1}/"],
  ],
  "a letter with its accent, in one or two": [
    { search: "É" },
    "\u00e9 e\u0301 e",
    ["\u00e9", "e\u0301"],
  ],
  "nothing that is only alike": [{ search: "fi" }, "\ufb01 FI fi", ["FI", "fi"]],
  "characters of two units": [{ search: "😀" }, "a😀😀", ["😀", "😀"]],
  "an expression": [{ search: "^t\\w+", regexp: true }, TEXT, ["total", "Total"]],
  "an expression over lines": [{ search: "0\\nT", regexp: true }, TEXT, ["0\nT"]],
  "whole words of choices": [
    { search: "tot|total|a", regexp: true, wholeWord: true },
    TEXT,
    ["total", "Total", "total"],
  ],
  "places with nothing in them": [{ search: "$", regexp: true }, "a\nb", ["", ""]],
  "no expression": [{ search: "(", regexp: true }, TEXT, null],
  "what only brackets around it would make one": [
    { search: "a)|(b", regexp: true, wholeWord: true },
    TEXT,
    null,
  ],
  nothing: [{ search: "" }, TEXT, null],
};

for (const [what, [query, text, expected]] of Object.entries(FOUND)) {
  test(`A search finds ${what}`, () => {
    assert.deepEqual(found(query, text), expected);
  });
}

test("Two queries are the same where all of them is", () => {
  assert.ok(sameQuery(NOTHING, { ...NOTHING }));
  for (const other of [{ search: "a" }, { replace: "a" }, { regexp: true }, { wholeWord: true }]) {
    assert.ok(!sameQuery(NOTHING, { ...NOTHING, ...other }));
  }
});

const REPLACED: Record<string, readonly [string, string, readonly string[]]> = {
  "as it is": ["a", "b", ["b", "b"]],
  "with what was found": ["a", "<$&>", ["<a>", "<a>"]],
  "with a group": ["(a)(x)?", "$1$2-", ["a-", "ax-"]],
  "with a group and a digit": ["(a)", "$12", ["a2", "a2"]],
  "with groups that are not there": ["a", "$1$0$", ["$1$0$", "$1$0$"]],
  "with a dollar sign": ["a", "$$1", ["$1", "$1"]],
  "with signs that a box does not take": ["a", "\\n\\t\\\\n\\d", ["\n\t\\n\\d", "\n\t\\n\\d"]],
  "by what stands before it": ["(?<=-)a", "b", ["b"]],
};

for (const [how, [source, replace, expected]] of Object.entries(REPLACED)) {
  test(`A match of an expression is replaced ${how}`, () => {
    assert.deepEqual(replacements({ source, flags: "gmu" }, "a-ax", replace), expected);
  });
}

test("No text becomes a million characters longer", () => {
  const everywhere = { source: "", flags: "gmu" };
  assert.equal(replacements(everywhere, "a".repeat(2000), "b".repeat(1000)), null);
  assert.equal(replacements(everywhere, "a".repeat(900), "b".repeat(1000))?.length, 901);
  assert.equal(repeated("b".repeat(1000), 1001), null);
  assert.deepEqual(repeated("b", 3), ["b", "b", "b"]);
});

for (const count of [3, 6000]) {
  test(`${count} matches are replaced where they are, and nothing between them`, () => {
    const text = `x${"a.".repeat(count)}y`;
    const spans = spansOf({ source: "a", flags: "gmu" }, text);
    const inserts = Array.from({ length: count }, (_, index) => String(index));
    const changes = changesOf(spans, inserts, text);
    const made = changes.reduceRight(
      (before, { from, to, insert }) => before.slice(0, from) + insert + before.slice(to),
      text,
    );
    assert.equal(made, `x${inserts.map((insert) => `${insert}.`).join("")}y`);
    assert.equal(changes.length, count > 5000 ? 1 : count);
  });
}
