import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { settleAddress } from "../src/page/address";
import { AssetError } from "../src/shared/problem";
import { replaceGlobals } from "./fakes/globals";

const FILE = "assets/realm-0123456789.js";
const ORIGIN = "https://example.org";
const LISTED = JSON.stringify({ exercise: "sums", assets: [FILE] });

/** Has a page at an address, on a host that knows these texts; tells what was asked and shown. */
async function settle(
  t: TestContext,
  address: string,
  texts: Readonly<Record<string, string>>,
  replaceState?: () => void,
) {
  const location = new URL(address, ORIGIN);
  const asked: string[] = [];
  const shown: string[] = [];
  const fetch = async (given: string): Promise<Response> => {
    const { href } = new URL(given, location);
    asked.push(href.slice(ORIGIN.length));
    const text = texts[asked.at(-1) as string];
    return new Response(text ?? "<!doctype html>", { status: text === undefined ? 404 : 200 });
  };
  const note = (_state: unknown, _title: string, url: string) => shown.push(url);
  const history = { state: null, replaceState: replaceState ?? note };
  replaceGlobals(t, { fetch, history });
  const problem = await settleAddress(location, FILE).catch((reason) => reason);
  return { asked, shown, problem };
}

for (const address of ["/", "/x/y/", "/x/y/index.html", "/x/y.HTML?a=1#b", "/x.y/z.htm"]) {
  test(`Nothing is asked of the usual address ${address}`, async (t) => {
    const { asked, shown, problem } = await settle(t, address, {});
    assert.deepEqual([asked, shown, problem], [[], [], undefined]);
  });
}

const PAGE = "<!doctype html>";

test("Without its final slash an address gets it, and keeps what follows", async (t) => {
  const texts = { "/x/y/exercise-bundle.json": LISTED, "/x/y/": PAGE };
  const { shown, problem } = await settle(t, "/x/y?name=a#top", texts);
  assert.deepEqual([shown, problem], [[`${ORIGIN}/x/y/?name=a#top`], undefined]);
});

test("Where the folder has no page of its own, its index is named", async (t) => {
  const texts = { "/y/exercise-bundle.json": LISTED, "/y/index.html": PAGE };
  const { shown } = await settle(t, "/y", texts);
  assert.deepEqual(shown, [`${ORIGIN}/y/index.html`]);
});

test("A page by another name lies beside its files, and its address stays", async (t) => {
  const texts = { "/x/exercise-bundle.json": LISTED, "/x/y/exercise-bundle.json": LISTED };
  for (const address of ["/x/y", "/x/view.php?id=7"]) {
    const { shown, problem } = await settle(t, address, texts);
    assert.deepEqual([shown, problem], [[], undefined]);
  }
});

test("Another bundle, or a page in place of every file, is not taken for this one's folder", async (t) => {
  const other = JSON.stringify({ assets: ["assets/realm-9.js"] });
  for (const text of [other, PAGE, "null", "{}", ""]) {
    const texts = { "/x/exercise-bundle.json": text, "/x/y/exercise-bundle.json": text };
    const { shown, problem } = await settle(t, "/x/y", texts);
    assert.deepEqual([shown, problem], [[], undefined]);
  }
});

test("An address that cannot be set right is told, with the right one", async (t) => {
  const listed = { "/x/y/exercise-bundle.json": LISTED };
  const refuse = (): never => {
    throw new Error("SecurityError");
  };
  for (const { problem, shown } of [
    await settle(t, "/x/y", listed),
    await settle(t, "/x/y", { ...listed, "/x/y/": PAGE }, refuse),
  ]) {
    assert.ok(problem instanceof AssetError);
    assert.match(problem.problem.what, /lacks its final slash/);
    assert.match(problem.problem.remedy, /https:\/\/example\.org\/x\/y\//);
    assert.deepEqual(shown, []);
  }
});

test("A path that looks like another host is never asked there", async (t) => {
  const { asked } = await settle(t, `${ORIGIN}//evil.example/y`, {});
  assert.deepEqual(asked, [
    "//evil.example/exercise-bundle.json",
    "//evil.example/y/exercise-bundle.json",
  ]);
});
