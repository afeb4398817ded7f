import assert from "node:assert/strict";
import { test } from "node:test";
import { keptAt, placeOf } from "../src/shared/place";

const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  "/": ["", "/", "/index.html", "//"],
  "/spring/": ["/spring", "/spring/", "/spring/index.html", "//spring//", "/spring/index"],
  "/a/b/": ["/a/b/loss.html", "/a/b/INDEX.HTM", "/a/b/page.xhtml"],
  "/view.php/7/": ["/view.php/7", "/view.php/7/index.html"],
  "/v1.2/": ["/v1.2", "/v1.2/"],
  "/fr%C3%BChling/": ["/frühling/", "/fr%C3%BChling/", "/fr%c3%bchling/index.html"],
  "/~ada/": ["/~ada/", "/%7Eada/"],
  "/C%3A/exercise/": ["/C:/exercise/index.html", "/C%3a/exercise/"],
  "/100%/": ["/100%/"],
  "/a/index/": ["/a/index/", "/a/index/index.html"],
  "/a/unit.html/": ["/a/unit.html/", "/a/unit.html/index"],
  "/INDEX/": ["/INDEX/"],
};

for (const [place, spellings] of Object.entries(SPELLINGS)) {
  test(`The place is ${place} in ${spellings.join(" and ")}`, () => {
    assert.deepEqual(
      spellings.map(placeOf),
      spellings.map(() => place),
    );
  });
}

const FAMILIES = ["/", "/a/", "/a/:b/", "/a:/b/", "/%3A/", "/%:/"].map((path) =>
  keptAt("sums", placeOf(path)),
);

test("What is kept at one place never begins with the name of another", () => {
  for (const one of FAMILIES) {
    const inside = FAMILIES.filter((other) => other !== one && other.startsWith(one));
    assert.deepEqual(inside, []);
  }
  assert.equal(keptAt("sums", "/a/"), "exercise:sums:/a/:");
});
