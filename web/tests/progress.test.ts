import assert from "node:assert/strict";
import { test } from "node:test";
import { Progress } from "../src/page/progress";

test("What a run tells within a moment is drawn together, in its order", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const drawn: string[] = [];
  const progress = new Progress();
  for (const news of ["loading", "testing"]) progress.soon(() => drawn.push(news));
  assert.equal(drawn.length, 0);
  t.mock.timers.tick(150);
  assert.deepEqual(drawn, ["loading", "testing"]);
  progress.soon(() => drawn.push("passed"));
  t.mock.timers.tick(150);
  assert.deepEqual(drawn, ["loading", "testing", "passed"]);
});

test("What is not drawn when the run ends never is", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const drawn: string[] = [];
  const progress = new Progress();
  progress.soon(() => drawn.push("testing"));
  progress.end();
  t.mock.timers.tick(1000);
  assert.equal(drawn.length, 0);
});
