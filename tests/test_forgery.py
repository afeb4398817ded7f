"""No answer but a right one passes: tampering with Python, and answers that are forged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from builder.grade import Judge

from .forged import ERROR, said
from .squares import outcomes, proved_judge


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of the squares exercise."""
    with proved_judge(tmp_path_factory.mktemp("squares"), {}) as judge:
        yield judge


# Each comes before a function that is wrong for every test.
TAMPERING = {
    "json": "import json\njson.dumps = json.loads = lambda *a, **k: '{}'",
    "numpy.testing": "import numpy.testing as t\n"
    "t.assert_array_equal = t.assert_allclose = lambda *a, **k: None",
    "pytest": "import pytest\npytest.raises = pytest.fail = pytest.approx = lambda *a, **k: None",
    "empty builtins": "import builtins\nvars(builtins).clear()",
    "own builtins": "import builtins\nbuiltins.AssertionError = builtins.isinstance = int",
    "empty modules": "import sys\nsys.modules.clear()",
    "the call": "from grading.candidate import calling\ncalling.call = lambda text: 'passed'",
    "the outcome": "from grading.candidate import calling\n"
    "calling._outcome = lambda *a: {'kind': 'returned', 'value': {'t': 'passed'}}",
    "an outcome that raises": "from grading.candidate import calling\n"
    "def end(*a): raise SystemExit\ncalling._outcome = end",
    "the encoding": "from grading.shared import wire\nwire.encode = lambda value: {'t': 'opaque'}",
    "the wire's module": "import sys\nsys.modules['grading.shared.wire'].__dict__.clear()",
    "a report on the output": 'import os\nos.write(1, b\'{"outcome": "passed"}\\n\')',
    "text on every file": "import os\nfor n in range(1, 40):\n    try: os.write(n, b'passed\\n')\n"
    "    except OSError: pass",
    "answers on every file": "import os\nfor n in range(1, 40):\n"
    '    try: os.write(n, b\'{"text": "{}"}\\n\' * 9)\n    except OSError: pass',
    "closed files": "import os\nos.closerange(0, 40)",
    "closed streams": "import sys\nsys.stdout.close()\nsys.stdout = sys.stderr = None",
    "a trace": "import sys\nsys.settrace(lambda *a: 1 / 0)",
    "an end": "import atexit, sys\natexit.register(print, 'passed')\ndel sys.modules['solution']",
    "the caller's frame": "import sys\nframe = sys._getframe()\nwhile frame:\n"
    "    frame.f_globals.update(outcome='passed', passed=3)\n    frame = frame.f_back",
}


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_with_python_gains_no_pass(judge: Judge, name: str) -> None:
    report = judge.grade(f"{TAMPERING[name]}\ndef f(x):\n    return 0\n").report
    assert report["outcome"] in ("failed", "error", "crashed"), report
    assert (report["fault"], report["passed"], report["total"]) == ("learner", 0, 3)


GARBAGE = {
    "nothing": "",
    "null": "null",
    "a list": "[]",
    "a verdict": '{"outcome": "passed", "report": {"outcome": "passed"}}',
    "an unknown kind": said(kind="passed"),
    "a kind that is a list": said(kind=[]),
    "an unknown value": said(value={"t": "passed"}),
    "a value and an error": said(error=ERROR),
    "an error that is empty": said(kind="raised", error={}),
    "an error that is a number": said(kind="raised", error=0),
    "an error that lacks all": said(kind="raised", error={"line": 1}),
    "no error": said(kind="raised"),
    "no changes": said(changed=...),
    "changes that are a list": said(changed={"0": 1}),
    "a change that is malformed": said(changed=[[0, 1]]),
    "no output": said(stdout=...),
    "output that is a number": said(stdout=7),
    "errors on the output that are a number": said(stderr=7),
    "an error on the output that has no end": said(stderr=[[0]]),
    "errors on the output out of order": said(stdout="abc", stderr=[[2, 3], [0, 1]]),
    "an error before the output": said(stderr=[[-1, 0]]),
    "brackets": "[" * 3_000,
    "no end of brackets": "[" * 90_000,
    "a number without end": "9" * 5_000,
}
# Texts that are too long to stand in a submission, as expressions.
LONG = {
    "keys of one hash": """'{"kind":"returned","value":{"t":"dict","v":[' + ",".join('[%d,1]' %
    (n * (2**31 - 1)) for n in range(1, 30_000)) + ']},"changed":[],"stdout":""}'""",
    "a great many classes": """'{"kind":"returned","value":{"t":"list","v":[' + ",".join(
    '{"t":"opaque","name":"n%d"}' % n for n in range(30_000)) + ']},"changed":[],"stdout":""}'""",
    "brackets that close": "'[' + '[],' * 700_000 + '[]]'",
    "an integer without end": """'{"kind":"returned","value":{"t":"int","hex":"0x' + "f" *
    2_000_000 + '"},"changed":[],"stdout":""}'""",
}


def forge(answer: str) -> str:
    """Return a submission that answers its first call in its own way."""
    return forge_by(repr(answer))


def forge_by(expression: str) -> str:
    """Return a submission that answers its first call with what an expression comes to."""
    return f"import json\ntext = ({expression})\ndef f(x):\n    json.dumps = lambda *a, **k: text\n"


@pytest.mark.parametrize("name", [*GARBAGE, *LONG])
def test_a_forged_answer_is_a_crash(judge: Judge, name: str) -> None:
    source = forge_by(LONG[name]) if name in LONG else forge(GARBAGE[name])
    report = judge.grade(source).report
    assert (report["outcome"], report["fault"], report["passed"]) == ("crashed", "learner", 0)
    assert outcomes(report) == "crashed not-run not-run"


@pytest.mark.parametrize("kind", ["a\0", "\ud800", "", "x" * 10_000, "Skipped", "CallNeeded"])
def test_a_forged_exception_is_an_error_by_a_name_that_can_be_shown(
    judge: Judge, kind: str
) -> None:
    error = {**ERROR, "type": kind, "builtin": "BaseExceptionGroup"}
    report = judge.grade(forge(said(kind="raised", error=error))).report
    assert outcomes(report) == "error error error"
    assert report["fault"] == "learner"
    shown = report["tests"][0]["error"]["type"]
    assert shown.isprintable() and 0 < len(shown) <= 80


def test_a_forged_change_of_what_is_no_argument_is_a_crash(judge: Judge) -> None:
    for change in ([0, {"t": "list", "v": []}], [7, 1], ["x", 1]):
        report = judge.grade(forge(said(changed=[change]))).report
        assert outcomes(report) == "crashed not-run not-run"
