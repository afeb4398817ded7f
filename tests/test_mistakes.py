"""A mistake is named by what it answers: each planted one, and no other's in place of it."""

from __future__ import annotations

import contextlib
import io
import random
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from builder.exercise import read_exercise
from builder.grade import Judge

from .hostile import function
from .limits import HURRIED
from .mutants import BARE, each_mutant
from .slips import SLIPS
from .squares import HEAD, WRONG, Files, proved_judge
from .submissions import REFERENCE, ROOT, WRONG_SOLUTIONS

# Why a planted mistake has no name: docs/development.md, “Why some things are as they are”.
UNNAMED = {"computes_in_float32"}

# What the learner is told of a slip, in the message or as the mistake, of the first test or of all.
SAID = {
    "forgotten return": "The function returns nothing: it has to `return` the loss.",
    "print in place of return": "You printed 0.4607734891568512 but returned nothing",
    "typo": "name 'los' is not defined. Check its spelling, and that it gets its value first. Did "
    "you mean: 'loss'?",
    "missing import": "`np` is used on line 5 but was not imported. Write `import numpy as np`",
    "off by one": "The target is off by one: the class after it is scored.",
    "wrong axis": "axis 1 is out of bounds for array of dimension 1. Its only axis is 0. There, "
    "logits has one axis: its shape is (4,).",
    "array returned": "the function returned an array (ndarray) of shape (4,)",
    "endless loop": "It was on line 6 then. Is there a loop that never ends?",
    "recursion": "The code calls itself too deeply on line 5. Is there a case that stops it?",
    "mutation": "The logits array is changed in place.",
    "syntax": "Python cannot read your code on line 34, column 17: '(' was never closed.",
    "missing max": "The maximum is not subtracted before exp, so large logits overflow.",
}


def named(report: dict[str, Any]) -> set[str]:
    """Return the mistakes that a report names."""
    return {test["mistake"] for test in report["tests"] if test["mistake"] is not None}


def test_all_but_few_planted_mistakes_are_named_and_none_by_anothers_name(judge: Judge) -> None:
    sentences = {wrong.path.stem: wrong.mistake for wrong in read_exercise(ROOT).wrong_solutions}
    found = {
        path.stem: named(judge.grade(path.read_text("utf-8")).report) for path in WRONG_SOLUTIONS
    }
    assert found == {
        name: set() if name in UNNAMED else {sentence} for name, sentence in sentences.items()
    }
    assert len(UNNAMED) <= 0.06 * len(sentences)


def test_a_planted_mistake_has_its_name_where_numpys_float_is_returned(judge: Judge) -> None:
    sources = {
        wrong.mistake: source.replace("return float(", "return np.float64(")
        for wrong in read_exercise(ROOT).wrong_solutions
        if "return float(" in (source := wrong.path.read_text("utf-8"))
        and wrong.path.stem not in UNNAMED
    }
    assert len(sources) > 30
    found = {mistake: named(judge.grade(source).report) for mistake, source in sources.items()}
    assert found == {mistake: {mistake} for mistake in sources}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_in_a_sentence(judge: Judge, slip: str) -> None:
    report = judge.grade(SLIPS[slip], HURRIED.told if slip == "endless loop" else None).report
    first = next(test for test in report["tests"] if test["outcome"] != "passed")
    told = [report["message"], first["message"], first["mistake"] or ""]
    assert any(SAID[slip] in text for text in told), told


@pytest.mark.parametrize(
    "line",
    [
        "len(target)",
        "target[0]",
        "for t in target: pass",
        "None + alpha",
        "1.0 - None",
        "'a' + 1",
        "float(None)",
        "(lambda alpha: 0)()",
        "assert logits.ndim == 2",
        "assert isinstance(alpha, float)",
        "raise ValueError",
        "int(float('nan'))",
        "float('1,5')",
        "raise ValueError('expected a 2-D float array')",
        "raise TypeError('expected a float')",
        "raise TypeError('alpha needs float logits')",
        "raise ValueError(f'alpha: {alpha}')",
        "assert 0 < alpha < 1, 'alpha must be in (0, 1), got 0'",
        "raise ValueError('alpha must be a number between 0 and 1')",
        "assert alpha > 0, 'alpha has to be a positive number'",
        "raise ValueError('alpha must be a float in (0, 1)')",
        "raise ValueError('alpha must be a float > 0')",
    ],
)
def test_an_error_over_anything_else_is_not_put_down_to_an_alpha_that_is_an_int(
    judge: Judge, line: str
) -> None:
    test = judge.grade(function(line)).report["tests"][0]
    assert (test["outcome"], test["error"]["line"]) == ("error", 5), test
    assert "where alpha was the int" not in test["message"]


@pytest.mark.parametrize(
    "line",
    [
        "assert isinstance(alpha, float), 'alpha must be a float'",
        "assert type(alpha) == float, 'Alpha must be float, not int'",
        "assert type(alpha) == float, f'wrong type of alpha: {type(alpha)}'",
        "raise ValueError('`alpha` is not a floating point number, but <class \\'int\\'>')",
        "raise TypeError('alpha must be a float in [0, 1]')",
        "raise TypeError(\"expected 'alpha' to be an instance of float\")",
    ],
)
def test_an_alpha_that_is_refused_as_an_int_is_told_as_that(judge: Judge, line: str) -> None:
    test = judge.grade(function(line)).report["tests"][0]
    assert (test["outcome"], "where alpha was the int 0" in test["message"]) == ("failed", True)


@pytest.mark.parametrize(
    ("line", "changed", "left"),
    [
        ("logits.shape = (1, -1)", "its shape in place.", "shape (1, 3), not (3,)"),
        ("logits.resize((3, 1), refcheck=False)", "its shape in place.", "shape (3, 1), not (3,)"),
        ("logits.resize(2, refcheck=False)", "its shape in place.", "shape (2,), not (3,)"),
        ("logits.dtype = 'i8'", "its dtype in place.", "dtype int64, not float64"),
        ("logits -= 1", "it in place.", "logits = [-2, 2.5, 1]"),
    ],
)
def test_logits_that_are_left_otherwise_are_told_by_what_became_of_them(
    judge: Judge, line: str, changed: str, left: str
) -> None:
    source = REFERENCE.replace("    return", f"    {line}\n    return")
    test = judge.grade(source).report["tests"][1]
    assert test["outcome"] == "failed"
    said = f"The logits array has to stay as it was, but the function changed {changed}"
    assert said in test["message"] and test["message"].endswith(f"\nAfter the call: {left}")


@pytest.mark.parametrize(
    ("loss", "said"),
    [
        ("round({}, 6)", "and do not round the result."),
        ("round({}, 8)", "and do not round the result."),
        ("{} / np.float64(alpha)", "or something was divided by 0, as alpha may be."),
        ("np.log(-{})", "the log of 0 or of a negative number was taken"),
    ],
)
def test_what_may_have_spoiled_a_number_is_told_for_each_way_of_it(
    judge: Judge, loss: str, said: str
) -> None:
    _, right = REFERENCE.rsplit("return ", 1)
    source = REFERENCE.replace(right, loss.format(right.strip()))
    test = judge.grade(source).report["tests"][0]
    assert test["outcome"] == "failed" and said in test["message"]


@pytest.mark.parametrize(
    "scored",
    [
        "np.sort(log_p)[-2]",
        "np.sort(log_p)[::-1][target]",
        "np.median(log_p)",
        "log_p[::-1][target]",
        "log_p[-target]",
        "log_p[len(log_p) // 2]",
        "log_p[max(target - 1, 0)]",
        "log_p[np.argsort(np.argsort(log_p))[target]]",
    ],
)
def test_a_class_that_no_planted_mistake_scores_is_put_down_to_none(
    judge: Judge, scored: str
) -> None:
    log_p = "z = logits - logits.max()\nlog_p = z - np.log(np.exp(z).sum())\n"
    loss = f"return float(-(1 - alpha) * {scored} - alpha * log_p.mean())"
    assert named(judge.grade(function(log_p + loss)).report) == set()


@pytest.mark.parametrize(
    "body",
    [
        "try:\n    return logits.maxx()\nexcept Exception as e:\n    print('error:', e)",
        "print('start')\nif alpha > 2:\n    return 0.5",
        "print(logits - logits.max())",
        "print('target', target)",
    ],
)
def test_what_is_printed_to_look_at_it_is_not_told_as_the_result(judge: Judge, body: str) -> None:
    report = judge.grade(function(body)).report
    assert named(report) == {"The function returns nothing: it has to `return` the loss."}


def test_the_table_says_a_sentence_for_each_slip() -> None:
    assert list(SAID) == list(SLIPS)


Function = Callable[[Any, int, float], Any]


def panel() -> list[tuple[np.ndarray, int, float]]:
    """Return arguments of all sizes, by chance: the hidden tests take no part in them."""
    rng = random.Random(5)
    given = [
        (np.array([rng.uniform(-size, size) for _ in range(k)]), rng.randrange(k), alpha)
        for k in (1, 2, 3, 5, 9)
        for size in (1, 10, 400, 5000)
        for alpha in (0, 0.07, 0.4, 1.0)
    ]
    tied = np.array([2.0, 2.0, -1.0])
    return [*given, (tied, 0, 0.2), (tied, 2, 0.2), (np.arange(1500) / 100, 3, 0.2)]


def loaded(source: str) -> Function:
    names: dict[str, Any] = {}
    exec(compile(source, "solution.py", "exec"), names)
    function: Function = names["label_smoothing_loss"]
    return function


def outcome(function: Function, logits: np.ndarray, target: int, alpha: float) -> Any:
    """Return what a call comes to, and how it left its argument; None if it raises."""
    given = logits.copy()
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(), np.errstate():
            warnings.simplefilter("ignore")
            return function(given, target, alpha), given
    except Exception:
        return None


def same(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    if np.shape(one) != np.shape(other):
        return False
    try:
        return bool(np.allclose(one, other, rtol=1e-7, atol=1e-9, equal_nan=True))
    except TypeError:
        return bool(one == other)


def made_all(source: str, mistakes: set[str]) -> bool:
    """Whether code answers as those do that make its mistakes, nearly wherever both answer."""
    return all(
        any(_is_like(loaded(source), other) for other in planted()[mistake]) for mistake in mistakes
    )


def _is_like(one: Function, other: Function) -> bool:
    given = panel()
    pairs = [(outcome(one, *each), outcome(other, *each)) for each in given]
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    agreed = sum(same(a[0], b[0]) and same(a[1], b[1]) for a, b in both)
    return agreed > 0.95 * len(both) and len(both) > 0.5 * len(given)


def planted() -> dict[str, list[Function]]:
    found: dict[str, list[Function]] = {}
    for wrong in read_exercise(ROOT).wrong_solutions:
        found.setdefault(wrong.mistake, []).append(loaded(wrong.path.read_text("utf-8")))
    return found


def test_no_small_mutant_of_the_reference_gets_a_name_that_it_does_not_deserve(
    judge: Judge,
) -> None:
    made = each_mutant(BARE)
    assert len(made) > 300
    names = {source: named(judge.grade(source, HURRIED.told).report) for source in made}
    wrong = {source: found for source, found in names.items() if not made_all(source, found)}
    assert wrong == {}
    assert sum(map(bool, names.values())) > 10  # the rows would else tell nothing


# By what the reference returns: a test that wants its types, and a value that is equal to it.
OF_TYPES = {
    "a float for an int": ("x * x", "type(f(3)) is int", "x * x / 1"),
    "an int for a bool": ("x > 2", "f(3) is True", "int(x > 2)"),
    "a float in a dict": ("{'n': x}", "type(f(3)['n']) is int", "{'n': x / 1}"),
    "an int in a list": ("[x / 1]", "type(f(3)[0]) is float", "[x]"),
}


def returning(code: str) -> str:
    """Return a submission that returns what some code comes to."""
    return f"def f(x):\n    return {code}\n"


@pytest.mark.parametrize("name", OF_TYPES)
def test_a_mistake_in_the_types_of_numbers_alone_is_named(name: str, tmp_path: Path) -> None:
    right, test, wrong = OF_TYPES[name]
    files: Files = {
        "solution.py": returning(right),
        "hidden_tests/test_f.py": f"{HEAD}def test_type():\n    assert {test}\n",
        WRONG: f'"""It is of another type.\n\nCaught by: test_type"""\n{returning(wrong)}',
    }
    with proved_judge(tmp_path, files) as judge:
        report = judge.grade(f"# Mine.\n{returning(wrong)}").report
        assert named(report) == {"It is of another type."}
        assert named(judge.grade(returning("'text'")).report) == set()
