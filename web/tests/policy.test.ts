import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import "./fakes/build";
import { PolicyWatch } from "../src/page/policy";
import { FakeTime } from "./fakes/time";

const OWN = "default-src 'none'; connect-src 'self'";

interface Violation {
  readonly effectiveDirective: string;
  readonly originalPolicy?: string;
  readonly disposition?: "enforce" | "report";
  readonly blockedURI?: string;
}

/** A watch, and somebody who tells it of violations. */
function scene(t: TestContext) {
  const time = new FakeTime(t);
  const page = new EventTarget();
  const watch = new PolicyWatch(page as Document, OWN, {
    origin: "https://school.example",
    pathname: "/sums/index.html",
  });
  const violate = (violation: Violation): void => {
    const usual = {
      originalPolicy: "default-src 'self'",
      disposition: "enforce",
      blockedURI: "blob",
    };
    const told = { ...usual, ...violation };
    page.dispatchEvent(Object.assign(new Event("securitypolicyviolation"), told));
  };
  const explain = async (message = "it did not arrive") => {
    const explained = watch.explain(message);
    await time.pass(1);
    return explained;
  };
  return { watch, violate, explain };
}

const DIRECTIVES: readonly (readonly [directive: string, allowing: string])[] = [
  ["worker-src", "worker-src blob:"],
  ["connect-src", "connect-src 'self'"],
  ["frame-src", "frame-src 'self'"],
  ["script-src-elem", "'self'"],
  ["require-trusted-types-for", "leave `require-trusted-types-for` out"],
];

for (const [directive, allowing] of DIRECTIVES) {
  test(`A host that refuses something by ${directive} is named, with what to ask of it`, async (t) => {
    const { violate, explain } = scene(t);
    violate({ effectiveDirective: directive });
    const problem = await explain();
    assert.ok(problem?.what.includes(`\`${directive}\``), problem?.what);
    assert.ok(problem?.what.includes("school.example"));
    assert.ok(problem?.remedy.includes(allowing), problem?.remedy);
  });
}

const REFUSALS = [
  "CompileError: WebAssembly.instantiate(): Refused to compile or instantiate WebAssembly module because neither 'wasm-eval' nor 'unsafe-eval' is an allowed source",
  "CompileError: call to WebAssembly.instantiate() blocked by CSP",
  "Error: Refused to create a WebAssembly object because 'unsafe-eval' or 'wasm-unsafe-eval' is not an allowed source of script in the following Content Security Policy directive",
];

for (const message of REFUSALS) {
  test(`WebAssembly that is refused in the words “${message.slice(0, 60)}” names script-src`, async (t) => {
    const problem = await scene(t).explain(message);
    assert.match(problem?.what ?? "", /`script-src`/);
    assert.match(problem?.remedy ?? "", /'wasm-unsafe-eval'/);
  });
}

test("What is told a moment after the failure is still heard", async (t) => {
  const { violate, explain } = scene(t);
  const explained = explain();
  violate({ effectiveDirective: "worker-src" });
  assert.match((await explained)?.what ?? "", /worker-src/);
});

const script = (blockedURI: string): Violation => ({
  effectiveDirective: "script-src-elem",
  blockedURI,
});

const OURS = [
  "https://school.example/sums/assets/editor-1a2b.js",
  "https://school.example",
  "inline",
  "blob",
  "blob:https://school.example/5c",
  "data",
  "wasm-eval",
  "trusted-types-sink",
];

for (const blockedURI of OURS) {
  test(`What is told as ${blockedURI} may be the page's own`, async (t) => {
    const { violate, explain } = scene(t);
    violate(script(blockedURI));
    assert.match((await explain())?.what ?? "", /script-src-elem/);
  });
}

const BLAMELESS: readonly (readonly [why: string, Violation | null])[] = [
  ["was not asked", null],
  ["only reports", { effectiveDirective: "worker-src", disposition: "report" }],
  ["is the page's own", { effectiveDirective: "connect-src", originalPolicy: OWN }],
  ["refuses a script of an extension", script("chrome-extension")],
  ["refuses a script of an extension by its address", script("moz-extension://1f2e/content.js")],
  ["refuses a script of the platform around", script("https://school.example/theme/bar.js")],
  ["refuses a script of somebody else", script("https://numbers.example/count.js")],
  ["refuses an address that is not asked for here", script("eval")],
  ["refuses what the page does not need", { effectiveDirective: "img-src" }],
];

for (const [why, violation] of BLAMELESS) {
  test(`A policy that ${why} is not to blame`, async (t) => {
    const { violate, explain } = scene(t);
    if (violation) violate(violation);
    assert.equal(await explain(), null);
  });
}

test("What was refused before a new try is told no more", async (t) => {
  const { watch, violate, explain } = scene(t);
  violate({ effectiveDirective: "worker-src" });
  watch.forget();
  assert.equal(await explain(), null);
});

test("What the frame was refused counts as well, and the first refusal is the one that is told", async (t) => {
  const { watch, violate, explain } = scene(t);
  watch.refused("worker-src");
  violate({ effectiveDirective: "connect-src" });
  assert.match((await explain())?.what ?? "", /worker-src/);
});
