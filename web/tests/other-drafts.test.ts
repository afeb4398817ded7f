import assert from "node:assert/strict";
import { test } from "node:test";
import { newestElsewhere } from "../src/page/other-drafts";
import { Store } from "../src/page/store";
import { draftKey } from "./fakes/desk";
import { replaceGlobals } from "./fakes/globals";
import { FakeStorage } from "./fakes/storage";

test("Of what others keep on this origin nothing is read but the names", (t) => {
  const localStorage = new FakeStorage();
  replaceGlobals(t, { window: { localStorage } });
  for (const key of ["a course's own", "exercise:products:/1/:draft", draftKey("/1/", "sums-2")]) {
    localStorage.setItem(key, "not ours");
  }
  localStorage.setItem(draftKey("/1/"), "ours");
  const reads = t.mock.method(localStorage, "getItem").mock;
  const newest = newestElsewhere(new Store(), "sums", draftKey("/2/"));
  assert.deepEqual([newest?.place, newest?.text], ["/1/", "ours"]);
  const read = new Set(reads.calls.map(({ arguments: [key] }) => key));
  assert.deepEqual([...read], [draftKey("/1/"), `${draftKey("/1/")}-note`]);
});
