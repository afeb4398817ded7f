"""Exercises whose tests use pytest wrongly, which shows only as they run: as in `unprovable`."""

from __future__ import annotations

from .squares import PROBLEM, Files, authored

_ONE = "@pytest.fixture\ndef one(): return 1\n"
_BROKEN = "The test itself is broken"
_HANGS, _END = "A test did not come back within 5 seconds.", "Mend the test: it has to end."

MISUSED: dict[str, tuple[Files, str, str, str]] = {
    "a fixture that takes one of narrower scope": (
        authored(
            f"{_ONE}@pytest.fixture(scope='module')\ndef two(one): return 2\n"
            "def test_a(two): f(two)"
        ),
        "hidden_tests/test_f.py:9",
        f"test_a: {_BROKEN} (ScopeMismatch: You tried to access the function scoped fixture one",
        "Mend the test.",
    ),
    "a test that ends Python": (
        authored("import os\ndef test_a(): f(1)\n\ndef test_b(): os._exit(0)"),
        "hidden_tests/test_f.py:6",
        "Python ran out of memory or broke down in test_a or test_b",
        "smaller arrays",
    ),
    **{
        f"a test that never ends, {which}": (
            {**authored(f"{text}\n    while True: pass"), "problem.md": PROBLEM},
            place,
            cause,
            remedy,
        )
        for which, text, place, cause, remedy in (
            (
                "before it calls",
                "def test_a():",
                "hidden_tests/test_f.py:5",
                f"test_a: {_HANGS}",
                _END,
            ),
            (
                "before it calls, after another",
                "def test_a(): f(1)\n\ndef test_b():",
                "hidden_tests/test_f.py:5",
                f"test_a or test_b: {_HANGS}",
                _END,
            ),
            (
                "after one that is skipped",
                "def test_a(): f(1)\n\n@pytest.mark.skip\ndef test_c(): f(2)\n\n"
                "def test_b():\n    f(1)",
                "hidden_tests/test_f.py:10",
                f"test_b: {_HANGS}",
                _END,
            ),
            (
                "after one that fails",
                "def test_a(): assert f(1) == 2\n\ndef test_b():\n    f(1)",
                "solution.py",
                "does not pass test_a",
                "The reference has to pass: mend it, or the test.",
            ),
        )
    },
    "a test that reads a function's source": (
        authored("import inspect\ndef test_a():\n    inspect.getsource(f)\n    f(1)"),
        "hidden_tests/test_f.py:7",
        f"test_a: {_BROKEN} (OSError: ",
        "no signature, docstring or source",
    ),
    "a test that reads a file of another encoding": (
        authored(
            "from pathlib import Path\ndef test_a():\n    at = Path(__file__).with_suffix('.txt')\n"
            "    at.write_bytes(b'\\xe4')\n    f(int(at.read_text()))"
        ),
        "hidden_tests/test_f.py:9",
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe4",
        "Save the file as UTF-8, or name its encoding",
    ),
    "a fixture that is called": (
        authored(f"{_ONE}def test_a(): assert f(one()) == 1"),
        "hidden_tests/test_f.py:7",
        f'test_a: {_BROKEN} (Fixture "one" called directly.',
        "Mend the test.",
    ),
    "a fixture that is called after a call": (
        authored(f"{_ONE}def test_a():\n    got = f(1)\n    assert got == one()"),
        "hidden_tests/test_f.py:9",
        "when test functions request them as parameters).\nf(1) returned 1",
        "Mend the test.",
    ),
    "a fixture that yields twice": (
        authored(
            "@pytest.fixture\ndef one():\n    yield 1\n    yield 2\n"
            "def test_a(one): assert f(1) == one"
        ),
        "hidden_tests/test_f.py:9",
        f"{_BROKEN} (fixture function has more than one 'yield'",
        "Mend the test.",
    ),
    "a fixture that is not there, asked for after a call": (
        authored("def test_a(request):\n    f(3)\n    request.getfixturevalue('one')"),
        "hidden_tests/test_f.py:7",
        f"{_BROKEN} (there is no fixture one)",
        "Define it in the test's file or in conftest.py",
    ),
    **{
        f"a test that ends by {end} after a call": (
            authored(f"import sys\ndef test_a():\n    assert f(3) == 9\n    {end}"),
            "hidden_tests/test_f.py:8",
            f"test_a: {_BROKEN} ({told})",
            "Mend the test.",
        )
        for end, told in (
            ("sys.exit(0)", "SystemExit: 0"),
            ("sys.exit()", "SystemExit"),
            ("exit(1)", "SystemExit: 1"),
            ("pytest.exit('over')", "Exit: over"),
        )
    },
    "a pattern that is none": (
        authored("def test_a():\n    with pytest.raises(ValueError, match='x('): f(-1)"),
        "hidden_tests/test_f.py:6",
        f"{_BROKEN} (Invalid regex pattern provided to 'match': missing ), unterminated",
        "Mend the test.",
    ),
    "a pattern of unittest's that is none, after a call": (
        authored(
            "import unittest\nclass A(unittest.TestCase):\n  def test_a(self):\n    f(3)\n"
            "    with self.assertRaisesRegex(ValueError, '*x'): f(-1)"
        ),
        "hidden_tests/test_f.py:9",
        f"{_BROKEN} (PatternError: nothing to repeat at position 0)",
        "Mend the test.",
    ),
}
