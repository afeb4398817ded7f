"""A learner's exception as data, whatever a learner has put into it."""

from __future__ import annotations

import builtins
import io
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from grading.candidate import loading
from grading.judge import endings
from grading.judge.answers import parse_answer, rebuild
from grading.judge.described import parse_error, recorded_error
from grading.judge.known import recorded_answer
from grading.shared import wire
from grading.shared.explain import explain
from grading.shared.pasted import pasted_mark

from . import forged


def described(source: str) -> dict[str, Any]:
    """Return what a submission that raises while it loads is described as."""
    raised = json.loads(loading.load(json.dumps({"source": source, "entry_points": []})))
    assert raised["kind"] == "raised"
    error: dict[str, Any] = raised["error"]
    return error


def test_a_real_syntax_error_has_its_line_and_its_caret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # Python looks for the line in a file of this name
    error = described("x = 1\ny = = 2\n")
    assert (error["type"], error["builtin"], error["line"]) == ("SyntaxError", "SyntaxError", 2)
    assert "    y = = 2\n" in error["traceback"] and "^" in error["traceback"]


@pytest.mark.parametrize(
    "arguments",
    [
        '"x", ("solution.py", object(), 0, "")',
        '"x", ("solution.py", 1, object(), "abc")',
        '"x", ("solution.py", 10**50, 10**50, "abc")',
        '"x", ("solution.py", 1, 1, "abc", 1, 10**9)',
        '"x", ("solution.py", -1, -1, "abc", -1, -1)',
        '"x", ("solution.py", 1.5, None, object())',
        '"x", ("solution.py", 1, 1, "a" * 10**7)',
        'object(), ("solution.py", 1, 1, "abc")',
        '"x", (object(), 1, 1, "abc")',
        '"x" * 10**7',
        "",
    ],
)
def test_a_syntax_error_that_is_raised_is_an_ordinary_error(arguments: str) -> None:
    error = described(f"\nraise SyntaxError({arguments})\n")
    assert (error["type"], error["builtin"]) == ("SyntaxError", "SyntaxError")
    assert error["line"] in (1, 2)
    assert all(type(error[key]) is str for key in ("message", "traceback"))
    assert sum(map(len, map(str, error.values()))) < 500_000


BASES = {
    "fields that raise": "class E(SyntaxError):\n"
    "  filename = property(lambda s: 1 / 0)\nraise E('x')",
    "a text of its own": "class E(Exception):\n  def __str__(s): return 1\nraise E",
    "a message that ends Python": "class E(Exception):\n"
    "  def __str__(s): raise SystemExit\nraise E",
    "a file that equals every other": "class E(SyntaxError):\n  class F(str):\n"
    "    def __eq__(s, o): return True\n  filename = F()\n  lineno = []\nraise E('x')",
}


@pytest.mark.parametrize("name", BASES)
def test_a_class_of_ones_own_cannot_break_its_description(name: str) -> None:
    error = described(BASES[name])
    assert error["type"] == "E"
    assert error["line"] is None or type(error["line"]) is int
    json.dumps(error)


# Code that raises while it loads, and the built-in classes that what it raises derives from.
BUILTINS = {
    "a built-in exception": ("{}[1]", ["KeyError"]),
    "one of NumPy's": (
        "import numpy as np\nnp.ones(2).sum(axis=1)",
        ["ValueError", "IndexError"],
    ),
    "one of io's": ("import io\nio.StringIO().fileno()", ["OSError", "ValueError"]),
    "bases before other bases": (
        "class A(IndexError): pass\nclass B(LookupError): pass\nclass C(B, ValueError): pass\n"
        "class D(A, C): pass\nraise D",
        ["IndexError", "ValueError"],
    ),
}


@pytest.mark.parametrize("name", BUILTINS)
def test_an_exception_is_raised_anew_as_all_built_in_classes_it_derives_from(name: str) -> None:
    source, names = BUILTINS[name]
    error = described(source)
    assert (error["builtins"], error["builtin"]) == (names, names[0])
    answer = parse_answer(forged.raised(**error))
    kept = recorded_answer(json.loads(answer.as_text()) | {"t": wire.RECORD}).error
    for told in (answer.error, kept):
        assert told is not None
        problem = rebuild(told)
        assert all(isinstance(problem, getattr(builtins, name)) for name in names)


ERRORS = sorted(
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
)


# Code that raises a built-in exception while it loads, and the arguments that a test may look at.
ARGUMENTS: dict[str, tuple[str, tuple[object, ...]]] = {
    "a missing key": ("{}['a']", ("a",)),
    "a text with quotes": ("""{}["it's"]""", ("it's",)),
    "a text that looks like a number": ("{}['7']", ("7",)),
    "a number": ("{}[7]", (7,)),
    "a pair": ("{}[1, 'b']", ((1, "b"),)),
    "none": ("raise KeyError", ()),
    "words": ("raise ValueError('7')", ("7",)),
    "a code": ("import ast\nast.parse('1 +')", ("invalid syntax",)),
}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_built_in_exception_is_raised_anew_as_itself(name: str) -> None:
    source, args = ARGUMENTS[name]
    error = described(source)
    problem = rebuild(parse_answer(forged.raised(**error)).error or {})
    assert type(problem) is getattr(builtins, error["type"])
    assert (str(problem), problem.args) == (error["message"], args)


@pytest.mark.parametrize("message", ["no literal", "[" * 2_000, "'" + "a" * 1_900 + "'", "-" * 199])
def test_what_a_key_error_says_is_kept_whatever_it_is(message: str) -> None:
    told = forged.raised(type="KeyError", builtin="KeyError", message=message)
    problem = rebuild(parse_answer(told).error or {})
    assert isinstance(problem, KeyError) and str(problem) == message
    assert "grading" not in repr(type(problem))


def test_classes_that_none_can_derive_from_are_one() -> None:
    for pair in itertools.permutations(ERRORS, 2):
        told = forged.raised(type="E", builtin=pair[0], builtins=list(pair))
        problem = rebuild(parse_answer(told).error or {})
        base = Exception if "Group" in pair[0] else getattr(builtins, pair[0])
        assert isinstance(problem, base) or "Group" in pair[0], pair
        assert (type(problem).__name__, str(problem)) == ("E", "negative")


@pytest.mark.parametrize(
    "names", [None, [], ["ValueError", 7], ["KeyError"], ["ValueError", "print"], "x" * 20]
)
def test_bases_that_are_none_leave_the_nearest(names: Any) -> None:
    told = forged.raised(type="E", builtins=names)
    assert type(rebuild(parse_answer(told).error or {})).__mro__[1] is ValueError


# Code that raises while it loads, and what a learner is told of it.
EXPLAINED = {
    "np": ("np.zeros(3)", "Write `import numpy as np` at the top."),
    "a library": ("torch.zeros(3)", "but was not imported. There is no module torch here"),
    "a character beyond the last": (
        "raise SyntaxError('invalid character U+110000')",
        "Python cannot read your code on line 1, column 1: invalid character U+110000.",
    ),
    "a fraction of nothing": (
        "1 / 0",
        "A number is divided by zero on line 1 (ZeroDivisionError). Check what it is divided by.",
    ),
    "a remainder of nothing": ("1 % 0", "Check what it is divided by."),
    "an emoji in a name": (
        "loss_🎉 = 1",
        "cannot read (🎉) on line 1, column 6. Take it out: names are made of letters,",
    ),
    "a dash": ("3 – 2", "cannot read (–) on line 1, column 3. Type - in its place."),
    "a wide sign": ("f（x", "cannot read (（) on line 1, column 2. Type ( in its place."),
    "a square": ("x²", "Type **2 in its place."),
    "a smart quote": (
        "x = “a”",
        "(“) on line 1, column 5. Type a straight one",
    ),
    "a space that breaks no line": (
        "x =\xa01",
        "perhaps from a web page. Delete the line",
    ),
    "half a character": ("raise SyntaxError('invalid character U+D800')", "(U+D800)"),
}


@pytest.mark.parametrize("name", EXPLAINED)
def test_what_a_learner_got_wrong_is_said(name: str) -> None:
    source, expected = EXPLAINED[name]
    assert expected in explain(parse_error(described(f"{source}\n")))


# Code that does while it is loaded what only a program may do, and what a learner is told of it.
PROGRAMS = {
    "arguments of a command": (
        "import argparse\np = argparse.ArgumentParser()\n"
        "p.add_argument('--alpha', required=True)\nargs = p.parse_args()",
        "The code ends Python on line 4 while it is loaded (sys.exit or the like).",
    ),
    "an end in a function": (
        "def main(): raise SystemExit\nmain()",
        "The code ends Python on line 1 while it is loaded (sys.exit or the like).",
    ),
    "Ctrl-C": ("raise KeyboardInterrupt", "on line 1 while it is loaded, as Ctrl-C would."),
    "the end of a generator": ("raise GeneratorExit", "on line 1 while it is loaded, which"),
    "typed input": (
        "alpha = float(input())",
        "waits for typed input on line 1 while it is loaded, and nobody types here.",
    ),
    "a file": ("open('data.csv')", "that is not here on line 1 while it is loaded ("),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_only_a_program_may_do_is_no_functions_fault_while_the_code_is_loaded(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["solution.py"])
    monkeypatch.setattr("sys.stdin", io.StringIO())
    source, expected = PROGRAMS[name]
    error = described(f"{source}\n")
    ending = endings.loaded(json.dumps({"kind": "raised", "error": error, "stdout": ""})).ending
    assert ending is not None and expected in ending.message, ending
    assert ending.message.endswith('or put it under `if __name__ == "__main__":`.')
    in_a_call = explain(parse_error(error))
    assert in_a_call.endswith(" instead.") and "loaded" not in in_a_call


# Lines that came with code out of a console, a notebook or a chat, and what is said of each.
PASTED = {
    ">>> import math": "prompt of Python's console (>>>) on line 2",
    "... x = 1": "prompt of Python's console (...) on line 2",
    "    >>> x = 1": "prompt of Python's console (>>>) on line 2",
    "%matplotlib inline": "a command for a notebook (%matplotlib) on line 2",
    "%%time": "a command for a notebook (%%time) on line 2",
    "!pip install torch": "a command for a notebook's system (!pip) on line 2",
    "In [12]: import math": "the number of a notebook's cell (In [12]:) on line 2",
    "In [ ]:": "the number of a notebook's cell (In [ ]:) on line 2",
}


@pytest.mark.parametrize("line", PASTED)
def test_what_came_with_a_paste_and_is_no_code_is_named(line: str) -> None:
    said = explain(parse_error(described(f"x = 0\n{line}\n")))
    assert PASTED[line] in said and "Delete" in said


CODE = 'def f(x):\n    """It doesn\'t matter."""\n    return x  # ```\n'
# What came with an answer of a chat, in Markdown, and what is said of it.
ANSWERS = {
    "a whole answer": (f"Here's a stable version:\n\n```python\n{CODE}```\n", "3 and line 7."),
    "text on both sides": (
        f"Sure! Below is the code.\n```python\n{CODE}```\nIt's stable, isn't it?\n",
        "keep only what is between the marks of a text (```) on line 2 and line 6.",
    ),
    "in a list": (f"1. Do this:\n\n   ```py\n{CODE}   ```\n", "3 and line 7."),
    "nothing but the marks": (f"```\n{CODE}```", "1 and line 5."),
    "the end alone": (
        f"{CODE}```\n\nIt's stable.\n",
        "delete the mark of a text (```) on line 4, and what is no code above or below it.",
    ),
    "the begin alone": (f"Here's the code:\n\n```python\n{CODE}", "on line 3, and"),
    "two blocks": (
        f"First:\n```\nimport math\n```\nThen:\n```\n{CODE}```\n",
        "keep only the code between the marks of a text (```), the first of which is on line 2.",
    ),
    "a mark and quotes that are not closed": (f'```\nx = """a\n{CODE}```\n', "on line 1, and"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_who_pasted_a_whole_answer_is_told_what_of_it_is_the_code(name: str) -> None:
    source, expected = ANSWERS[name]
    said = explain(parse_error(described(source)))
    assert said.startswith("More than the code was pasted: ") and expected in said, said


FENCED = '"""Doubles.\n\n```python\nf(2)\n```\n"""'


@pytest.mark.parametrize(
    "source",
    [
        f"def f(x):\n    {FENCED}\n    return 2 * * x\n",
        f"# it's\nx = 'a\ndef f(x):\n    {FENCED}\n    return 2 * x\n",
        f'"""Doubling\n\ndef f(x):\n    {FENCED}\n    return 2 * x\n',
        "# ```python\nx = = 1\n# ```\n",
        "'''\n```\n",
    ],
)
def test_marks_of_a_text_within_strings_and_comments_mislead_nobody(source: str) -> None:
    assert "pasted" not in explain(parse_error(described(source)))


@pytest.mark.parametrize(
    "line",
    [
        "x = (1\n%b c)",
        "x = (1\n!= b c)",
        "> x",
        "..x",
        "`x`",
        "In[1",
        "def f(x):\n...",
        "def f(x):\n...  # later",
    ],
)
def test_a_slip_that_begins_alike_is_a_slip(line: str) -> None:
    assert "Delete" not in explain(parse_error(described(f"{line}\n")))


def test_an_ellipsis_on_the_last_line_is_no_prompt() -> None:
    assert [pasted_mark(line) for line in ("...", "  ...", "... x", ">>>")] == [
        "",
        "",
        "...",
        ">>>",
    ]


def test_a_mark_that_nobody_pastes_is_not_believed() -> None:
    error = recorded_error({"type": "SyntaxError", "builtin": "SyntaxError", "message": "no"})
    said = explain({**error, "clues": {"pasted": "{where} <b>"}})
    assert said == "Python cannot read your code: no."


@pytest.mark.parametrize(
    "name", ["ray", "resource", "imp", "turtle", "toml", "pip", "flask", "jax"]
)
def test_a_name_that_may_mean_a_variable_is_not_taken_for_a_module(name: str) -> None:
    said = explain(parse_error(described(f"print({name})\n")))
    assert said.startswith(f"A name is used that does not exist on line 1: name '{name}'"), said
    assert "There is no module" not in said


SLIPS = {"ray": "rays", "math": "maths", "sympy": "sympys", "sp": "s", "reduce": "reduced"}


@pytest.mark.parametrize("name", SLIPS)
def test_a_name_that_python_finds_goes_before_a_module(name: str) -> None:
    suggestion = f"Did you mean: '{SLIPS[name]}'?"
    said = explain({**parse_error(described(f"print({name})")), "suggestion": suggestion})
    assert said.endswith(suggestion) and "import" not in said
    near = explain({**parse_error(described("np.exp(n)")), "suggestion": "Did you mean: 'n'?"})
    assert near.endswith("Write `import numpy as np` at the top.")


# What an explanation looks at, as no candidate writes it.
AMISS = {"IndentationError": {"tabs": [0]}, "ValueError": {"arrays": [0]}}


@pytest.mark.parametrize("kind", AMISS)
def test_what_cannot_be_explained_is_said_plainly(kind: str) -> None:
    error = recorded_error({"type": kind, "builtin": kind, "message": "two shapes"})
    said = explain({**error, "line": 3, "clues": AMISS[kind]})
    assert said == f"Your code raised {kind} on line 3."


def test_of_a_recorded_error_as_much_is_said_as_is_known() -> None:
    error = recorded_error({"type": "ValueError", "builtin": "ValueError", "message": "two shapes"})
    assert explain({**error, "line": 3}) == "Your code raised ValueError on line 3: two shapes."


@pytest.mark.parametrize("part", ["clues", "message", "suggestion", "type", "traceback"])
def test_a_part_of_another_type_is_no_breakdown_of_the_judge(part: str) -> None:
    sent = json.loads(loading.load(json.dumps({"source": "1 / 0", "entry_points": []})))
    sent["error"][part] = 3.5
    with pytest.raises(endings.CandidateEndedError) as ended:
        endings.loaded(json.dumps(sent))
    assert ended.value.ending.outcome == "crashed"
