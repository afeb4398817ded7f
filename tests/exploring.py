"""`explore.py` of the squares exercise, right and wrong."""

from __future__ import annotations

from .squares import Files

CURVE = (
    '{"title": "Squares", "x": [0, 1, 2], "x_label": "x", "y_label": "f(x)", "curves": {"f": ys}}'
)
EXPLORE = f"def explore(f):\n    ys = [f(x) for x in (0, 1, 2)]\n    return [{CURVE}]\n"


def exploring(text: str) -> Files:
    """Return an `explore.py` with this text."""
    return {"explore.py": text}


def drawing(ys: str, *changes: tuple[str, str]) -> Files:
    """Return an `explore.py` that draws these values, in a chart that is changed a bit."""
    chart = CURVE
    for old, new in changes:
        assert old in chart
        chart = chart.replace(old, new)
    return exploring(f"def explore(f):\n    ys = {ys}\n    return [{chart}]\n")


GOOD = "[f(x) for x in (0, 1, 2)]"
# What can be told without running it: files, place, cause and remedy.
UNREADABLE: dict[str, tuple[Files, str, str, str]] = {
    "an explore.py without its function": (
        exploring("def draw(f): return []\n"),
        "explore.py",
        "no function explore",
        "def explore(f):",
    ),
    "an explore.py whose function waits": (
        exploring("\nasync def explore(f): return []\n"),
        "explore.py:2",
        "explore is no plain function of its own",
        "`def explore(f):` at the top level",
    ),
    "an explore.py whose function has no name of its own": (
        exploring("import math\nexplore = lambda f: []\n"),
        "explore.py:2",
        "explore is no plain function of its own",
        "`def explore(f):` at the top level",
    ),
    "an explore.py whose function stands in something": (
        exploring("class A:\n    def explore(f): return []\n"),
        "explore.py:2",
        "explore is no plain function of its own",
        "`def explore(f):` at the top level",
    ),
    "an explore.py that wants another function": (
        exploring("\n\ndef explore(f, g): return []\n"),
        "explore.py:3",
        "explore takes g, and learners write f",
        "def explore(f):",
    ),
    "an explore.py that draws no function": (
        exploring("import math\ndef explore(): return []\n"),
        "explore.py:2",
        "takes no function to draw",
        "def explore(f):",
    ),
    "an explore.py that takes functions by no name": (
        exploring("def explore(*functions): return []\n"),
        "explore.py:1",
        "by their names alone",
        "def explore(f):",
    ),
    "an explore.py that imports the reference": (
        exploring("import json\nfrom solution import f as right\n" + EXPLORE),
        "explore.py:2",
        "imports solution",
        "as parameters of explore",
    ),
    "an explore.py that imports the starter": (
        exploring(f"{EXPLORE}\n\ndef more():\n    import starter\n"),
        "explore.py:7",
        "imports starter",
        "as parameters of explore",
    ),
    "an explore.py that imports a test": (
        exploring("import test_f\n" + EXPLORE),
        "explore.py:1",
        "imports test_f",
        "neither the tests nor the reference",
    ),
    "an explore.py that imports the tests by a text": (
        exploring("import importlib\nimportlib.import_module('hidden_tests.test_f')\n" + EXPLORE),
        "explore.py:2",
        "imports hidden_tests.test_f",
        "neither the tests nor the reference",
    ),
}
# What the proof finds, in WebAssembly.
UNPROVABLE: dict[str, tuple[Files, str, str, str]] = {
    "an explore.py that is no Python": (
        exploring("def explore(f):\n    retur 1\n"),
        "explore.py:2",
        "cannot read it: invalid syntax",
        "Mend the line",
    ),
    "an explore.py that raises": (
        exploring("def explore(f):\n    f(1)\n    return [1 / 0]\n"),
        "explore.py:3",
        "with solution.py, it raises ZeroDivisionError: division by zero",
        "Mend it",
    ),
    "an explore.py over which the reference raises": (
        exploring("def explore(f):\n    f(-1)\n    return []\n"),
        "explore.py:2",
        "it raises ValueError: x is negative, {folder}/solution.py:6",
        "Mend it",
    ),
    "an explore.py that imports a file beside it": (
        {**exploring("import more\n" + EXPLORE), "more.py": ""},
        "explore.py:1",
        "No module named 'more'",
        "Python's own library and NumPy",
    ),
    "an explore.py that imports what the page lacks": (
        exploring("def explore(f):\n    import matplotlib\n"),
        "explore.py:2",
        "No module named 'matplotlib'",
        "Python's own library and NumPy",
    ),
    "an explore.py that never ends": (
        exploring("def explore(f):\n    while True: pass\n"),
        "explore.py:2",
        "with solution.py, it does not return within 3 seconds",
        "Make fewer calls",
    ),
    "an explore.py that ends Python": (
        exploring("def explore(f):\n    import os\n    os._exit(1)\n"),
        "explore.py",
        "with solution.py",
        "",
    ),
    "an explore.py that returns nothing": (
        exploring("def explore(f): pass\n"),
        "explore.py:1",
        "explore returns no list of charts but a value of type NoneType",
        "docs/explore.md",
    ),
    "an explore.py that returns no chart": (
        exploring("def explore(f): return []\n"),
        "explore.py:1",
        "explore returns no chart",
        "docs/explore.md",
    ),
    "a chart that is no dict": (
        exploring("def explore(f): return [[1, 2]]\n"),
        "explore.py:1",
        "chart 1 is no dict but a value of type list",
        "docs/explore.md",
    ),
    "a chart with an unknown key": (
        drawing(GOOD, ('"x_label"', '"xlabel"')),
        "explore.py:1",
        "chart 1 has the unknown key “xlabel”",
        "docs/explore.md",
    ),
    "a chart without a title": (
        drawing(GOOD, ('"title": "Squares", ', "")),
        "explore.py:1",
        "the title of chart 1 is missing",
        "docs/explore.md",
    ),
    "a title that is too long": (
        drawing(GOOD, ('"Squares"', '"S" * 61')),
        "explore.py:1",
        "the title of chart 1 is too long: it has 61 characters, at most 60",
        "docs/explore.md",
    ),
    "an axis without a name": (
        drawing(GOOD, ('"f(x)"', '" "')),
        "explore.py:1",
        "“y_label” of chart 1 (“Squares”) is missing",
        "docs/explore.md",
    ),
    "a series without a name": (
        drawing(GOOD, ('{"f": ys}', '{"": ys}')),
        "explore.py:1",
        "the name of a series of chart 1 (“Squares”) is missing",
        "docs/explore.md",
    ),
    "a series whose name is a number": (
        drawing(GOOD, ('{"f": ys}', "{0.5: ys}")),
        "explore.py:1",
        "the name of a series of chart 1 (“Squares”) is a value of type float, not a text",
        "docs/explore.md",
    ),
    "bars whose name is neither a text nor a number": (
        drawing(GOOD, ("[0, 1, 2]", '["a", True, "b"]'), ("curves", "bars")),
        "explore.py:1",
        "a value of “x” of chart 1 (“Squares”) is a value of type bool, not a text",
        "docs/explore.md",
    ),
    "an explore.py that draws what chance has made": (
        drawing("list(__import__('numpy').random.default_rng().random(3))"),
        "explore.py:1",
        "with solution.py, it draws something else each time",
        "default_rng(0)",
    ),
    "what is wrong where only the page's Python can read it": (
        exploring("type Number = float\n\ndef explore(f): return [{}]\n"),
        "explore.py:3",
        "chart 1",
        "docs/explore.md",
    ),
    "an explore.py that draws the time": (
        drawing("[__import__('time').perf_counter(), 1, 2]"),
        "explore.py:1",
        "with solution.py, it draws something else each time",
        "read no clock",
    ),
    "a name that is too long": (
        drawing(GOOD, ('{"f": ys}', '{"f" * 99: ys}')),
        "explore.py:1",
        "is too long: it has 99 characters",
        "docs/explore.md",
    ),
    "curves and bars in one": (
        drawing(GOOD, ('"curves"', '"bars": {}, "curves"')),
        "explore.py:1",
        "either “curves” or “bars”",
        "docs/explore.md",
    ),
    "a chart without inputs": (
        drawing(GOOD, ('"x": [0, 1, 2], ', "")),
        "explore.py:1",
        "“x” of chart 1 (“Squares”) is missing",
        "docs/explore.md",
    ),
    "inputs that do not grow": (
        drawing(GOOD, ("[0, 1, 2]", "[0, 2, 1]")),
        "explore.py:1",
        "does not grow",
        "docs/explore.md",
    ),
    "inputs that are not finite": (
        drawing(GOOD, ("[0, 1, 2]", "[0, 1, float('inf')]")),
        "explore.py:1",
        "holds what is no finite number",
        "docs/explore.md",
    ),
    "too many points": (
        drawing("[f(0)] * 401", ("[0, 1, 2]", "list(range(401))")),
        "explore.py:1",
        "has 401 points, at most 400 are drawn",
        "docs/explore.md",
    ),
    "too many values": (
        drawing("[f(0)] * 5"),
        "explore.py:1",
        "“f” of chart 1 (“Squares”) has 5 points, and “x” has 3",
        "docs/explore.md",
    ),
    "values that are none": (
        drawing("f(3)"),
        "explore.py:1",
        "“f” of chart 1 (“Squares”) is a value of type int, not a list",
        "docs/explore.md",
    ),
    "values in a table": (
        drawing("f(__import__('numpy').ones((3, 3)))"),
        "explore.py:1",
        "is an array of shape (3, 3), not of one axis",
        "docs/explore.md",
    ),
    "too many series": (
        drawing("[0, 1, 2]", ('{"f": ys}', "{str(n): ys for n in range(9)}")),
        "explore.py:1",
        "there are 9 series or more, at most 8 are drawn",
        "docs/explore.md",
    ),
    "infinite values": (
        drawing("[f(0), f(1), float('inf')]"),
        "explore.py:1",
        "1 of 3 values of “f” of chart “Squares” are no finite numbers (inf)",
        "None where nothing",
    ),
    "texts in place of numbers": (
        drawing("[str(f(x)) for x in (0, 1, 2)]"),
        "explore.py:1",
        "3 of 3 values of “f” of chart “Squares” are no finite numbers (str)",
        "None where nothing",
    ),
    "gaps alone": (
        drawing("[None, float('nan'), None]"),
        "explore.py:1",
        "is a gap from end to end",
        "docs/explore.md",
    ),
    "an explore.py that never ends with the starter": (
        exploring(
            "def explore(f):\n    try:\n        f(1)\n    except NotImplementedError:\n"
            f"        while True: pass\n    ys = [0, 1, 2]\n    return [{CURVE}]\n"
        ),
        "explore.py:5",
        "with starter.py, it does not return within 3 seconds",
        "Make fewer calls",
    ),
}
