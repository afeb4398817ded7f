import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { MOST_CHARACTERS } from "../src/dialogs/bounds";
import {
  encodeLink,
  MOST_LINK,
  type Named,
  type Opened,
  openLink,
} from "../src/dialogs/shared-link";
import { replaceGlobals } from "./fakes/globals";

const HERE: Named = { slug: "sums", build: "0123456789abcdef", tests: "fedcba9876543210" };
const HEAD = "#shared.1.sums.0123456789abcdef.fedcba9876543210.";

const open = (fragment: string): Promise<Opened> => openLink(fragment, HERE);
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
/** A link as somebody may put it together. */
const deflated = (bytes: Uint8Array, length = bytes.length): string =>
  `${HEAD}d${length}.${base64(deflateRawSync(bytes, { level: 9 }))}`;

async function made(text: string): Promise<string> {
  const link = await encodeLink(text, HERE);
  assert.ok(link !== null);
  return link;
}

async function refused(fragment: string): Promise<string> {
  const opened = await open(fragment);
  assert.ok("refused" in opened, JSON.stringify(opened).slice(0, 200));
  return opened.refused;
}

const TEXTS: Record<string, string> = {
  "a function": "def f(x):\n    return x * x\n".repeat(20),
  nothing: "",
  "a letter": "é",
  "emoji, marks and controls": "'😀\u202e\0\ufeff'\t\n",
  "a mark at the start": "\ufeffa = 1\n",
  "as much as is taken": "a".repeat(MOST_CHARACTERS),
};

for (const [name, text] of Object.entries(TEXTS)) {
  test(`A link brings back what it was made of: ${name}`, async () => {
    const link = await made(text);
    assert.match(link, /^#[\w.-]+$/);
    assert.deepEqual(await open(link), { text, made: "here" });
  });

  test(`A browser that cannot compress makes a link that all can open: ${name}`, async (t) => {
    replaceGlobals(t, { CompressionStream: undefined, DecompressionStream: undefined });
    const link = await encodeLink(text, HERE);
    if (name === "as much as is taken") return assert.equal(link, null);
    assert.deepEqual(await open(link ?? ""), { text, made: "here" });
  });
}

test("Ends of lines are those of the page", async () => {
  assert.deepEqual(await open(await made("a\r\nb\rc\n")), { text: "a\nb\nc\n", made: "here" });
});

test("A link is made of what fits alone", async () => {
  assert.equal(await encodeLink("a".repeat(MOST_CHARACTERS + 1), HERE), null);
  const noise = randomBytes(MOST_LINK).toString("hex").slice(0, MOST_CHARACTERS);
  assert.equal(await encodeLink(noise, HERE), null);
  assert.ok((await made("a = 1\n".repeat(10_000))).length < 1000);
});

test("Of another build is told, and of other tests, and another exercise is refused", async () => {
  const link = await made("a");
  const at = (change: Partial<Named>) => openLink(link, { ...HERE, ...change });
  assert.deepEqual(await at({ build: "0".repeat(16) }), { text: "a", made: "other-build" });
  const others = { build: "0".repeat(16), tests: "0".repeat(16) };
  assert.deepEqual(await at(others), { text: "a", made: "other-tests" });
  const other = await at({ slug: "products" });
  assert.match("refused" in other ? other.refused : "", /another exercise, “sums”/);
});

const BROKEN: Record<string, readonly [fragment: string, why: RegExp]> = {
  "no link": ["#shared.", /damaged/],
  garbage: ["#shared.1.sums.x.y.z", /damaged/],
  "markup for a name": [HEAD.replace("sums", "<img>"), /damaged/],
  "a newer form": [`${HEAD.replace(".1.", ".2.")}p1.YQ`, /newer page/],
  "no data where some is said": [`${HEAD}p1.`, /damaged/],
  "signs that are none": [`${HEAD}p3.a*b=`, /damaged/],
  "half a sign": [`${HEAD}p1.YQ.`, /damaged/],
  "less than is said": [`${HEAD}p9.YQ`, /damaged/],
  "more than is said": [`${HEAD}p0.YQ`, /damaged/],
  "bytes that are no UTF-8": [`${HEAD}p2.${base64(Uint8Array.of(0xc3, 0x28))}`, /damaged/],
  "what is not compressed": [`${HEAD}d3.YWJj`, /damaged/],
  "what is cut": [deflated(Buffer.from("a = 1\n".repeat(99))).slice(0, -4), /damaged/],
  "more than is taken, as it says": [deflated(Buffer.alloc(400_001, 97)), /longer than any/],
  "more characters than are taken": [deflated(Buffer.alloc(100_001, 97)), /longer than any/],
  "a size without end": [`${HEAD}d99999999.YQ`, /damaged/],
  "more than any link": [`${HEAD}p1.${"a".repeat(MOST_LINK)}`, /longer than any/],
};

for (const [name, [fragment, why]] of Object.entries(BROKEN)) {
  test(`A link that is none comes to words: ${name}`, async () => {
    assert.match(await refused(fragment), why);
  });
}

test("What swells is given up as soon as it is more than it said", async (t) => {
  const bomb = deflated(Buffer.alloc(20_000_000), 1000);
  assert.ok(bomb.length < MOST_LINK && bomb.length > 20_000);
  let swollen = 0;
  const real = DecompressionStream;
  class Counting extends real {
    constructor(format: CompressionFormat) {
      super(format);
      const counted = this.readable.pipeThrough(
        new TransformStream({
          transform(chunk: Uint8Array, controller) {
            swollen += chunk.length;
            controller.enqueue(chunk);
          },
        }),
      );
      Object.defineProperty(this, "readable", { value: counted });
    }
  }
  replaceGlobals(t, { DecompressionStream: Counting });
  assert.match(await refused(bomb), /damaged/);
  assert.ok(swollen < 2_000_000, `${swollen} bytes`);
});

test("A browser that cannot open what is compressed says so", async (t) => {
  const link = await made("a = 1\n".repeat(100));
  replaceGlobals(t, { DecompressionStream: undefined });
  assert.match(await refused(link), /cannot open links/);
});
