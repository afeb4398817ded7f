import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { OFFLINE_COPY_HEADER } from "../src/shared/assets";
import { FakeCaches } from "./fakes/caches";
import { replaceGlobals } from "./fakes/globals";
import { NEVER } from "./fakes/promises";
import { type FakeRequest, FakeWorkerScope, SCOPE } from "./fakes/service-worker";
import { FakeTime } from "./fakes/time";

const PLACE = "exercise:sums:/sums/:";
const CACHE = `${PLACE}build2`;
const FILES = ["assets/a.js", "assets/b.pack"];
const [A, B] = FILES.map((name) => SCOPE + name) as [string, string];

/** Evaluate the service worker's script in a scope of its own. */
async function evaluate(files: readonly string[], load: () => Promise<unknown>) {
  const scope = new FakeWorkerScope();
  const offline = { slug: "sums", build: "build2", files };
  Object.assign(globalThis, { self: scope, __OFFLINE__: offline });
  await load();
  return scope;
}

const WORKER = await evaluate(FILES, () => import("../src/service-worker/main"));
const EMPTY = await evaluate([], () => import("../src/service-worker/main?again"));

interface Asked {
  readonly url: string;
  readonly cache: string | undefined;
}

type Serve = (url: string) => Response | Promise<Response>;

/** A browser with caches, and a server that says of each file its address. */
function browser(t: TestContext, serve: Serve = (url) => new Response(`new ${url}`)) {
  const time = new FakeTime(t);
  const caches = new FakeCaches();
  const asked: Asked[] = [];
  const fetch = async (request: string | FakeRequest, options?: Partial<FakeRequest>) => {
    const url = typeof request === "string" ? request : request.url;
    asked.push({ url, cache: options?.cache });
    return serve(url);
  };
  replaceGlobals(t, { caches, fetch });
  const keep = async (cache: string, ...urls: readonly string[]): Promise<void> => {
    const opened = await caches.open(cache);
    for (const url of urls) await opened.put(url, new Response(`kept ${url}`));
  };
  const kept = () => [...(caches.named.get(CACHE)?.kept.keys() ?? [])].sort();
  return { time, caches, asked, keep, kept };
}

const textOf = async (answer: Promise<Response> | null) => (await answer)?.text();

test("To install keeps the page and every file of the build", async (t) => {
  const { caches, asked, kept } = browser(t);
  await WORKER.become("install");
  assert.deepEqual(kept(), [SCOPE, A, B]);
  const ways = Object.fromEntries(asked.map(({ url, cache }) => [url, cache]));
  assert.deepEqual(ways, { [SCOPE]: "no-cache", [A]: "default", [B]: "default" });
  assert.equal(await (await caches.match(A, { cacheName: CACHE }))?.text(), `new ${A}`);
  assert.deepEqual(WORKER.did, []);
});

test("What is kept says what it is, and that it is whole", async (t) => {
  const headers = { "Content-Type": "text/html", "Content-Encoding": "gzip", ETag: "1" };
  const { caches } = browser(t, (url) => new Response(url, url === SCOPE ? { headers } : {}));
  await WORKER.become("install");
  const page = await caches.match(SCOPE, { cacheName: CACHE });
  const told = Object.fromEntries(page?.headers ?? []);
  assert.deepEqual(told, {
    "content-type": "text/html",
    [OFFLINE_COPY_HEADER.toLowerCase()]: "whole",
  });
});

test("Files that the page has kept are not fetched again, but the page is", async (t) => {
  const { asked, keep, kept } = browser(t);
  await keep(CACHE, SCOPE, A);
  await WORKER.become("install");
  assert.deepEqual(asked.map(({ url }) => url).sort(), [SCOPE, B]);
  assert.deepEqual(kept(), [SCOPE, A, B]);
});

const FAILURES: readonly (readonly [what: string, Serve])[] = [
  ["is not there", (url) => new Response(null, { status: url === B ? 404 : 200 })],
  ["cannot be fetched", (url) => (url === B ? Promise.reject(new TypeError(url)) : new Response())],
];

for (const [what, serve] of FAILURES) {
  test(`It is not installed when a file ${what}`, async (t) => {
    browser(t, serve);
    await assert.rejects(WORKER.become("install"), /b\.pack/);
  });
}

/** Caches of others: exercises, places, and names that only look like one of ours. */
const STRANGE = [
  "exercise:products:/sums/:build1",
  "exercise:sums:/spring/:build1",
  "exercise:sums:/sums/more/:build1",
  "exercise:sums:/:build1",
  "exercise:sums-2:0123456789abcdef",
  "sums",
];

test("Once in charge it takes away other builds of its place, and nothing else", async (t) => {
  const { caches, keep } = browser(t);
  for (const name of [`${PLACE}build1`, CACHE, ...STRANGE]) await keep(name, SCOPE);
  await WORKER.become("activate");
  assert.deepEqual(await caches.keys(), [CACHE, ...STRANGE]);
  assert.deepEqual(WORKER.did, []);
});

const SHARED = "exercise:sums:0123456789abcdef";

test("Of a cache that places had in common, only what is of its own place goes", async (t) => {
  const { caches, keep } = browser(t);
  const others = ["https://school.example/fall/", "https://school.example/fall/assets/a.js"];
  await keep(SHARED, SCOPE, A, ...others, `${SCOPE}fall/`, `${SCOPE}fall/assets/a.js`);
  await WORKER.become("activate");
  const left = [...others, `${SCOPE}fall/`, `${SCOPE}fall/assets/a.js`];
  assert.deepEqual([...(caches.named.get(SHARED)?.kept.keys() ?? [])], left);
});

test("A cache that places had in common goes when it is empty", async (t) => {
  const { caches, keep } = browser(t);
  await keep(SHARED, SCOPE, A);
  await WORKER.become("activate");
  assert.deepEqual(await caches.keys(), []);
});

const NAVIGATION = { mode: "navigate" };

for (const name of ["", "index.html", "?from=mail", "index.html#top"]) {
  test(`A visit to “${name}” gets the newer page where there is a network`, async (t) => {
    const { keep } = browser(t);
    await keep(CACHE, SCOPE);
    const url = SCOPE + name;
    assert.equal(await textOf(WORKER.answer({ ...NAVIGATION, url })), `new ${url}`);
  });
}

const KEPT: readonly (readonly [what: string, Serve])[] = [
  ["there is no network", () => Promise.reject(new TypeError("Failed to fetch"))],
  ["the server is broken", () => new Response("oh no", { status: 502 })],
  ["the network does not answer in three seconds", () => NEVER],
];

for (const [what, serve] of KEPT) {
  test(`A visit gets the kept page where ${what}`, async (t) => {
    const { keep, time } = browser(t, serve);
    await keep(CACHE, SCOPE);
    const answer = textOf(WORKER.answer(NAVIGATION));
    await time.pass(3);
    assert.equal(await answer, `kept ${SCOPE}`);
  });
}

test("A visit without a kept page is the network's", async (t) => {
  browser(t);
  assert.equal(await textOf(WORKER.answer(NAVIGATION)), `new ${SCOPE}`);
});

test("A kept file needs no network, and one that is not kept does", async (t) => {
  const { asked, keep } = browser(t);
  await keep(CACHE, A);
  assert.equal(await textOf(WORKER.answer({ url: A })), `kept ${A}`);
  assert.equal(asked.length, 0);
  assert.equal(await textOf(WORKER.answer({ url: B })), `new ${B}`);
});

test("A file that is wanted past all caches is not kept any longer", async (t) => {
  const { keep, kept } = browser(t);
  await keep(CACHE, A, B);
  assert.equal(await textOf(WORKER.answer({ url: A, cache: "reload" })), `new ${A}`);
  assert.deepEqual(kept(), [B]);
});

const OTHERS: readonly (readonly [what: string, Partial<FakeRequest>])[] = [
  ["A file of another build", { url: `${SCOPE}assets/c.js` }],
  ["A file with a query", { url: `${A}?1` }],
  ["The same name elsewhere", { url: "https://other.example/sums/assets/a.js" }],
  ["What is sent", { url: A, method: "POST" }],
  ["A visit to another page", { ...NAVIGATION, url: `${SCOPE}more/` }],
  ["The page, where it is no visit", { url: SCOPE }],
];

for (const [what, request] of OTHERS) {
  test(`${what} is left to the browser`, async (t) => {
    await browser(t).keep(CACHE, SCOPE, A, B);
    assert.equal(WORKER.answer(request), null);
  });
}

test("A build that keeps nothing takes the worker and all that was kept away", async (t) => {
  const { caches, keep, asked } = browser(t);
  for (const name of [`${PLACE}build1`, CACHE, ...STRANGE]) await keep(name, SCOPE);
  await EMPTY.become("install");
  await EMPTY.become("activate");
  assert.deepEqual(EMPTY.did, ["skipWaiting", "unregister"]);
  assert.deepEqual([await caches.keys(), asked.length], [STRANGE, 0]);
});

test("A build that keeps nothing answers nothing", async (t) => {
  await browser(t).keep(CACHE, SCOPE, A);
  for (const request of [NAVIGATION, { url: A }]) assert.equal(EMPTY.answer(request), null);
});
