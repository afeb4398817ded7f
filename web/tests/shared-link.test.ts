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
import { isShared } from "../src/page/shared-links";
import { replaceGlobals } from "./fakes/globals";

const HERE: Named = { slug: "sums", build: "0123456789abcdef", tests: "fedcba9876543210" };
/** Of links as they used to be, which told nothing of how they end. */
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
    assert.match(link, /^#shared\.2\.[\w.-]+$/);
    assert.deepEqual(await open(link), { text, made: "here", isChecked: true });
  });

  test(`A browser that cannot compress makes a link that all can open: ${name}`, async (t) => {
    replaceGlobals(t, { CompressionStream: undefined, DecompressionStream: undefined });
    const link = await encodeLink(text, HERE);
    if (name === "as much as is taken") return assert.equal(link, null);
    assert.deepEqual(await open(link ?? ""), { text, made: "here", isChecked: true });
  });
}

test("Links as they used to be are opened, and say that nothing tells how they end", async () => {
  const old = { text: "a = 1\n", made: "here", isChecked: false };
  assert.deepEqual(await open(`${HEAD}p6.${base64(Buffer.from("a = 1\n"))}`), old);
  assert.deepEqual(await open(deflated(Buffer.from("a = 1\n"))), old);
  assert.deepEqual(await open(`${deflated(Buffer.from("a = 1\n"))}).`), old);
});

for (const [name, text] of Object.entries({
  short: "a = 1\n",
  long: "def f(x):\n    return x\n".repeat(9),
})) {
  test(`Whatever one sign of a link is lost, cut off or changed to, no part of it is shown: ${name}`, async () => {
    const link = await made(text);
    for (let at = "#shared.".length; at < link.length; at++) {
      const [before, sign, after] = [link.slice(0, at), link[at], link.slice(at + 1)];
      for (const other of ["", "a", "A", "0", "1", "9", "_", "-", "."]) {
        if (other !== sign && other + after !== link.slice(at))
          await refused(before + other + after);
      }
      await refused(before);
    }
  });
}

/** What becomes of links on their way. */
const ON_THE_WAY: Record<string, (link: string) => string> = {
  "a sentence ends": (link) => `${link}.`,
  "a bracket closes": (link) => `${link}).`,
  "an angle bracket closes": (link) => `${link}>`,
  "an angle bracket closes, as a browser writes it": (link) => `${link}%3E`,
  "emphasis ends": (link) => `${link}_`,
  "bold emphasis ends": (link) => `${link}**`,
  "a chat asks for more": (link) => `${link}&utm_source=chat`,
  "a sentence goes on": (link) => `${link}%20is%20mine`,
  "letters follow": (link) => `${link}abc`,
  "lines are broken": (link) => link.replace(/.{30}/g, "$&\n"),
  "lines are broken, as a browser writes it": (link) => link.replace(/.{30}/g, "$&%0D%0A"),
  "lines are quoted": (link) => link.replace(/.{30}/g, "$&\n> "),
  "lines are broken as mail does": (link) => link.replace(/.{30}/g, "$&=\r\n"),
  "places to break are put in": (link) => link.replace(/.{30}/g, "$&\u200b\u00ad"),
  "dots are encoded": (link) => link.replaceAll(".", "%2E"),
  "all is encoded": (link) =>
    link.replace(/[.-]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`),
  "all is encoded twice": (link) => link.replaceAll(".", "%252e"),
};

for (const [name, change] of Object.entries(ON_THE_WAY)) {
  test(`A link opens whatever stands behind or within it: ${name}`, async () => {
    for (const text of ["a = 1\n", "def f(x):\n    return x * x\n".repeat(20)]) {
      assert.deepEqual(await open(change(await made(text))), {
        text,
        made: "here",
        isChecked: true,
      });
    }
  });
}

test("What is left of a link is told from other fragments, however it is written", () => {
  for (const link of ["#shared", "#shared.", "#shared.2.sums", "#shared%2E2", "#sha\nred.2"]) {
    assert.ok(isShared(link), link);
  }
  for (const other of ["", "#", "#workspace", "#sharedness", "#share", "#a#shared.1"]) {
    assert.ok(!isShared(other), other);
  }
});

test("Ends of lines are those of the page", async () => {
  assert.deepEqual(await open(await made("a\r\nb\rc\n")), {
    text: "a\nb\nc\n",
    made: "here",
    isChecked: true,
  });
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
  assert.deepEqual(await at({ build: "0".repeat(16) }), {
    text: "a",
    made: "other-build",
    isChecked: true,
  });
  const others = { build: "0".repeat(16), tests: "0".repeat(16) };
  assert.deepEqual(await at(others), { text: "a", made: "other-tests", isChecked: true });
  const other = await at({ slug: "products" });
  assert.match("refused" in other ? other.refused : "", /another exercise, “sums”/);
});

const BROKEN: Record<string, readonly [fragment: string, why: RegExp]> = {
  "no link": ["#shared.", /damaged/],
  garbage: ["#shared.1.sums.x.y.z", /damaged/],
  "markup for a name": [`${HEAD.replace("sums", "<IMG>")}p1.YQ`, /damaged/],
  "a newer form": ["#shared.3.whatever/it~is", /newer page/],
  "a check that is none": [`${HEAD.replace(".1.", ".2.")}p1.YQ.00000000`, /damaged/],
  "no check where there has to be one": [`${HEAD.replace(".1.", ".2.")}p1.YQ`, /damaged/],
  "no data where some is said": [`${HEAD}p1.`, /damaged/],
  "signs that are none": [`${HEAD}p3.a*b=`, /damaged/],
  "half a sign": [`${HEAD}p1.Y.`, /damaged/],
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
