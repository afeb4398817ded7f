"""The hidden tests without a submission: they leave nothing of one behind.

Before a snapshot this brings what the tests import into it. After a restore it has the browser
compile what a run needs, which would else be the first run's to wait for.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from grading.shared import wire

from .judge import Judge
from .known import recorded_answer

# So many calls of a test are answered one by one, which is the way that is to be warm; the test
# runs once more for each, so others are answered in one go.
_SINGLY = 16
# What ends a test that makes ever more calls upon answers of no use.
_ENOUGH: wire.Tree = {
    "t": wire.RECORD,
    "kind": "raised",
    "value": None,
    "error": {"type": "NotImplementedError", "builtin": "NotImplementedError", "message": ""},
    "changed": [],
}


def rehearse(judge: Judge) -> None:
    """Run the tests with the reference's answers, where they are known, and with none of use.

    Tests that want what has not arrived yet are left where they do.

    Raises:
        RuntimeError: if the tests do not pass with those answers.
    """
    reference = judge.facts.answers.reference
    if reference:
        report = _report(judge, reference)
        if report is not None and report["outcome"] != "passed":
            raise RuntimeError(f"the reference's own answers do not pass: {report}")
    _report(judge, {})


def _report(judge: Judge, answers: dict[str, list[wire.Tree]]) -> dict[str, Any] | None:
    asked: Counter[str] = Counter()
    step = json.loads(judge.begin(_told({"kind": "loaded", "stdout": ""})))
    while step["call"]:  # an empty one waits for the library, which nobody brings here
        test = step["running"]
        count = 1
        if asked[test] >= _SINGLY:
            count += sum(each["test"] == test for each in step["lookahead"])
        recorded = answers.get(test, [])[asked[test] :][:count]
        recorded = recorded or [_ENOUGH if asked[test] >= _SINGLY else None]
        asked[test] += len(recorded)
        *earlier, last = (json.dumps(_answer(tree)) for tree in recorded)
        step = json.loads(judge.advance(json.dumps({"answer": last, "earlier": earlier})))
    report: dict[str, Any] | None = step["report"]
    return report


def _answer(value: wire.Tree) -> dict[str, Any]:
    answer = recorded_answer(value)
    said = {"kind": answer.kind, "value": answer.value, "changed": answer.changed}
    said |= {"stdout": answer.stdout, "stderr": answer.stderr}
    return said if answer.error is None else {**said, "error": answer.error}


def _told(said: dict[str, Any]) -> str:
    """Return a judge input, given what a candidate would have said."""
    return json.dumps({"answer": json.dumps(said)})
