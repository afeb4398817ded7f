import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { forgetDeadPlaces, forgetOldNotes } from "../src/page/dead-places";
import { draftKey, FakeBrowser, type FakeTab, STARTER } from "./fakes/desk";
import { FakeStorage } from "./fakes/storage";

const YEAR_HOURS = 370 * 24;

/** A browser, and what is left there when a page of the usual place has come up. */
function scene(t: TestContext) {
  const browser = new FakeBrowser(t, new FakeStorage());
  const work = (place: string, ...texts: readonly string[]): void => {
    const tab = browser.open({ place });
    for (const text of texts) tab.type(text);
    browser.pass(0.01);
  };
  const left = (): readonly string[] => {
    const { store, draft } = browser.open().kept;
    forgetDeadPlaces(store, draft.key, browser.time);
    return [...browser.storage.kept.keys()].filter((key) => !key.endsWith(":history"));
  };
  const both = (place: string) => [draftKey(place), `${draftKey(place)}-note`];
  return { browser, work, left, both };
}

test("Where nobody has worked for a year a draft stays, unless a newer place has its text", (t) => {
  const { browser, work, left, both } = scene(t);
  work("/1/", "mine");
  work("/2/", "only here");
  browser.pass(YEAR_HOURS);
  work("/3/", "mine");
  assert.deepEqual(left(), [...both("/2/"), ...both("/3/")]);
});

test("Within a year the same text may be at two places", (t) => {
  const { browser, work, left, both } = scene(t);
  work("/1/", "mine");
  browser.pass(YEAR_HOURS / 2);
  work("/2/", "mine");
  assert.deepEqual(left(), [...both("/1/"), ...both("/2/")]);
});

test("A note of a year ago goes where it is all that there is, and the page's own stays", (t) => {
  const { browser, work, left, both } = scene(t);
  work("/1/", "mine", STARTER);
  work("/sums/", "mine", STARTER);
  browser.pass(YEAR_HOURS);
  assert.deepEqual(left(), both("/sums/").slice(1));
});

test("A note that can still bring a text back stays", (t) => {
  const { browser, left, both } = scene(t);
  const tab = browser.open({ place: "/1/" });
  tab.type("mine");
  tab.work.reset();
  browser.pass(YEAR_HOURS);
  assert.deepEqual(left(), both("/1/").slice(1));
});

test("The newest twenty places of an exercise stay, of others the older", (t) => {
  const { browser, work, left } = scene(t);
  browser.open({ slug: "products", place: "/0/" }).type("same");
  for (let n = 0; n < 25; n++) work(`/${n}/`, n === 2 ? "only here" : "same");
  const places = left().filter((key) => key.startsWith("exercise:sums:") && key.endsWith(":draft"));
  const kept = ["/2/", ...Array.from({ length: 20 }, (_, n) => `/${n + 5}/`)];
  assert.deepEqual(
    places,
    kept.map((place) => draftKey(place)),
  );
  assert.equal(browser.open({ slug: "products", place: "/0/" }).text, "same");
});

test("What somebody else keeps on the origin, or no note tells the age of, stays", (t) => {
  const { browser, left } = scene(t);
  const keys = ["exercise:sums:draft-note", "course:/1/:draft-note", draftKey("/1/")];
  for (const key of keys) browser.storage.setItem(key, "{}");
  assert.deepEqual(left(), keys);
});

const NOTED = {
  runs: ({ kept }: FakeTab) => kept.runs.add({ outcome: "failed", passed: 1, total: 5 }),
  hints: ({ kept }: FakeTab) => kept.hints.add("Add.", ["Add."]),
};
for (const [what, note] of Object.entries(NOTED)) {
  test(`Of an exercise's ${what} the newest twenty places stay, and the page's own`, (t) => {
    const { browser } = scene(t);
    const at = (place: string, slug = "sums") => {
      browser.pass(1);
      note(browser.open({ slug, place }));
    };
    at("/sums/");
    for (let n = 0; n < 25; n++) at(`/${n}/`);
    at("/1/", "other");
    browser.storage.setItem(`exercise:sums:/old/:${what === "runs" ? "hints" : "runs"}`, "{}");
    forgetOldNotes(browser.open().kept.store, "exercise:sums:/sums/:");
    const noted = [...browser.storage.kept.keys()].filter((key) => /:(runs|hints)$/.test(key));
    const newest = Array.from({ length: 20 }, (_, n) => `/${n + 5}/`);
    const places = noted.map((key) => key.split(":")[2] ?? "");
    assert.deepEqual(places.sort(), ["/sums/", ...newest, "/1/", "/old/"].sort());
  });
}
