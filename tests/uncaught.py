"""Wrong solutions that no test catches as they say, or that none can meet: as in `unprovable`."""

from __future__ import annotations

from .squares import CAUGHT, SQUARE, WRONG, Files, authored, front, planted

_SHORT = front("call_seconds: 1\n")
_LOOP = "def f(x):\n    while True: pass\n"
_CASES = authored(
    "@pytest.mark.parametrize('x', ['b', 'ü'])\ndef test_w(x): assert f(x)\n"
    "def test_one(): assert f(1) == 1\n"
)
_BROKEN_ON_ZERO = """
def test_other(): assert f(2) == 4
def test_number():
    got = f(3)
    if got != 9:
        {}
"""
_TWICE = {"solution.py": "def f(x): return x * 1\n", **_CASES}

UNCAUGHT: dict[str, tuple[Files, str, str, str]] = {
    "a broken wrong solution": (planted(CAUGHT, "x ="), f"{WRONG}:4", "invalid syntax", "Mend"),
    "a wrong solution that passes": (
        planted(CAUGHT, SQUARE),
        f"{WRONG}:1",
        "not caught",
        "Sharpen",
    ),
    "a wrong solution caught elsewhere": (
        planted(CAUGHT + ", test_refusal", "def f(x):\n    raise ValueError('negative')\n"),
        f"{WRONG}:1",
        "not caught by test_refusal",
        "Sharpen",
    ),
    "an unknown test": (
        planted("It is zero.\n\nCaught by: test_none"),
        f"{WRONG}:1",
        "names test_none, and there is no such test",
        "test_number, test_refusal, test_array",
    ),
    "a wrong solution that lacks the function": (
        planted(CAUGHT, "def g(x): return 0\n"),
        WRONG,
        "cannot be used: There is no function f",
        "define each function as starter.py does",
    ),
    "a wrong solution whose parameters have other names": (
        planted(CAUGHT, "def f(y): return 0\n"),
        WRONG,
        "cannot be used: f must take a parameter named x",
        "define each function as starter.py does",
    ),
    "a wrong solution that never comes to its end": (
        {**_SHORT, **planted(CAUGHT, "while True: pass\n")},
        f"{WRONG}:4",
        "cannot be used: Your code was still being loaded after 1 seconds, so it was stopped. It "
        "was on line 4 then.",
        "Mend the line",
    ),
    "a wrong solution that hangs before the test that it names": (
        {**_SHORT, **planted("It loops.\n\nCaught by: test_number, test_array", _LOOP)},
        f"{WRONG}:1",
        "was stopped in test_number, so test_array never ran\nA call of your code was still "
        "running after 1 seconds",
        "Name test_number in `Caught by:`, or mend what stopped it",
    ),
    "a wrong solution that ends Python before the test that it names": (
        planted("It ends.\n\nCaught by: test_array", "def f(x):\n    import os; os._exit(0)\n"),
        f"{WRONG}:1",
        "was stopped in test_number, so test_array never ran\nYour code brought Python down",
        "Name test_number in `Caught by:`",
    ),
    "a wrong solution that no case catches": (
        {
            **_TWICE,
            **planted("It is one.\n\nCaught by: test_one, test_w", "def f(x): return x and 2\n"),
        },
        f"{WRONG}:1",
        "is not caught by any case of test_w",
        "Sharpen",
    ),
    "a wrong solution that a case does not catch, beyond ASCII": (
        {**_TWICE, **planted("It is two.\n\nCaught by: test_w[ü]", "def f(x): return 2\n")},
        f"{WRONG}:1",
        "is not caught by test_w[ü]",
        "Sharpen",
    ),
    "an unknown case": (
        {**_TWICE, **planted("It is two.\n\nCaught by: test_w[a, b]", "def f(x): return 2\n")},
        f"{WRONG}:1",
        "names test_w[a, b], and there is no such test",
        "Tests: test_w[b], test_w[ü], test_one.",
    ),
    **{
        f"a test that {what} where an answer is wrong": (
            {
                **planted(CAUGHT, "def f(x): return 0\n"),
                **authored(_BROKEN_ON_ZERO.format(line)),
            },
            "hidden_tests/test_f.py:10",
            f"with wrong.py, test_number: {cause}",
            remedy,
        )
        for what, (line, cause, remedy) in {
            "leans on chance": (
                "f(random.random())",
                "This test makes other calls each time that it runs: f(0.",
                "make and seed what is random inside it",
            ),
            "names what is not there": (
                "assert got == nine",
                "The test itself is broken (NameError: name 'nine' is not defined)",
                "Mend the test. A test must fail with an assertion whatever a learner returns.",
            ),
        }.items()
    },
}
