"""What the console's Python says of programs and of what is typed, piece by piece."""

from __future__ import annotations

import builtins
import json
from collections.abc import Iterator

import pytest

from grading.candidate import console
from grading.candidate.streaming import MAX_VALUES
from grading.shared.output import MAX_LINES, MAX_OUTPUT

from .consoles import as_before, run, type_in


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    with as_before():
        yield


# ------------------------------------------------------------------------------------ programs


PROGRAMS = {
    "prints": ("print(1)\nprint(2)", "1\n2\n", []),
    "a main block": ("if __name__ == '__main__':\n    print('main')", "main\n", []),
    "the last expression": ("x = 2\nx * 3", "", ["6"]),
    "only the last one": ("1\n2\n'3'", "", ["'3'"]),
    "nothing of a last expression that is None": ("print(1)", "1\n", []),
    "nothing of a file without expressions": ("x = 1", "", []),
    "nothing at all": ("", "", []),
    "a byte order mark": ("\ufeff1", "", ["1"]),
    "both streams in their order": (
        "import sys\nprint(1)\nprint(2, file=sys.stderr)\nprint(3)",
        "1\n2\n3\n",
        [],
    ),
    "an end in peace": ("print(1)\nraise SystemExit", "1\n", []),
    "an end with a last word": ("import sys\nsys.exit('bye')\nprint(1)", "bye\n", []),
    "an end with an object": ("raise SystemExit(1, [2])", "(1, [2])\n", []),
    "an end with what has no text": (
        "class C:\n    def __str__(self): 1 / 0\nraise SystemExit(C())",
        "",
        [],
    ),
    "an end with no failure": ("import sys\nsys.exit(False)", "", []),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_shows_what_it_prints_and_its_last_value(name: str) -> None:
    source, out, values = PROGRAMS[name]
    said = run(source)
    assert (said.out, said.values, said.answer) == (out, values, {"kind": "done"})


def test_a_line_is_sent_when_it_is_printed_and_before_what_follows() -> None:
    seen: list[list[str]] = []
    pieces: list[str] = []
    vars(builtins)["look"] = lambda: seen.append(list(pieces))
    try:
        request = json.dumps({"source": "print('first')\nlook()\nprint('second')", "input": ""})
        console.program(request, pieces.append)
    finally:
        del vars(builtins)["look"]
    assert seen == [[json.dumps({"out": "first\n"})]]


def test_the_console_goes_on_in_what_the_program_has_defined() -> None:
    run("def f(x):\n    return x + 1\ny = 5")
    assert type_in("f(y)").values == ["6"]
    type_in("y = 10")
    assert type_in("f(y)").values == ["11"]
    assert type_in("from solution import f as g; g(1)").values == ["2"]


def test_another_program_begins_anew() -> None:
    run("x = 1")
    type_in("z = 3")
    run("y = 2")
    assert type_in("x").answer["kind"] == "raised"
    assert type_in("z").answer["kind"] == "raised"


# --------------------------------------------------------------------------------- what is typed


TYPED: dict[str, tuple[str, str, list[str]]] = {
    "an expression": ("1 + 1", "", ["2"]),
    "a statement": ("x = 1", "", []),
    "several lines": ("x = 3\nx\nx + 1", "", ["3", "4"]),
    "a block": ("for i in range(2):\n    i", "", ["0", "1"]),
    "a print": ("print('a', end='')", "a", []),
    "None": ("None", "", []),
    "nothing": ("  ", "", []),
    "a comment": ("# only this", "", []),
    "a function": ("def f():\n    return 7\n\nf()", "", ["7"]),
    "the last value": ("5\n_ + 1", "", ["5", "6"]),
}


@pytest.mark.parametrize("name", TYPED)
def test_what_is_typed_shows_the_value_of_each_expression(name: str) -> None:
    code, out, values = TYPED[name]
    said = type_in(code)
    assert (said.out, said.values, said.answer) == (out, values, {"kind": "done"})


@pytest.mark.parametrize(
    "code",
    [
        "def f():",
        "f(1,",
        "x = [",
        "'''a",
        "x = 1 + \\",
        "@decorator",
        "try:\n    1",
        "if 1:\n  2\nelse:",
    ],
)
def test_code_that_goes_on_in_a_next_line_is_not_run(code: str) -> None:
    said = type_in(code)
    assert (said.pieces, said.answer) == ([], {"kind": "incomplete"})


@pytest.mark.parametrize("code", ["1 +", "f(1))", "x = 5 if 1", "'abc", "def f(:"])
def test_code_that_no_next_line_completes_is_told(code: str) -> None:
    answer = type_in(code).answer
    assert answer["kind"] == "raised"
    assert answer["message"].startswith("Python cannot read your code:")
    later = type_in(f"x = 1\n{code}").answer
    assert "Python cannot read your code on line 2, column " in later["message"]
    assert " of what you typed: " in later["message"]


# ------------------------------------------------------------------------------------ exceptions


INDENTED = {
    "a line that begins too far in": ("  y = 3", "unexpected indent."),
    "a second one": ("y = 1\n  z = 2", "unexpected indent."),
    "one that is on no step": ("if 1:\n    a = 1\n  b = 2\n", "unindent does not match"),
    "no block": ("if 1:\nx = 1", "expected an indented block"),
    "tabs and spaces": ("if 1:\n    a = 1\n\tb = 2\n", "Line 3 begins with a tab, line 2 with"),
}


@pytest.mark.parametrize("name", INDENTED)
def test_what_is_off_with_an_indentation_is_told_of_files_and_of_what_is_typed(name: str) -> None:
    code, told = INDENTED[name]
    for said in (run(code), type_in(code)):
        message = said.answer["message"]
        assert told in message
        assert message.startswith(("The indentation is off", "Tabs and spaces are mixed"))


def test_an_exception_is_told_as_in_a_run_with_its_position() -> None:
    said = run("def f():\n    return 1 / 0\n\nprint('before')\nf()")
    error = said.answer["error"]
    assert said.out == "before\n"
    assert (error["type"], error["file"], error["line"]) == ("ZeroDivisionError", "solution.py", 2)
    assert (error["column"], error["end_column"]) == (12, 17)
    assert "A number is divided by zero on line 2 of your code" in said.answer["message"]
    assert error["traceback"].count("File ") == 2


def test_an_exception_of_what_was_typed_shows_the_line_that_was_typed() -> None:
    run("def f(x):\n    return x.missing")
    said = type_in("y = 1\nf(y)")
    assert "'int' object has no attribute 'missing'" in said.answer["message"]
    assert said.answer["error"]["file"] == "solution.py"
    assert "    f(y)\n" in said.answer["error"]["traceback"]
    error = type_in("y = 1\nz").answer["error"]
    assert (error["file"][:7], error["line"]) == ("<typed ", 2)
    assert "    z\n" in error["traceback"]


MISSING = {
    "a library that is not here": ("import matplotlib", "There is no module matplotlib here"),
    "what to use in place of it": ("import pandas", "Use NumPy arrays"),
    "a name that was not imported": ("np.zeros(3)", "Write `import numpy as np` at the top."),
    "no path of the interpreter": (
        "raise ImportError('no x (/lib/python3.13/site-packages/numpy/__init__.py)')",
        "no x (__init__.py)",
    ),
}


@pytest.mark.parametrize("name", MISSING)
def test_what_is_missing_is_told_as_in_a_run(name: str) -> None:
    code, told = MISSING[name]
    assert told in type_in(code).answer["message"]


@pytest.mark.parametrize(
    "code", ["raise KeyboardInterrupt", "import sys; sys.exit(3)", "raise SystemExit"]
)
def test_nothing_that_is_raised_ends_the_console(code: str) -> None:
    type_in("x = 1")
    said = type_in(code).answer
    assert said["message"].endswith("the console goes on.") or said["kind"] == "raised"
    assert type_in("x").values == ["1"]


@pytest.mark.parametrize("text", ["\0", "\ud800", "x" * 200_000])
def test_what_python_cannot_read_is_refused(text: str) -> None:
    for said in (run(text), type_in(text)):
        assert said.answer["kind"] == "invalid" and said.answer["message"]


CODES = {
    "a number": ("import sys\nsys.exit(3)", "3"),
    "a truth": ("import sys\nsys.exit(True)", "1"),
    "a number below 0": ("raise SystemExit(-2)", "-2"),
    "a number that is none of C's": ("raise SystemExit(10 ** 9000)", "-1"),
    "a number of a class derived from it": ("class E(SystemExit): pass\nraise E(4)", "4"),
}


@pytest.mark.parametrize("name", CODES)
def test_a_program_that_ends_itself_is_told_by_its_exit_code(name: str) -> None:
    source, code = CODES[name]
    message = f"The program ended with exit code {code}."
    assert run(f"print(1)\n{source}") == ([{"out": "1\n"}], {"kind": "ended", "message": message})


# ----------------------------------------------------------------------------------------- input


def test_input_reads_the_lines_that_were_given_and_shows_them() -> None:
    said = run("a = input('name? ')\nprint(int(input()) + 1)\na", "Ada\n41\n")
    assert (said.out, said.values) == ("name? Ada\n41\n42\n", ["'Ada'"])


def test_a_program_that_wants_one_more_line_says_so_and_nothing_after_it() -> None:
    said = run(
        "a = input()\ntry:\n    b = input('more? ')\nexcept BaseException:\n    print('no')", "1"
    )
    assert said.answer == {"kind": "input-wanted", "prompt": "more? ", "taken": 1}
    assert said.out == "1\nmore? "


READERS = {
    "a loop over the lines": ("import sys\nprint(*(line.strip() for line in sys.stdin))", "1 2\n"),
    "all at once": ("import sys\nprint(sys.stdin.read().split())", "['1', '2']\n"),
    "line by line": ("import sys\nr = sys.stdin.readline\nprint(r() + r() + r(), end='')", "1\n2"),
}


@pytest.mark.parametrize("name", READERS)
def test_standard_input_has_the_same_lines_and_an_end(name: str) -> None:
    source, out = READERS[name]
    assert run(source, "1\n2").out == out


def test_input_without_an_end_is_asked_for_and_with_one_it_ends() -> None:
    source = (
        "while True:\n    try:\n        input()\n    except EOFError:\n        break\nprint('end')"
    )
    assert run(source, "1\n").answer["kind"] == "input-wanted"
    assert run(source, "1\n", ends=True).out == "1\nend\n"
    assert run("import sys\nsys.stdin.readline()").answer["kind"] == "input-wanted"


def test_in_the_console_nobody_is_asked_for_input() -> None:
    assert type_in("input()", "from the box").values == ["'from the box'"]
    said = type_in("input()")
    assert "put the lines into the Input box first" in said.answer["message"]


# ---------------------------------------------------------------------------------------- values


VALUES = {
    "an array": (
        "import numpy as np\nnp.arange(6.).reshape(2, 3)",
        "ndarray, float64, shape (2, 3)",
        "array([[0., 1., 2.],\n       [3., 4., 5.]])",
    ),
    "a small list": (
        "[1, 'a', (2,), {3: {4}}, set(), ()]",
        "",
        "[1, 'a', (2,), {3: {4}}, set(), ()]",
    ),
    "a list of many": ("list(range(30))", "list, 30 items", str(list(range(30)))),
    "a list that holds itself": ("a = [1]\na.append(a)\na", "", "[1, [...]]"),
    "a number of NumPy's": ("import numpy as np\nnp.zeros(2).dtype", "", "dtype('float64')"),
    "an integer too long to write": ("1 << 40_000", "", "<int of 40001 bits>"),
    "a frozen set": ("frozenset([1])", "", "frozenset({1})"),
    "a Counter": ("from collections import *\nCounter('abb')", "", "Counter({'b': 2, 'a': 1})"),
    "a dict with a default": (
        "from collections import *\ndefaultdict(list, a=[1])",
        "",
        "defaultdict(<class 'list'>, {'a': [1]})",
    ),
    "a deque of many": (
        "from collections import *\ndeque(range(30), 30)",
        "deque, 30 items",
        f"deque({list(range(30))}, maxlen=30)",
    ),
    "a named tuple": (
        "from collections import *\nnamedtuple('Point', 'x y')(1, [2])",
        "",
        "Point(x=1, y=[2])",
    ),
    "a named tuple with a text of its own": (
        "from typing import *\nclass P(NamedTuple):\n    x: int\n"
        "    def __repr__(self): return 'P!'\nP(1)",
        "",
        "P!",
    ),
    "an ordered dict": ("from collections import *\nOrderedDict()", "", "OrderedDict()"),
    "a subclass": ("class L(list): pass\nL([1])", "", "[1]"),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_readable(name: str) -> None:
    source, about, text = VALUES[name]
    said = type_in(source)
    assert (said.abouts[-1:], said.values[-1:]) == ([about], [text])


HUGE = {
    "a list": "[0] * 10_000_000",
    "nested lists": "a = [0] * 1000\nfor _ in range(6): a = [a] * 1000\na",
    "a text": "'x' * 10_000_000",
    "an array": "import numpy as np\nnp.zeros((1000, 1000))",
    "a dict": "dict.fromkeys(range(1_000_000))",
    "nested deeply": "a = []\nfor _ in range(100_000): a = [a]\na",
}


@pytest.mark.parametrize("name", HUGE)
def test_of_a_huge_value_only_so_much_is_written(name: str) -> None:
    said = type_in(HUGE[name])
    assert said.answer == {"kind": "done"}
    assert len(said.values[-1]) < MAX_OUTPUT + 100


def test_a_repr_that_raises_is_an_exception_of_the_learners() -> None:
    said = type_in("class C:\n    def __repr__(self): return 1 / 0\nC()")
    assert said.answer["error"]["type"] == "ZeroDivisionError"
    said = type_in("class D:\n    def __repr__(self): return 5\nD()")
    assert said.answer["error"]["type"] == "TypeError"


# ------------------------------------------------------------------------------------------ caps


def test_a_flood_of_output_is_cut_as_in_a_run() -> None:
    said = run("for i in range(100_000): print(i)\n'still shown'")
    assert said.out.count("\n") <= MAX_LINES + 2 and "more output was cut" in said.out
    assert said.values == ["'still shown'"]
    assert len(said.pieces) < MAX_LINES + 5


@pytest.mark.parametrize("code", ["for i in range(10**5): i", "for i in range(500): 'x' * 5000"])
def test_a_flood_of_values_is_cut(code: str) -> None:
    said = type_in(code)
    assert len(said.values) <= MAX_VALUES and "more values were left out" in said.out


def test_a_flood_without_ends_of_lines_is_few_pieces() -> None:
    said = run("for i in range(19_000): print('.', end='', flush=True)")
    assert said.out == "." * 19_000
    assert len(said.pieces) < 200
