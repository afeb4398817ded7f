"""Exercises whose tests cannot be collected, or would be run in vain: as in `unprovable`."""

from __future__ import annotations

from .squares import Files, authored

TEST = "def test_left_out(self=0): pass\n"

UNCOLLECTABLE: dict[str, tuple[Files, str, str, str]] = {
    "two tests of a name": (
        authored("class TestA:\n  def test(self): f(1)\nclass TestB:\n  def test(self): f(1)"),
        "hidden_tests/test_f.py:8",
        "test is defined a second time, after test_f.py:6",
        "a name of its own",
    ),
    "a test that two classes inherit": (
        authored(
            "class Base:\n  def test_a(self): f(self.x)\n"
            "class TestInt(Base): x = 3\nclass TestFloat(Base): x = 1.5\n"
        ),
        "hidden_tests/test_f.py",
        "TestInt and TestFloat both run test_a: it is inherited",
        "by `pytest.mark.parametrize`, or define it in each class under a name of its own",
    ),
    "a test case that a class inherits from another": (
        authored(
            "import unittest\nclass A(unittest.TestCase):\n  def test_a(self): f(1)\n"
            "class B(A): pass\n"
        ),
        "hidden_tests/test_f.py",
        "A and B both run test_a: it is inherited",
        "define it in each class under a name of its own",
    ),
    "a test that another file imports": (
        {"hidden_tests/test_g.py": "from test_f import test_number\n"},
        "hidden_tests/test_g.py",
        "test_number is run from test_f.py and from here: one file imports it",
        "Import no test",
    ),
    "a class of tests that another file imports": (
        {
            **authored("class TestA:\n  def test_a(self): f(1)\n"),
            "hidden_tests/test_g.py": "from test_f import TestA\n",
        },
        "hidden_tests/test_g.py",
        "test_a is run from test_f.py and from here: one file imports it",
        "no class of tests",
    ),
    "a test that takes the place of another": (
        authored("def test_a(): assert f(1) == 1\n\ndef test_a(): assert f(2) == 4\n"),
        "hidden_tests/test_f.py:7",
        "test_a is defined a second time, after test_f.py:5",
        "a name of its own",
    ),
    "a class that takes the place of another": (
        authored("class TestA:\n  def test_a(self): f(1)\nclass TestA:\n  def test_b(self): f(1)"),
        "hidden_tests/test_f.py:7",
        "TestA is defined a second time, after test_f.py:5",
        "a name of its own",
    ),
    "tests of a name in two files": (
        {"hidden_tests/test_g.py": "from solution import f\n\ndef test_number(): f(1)\n"},
        "hidden_tests/test_g.py:3",
        "test_number is defined a second time, after test_f.py:6",
        "a name of its own",
    ),
    "cases of a test of the same name as another": (
        authored(
            "import pytest\nclass TestA:\n  @pytest.mark.parametrize('x', [1, 2])\n"
            "  def test_a(self, x): assert f(x) == x ** 2\n"
            "class TestB:\n  def test_a(self): assert f(3) == 9\n"
        ),
        "hidden_tests/test_f.py:10",
        "test_a is defined a second time, after test_f.py:7",
        "a name of its own",
    ),
    "tests of a name in two files, each with cases of its own": (
        {
            **authored(
                "import pytest\n@pytest.mark.parametrize('x', [1, 2])\n"
                "def test_a(x): assert f(x) == x ** 2\n"
            ),
            "hidden_tests/test_g.py": "import pytest\nfrom solution import f\n\n"
            "@pytest.mark.parametrize('x', [3, 4])\ndef test_a(x): assert f(x) == x ** 2\n",
        },
        "hidden_tests/test_g.py:4",
        "test_a is defined a second time, after test_f.py:6",
        "a name of its own",
    ),
    "cases that two classes inherit": (
        authored(
            "import pytest\nclass Base:\n  @pytest.mark.parametrize('x', [1, 2])\n"
            "  def test_a(self, x): f(x * self.y)\n"
            "class TestOne(Base): y = 3\nclass TestTwo(Base): y = 5\n"
        ),
        "hidden_tests/test_f.py",
        "TestOne and TestTwo both run test_a: it is inherited",
        "define it in each class under a name of its own",
    ),
    "files of a name in two folders": (
        {"hidden_tests/more/test_f.py": "def test_more(): pass\n"},
        "hidden_tests/test_f.py",
        "one name: hidden_tests/more/test_f.py and hidden_tests/test_f.py",
        "Give each test file a name",
    ),
    "a conftest.py that cannot be read": (
        {"hidden_tests/conftest.py": "import pytest\ndef (:\n"},
        "hidden_tests/conftest.py:2",
        "the tests cannot be imported: Python cannot read it: invalid syntax",
        "Mend the line",
    ),
    "a conftest.py that raises": (
        {"hidden_tests/conftest.py": "import pytest\n\nnone = [][0]\n"},
        "hidden_tests/conftest.py:3",
        "the tests cannot be imported: IndexError: list index out of range",
        "Mend the line",
    ),
    "a conftest.py whose hook raises": (
        {"hidden_tests/conftest.py": "def pytest_configure(config):\n    config.none\n"},
        "hidden_tests/conftest.py:2",
        "has no attribute 'none'",
        "Mend the line",
    ),
    "a module beside the exercise": (
        {**authored("from shared import three"), "shared.py": "three = 3\n"},
        "hidden_tests/test_f.py:5",
        "No module named 'shared'",
        "{folder}/shared.py lies outside of hidden_tests, and does not ship. Move it",
    ),
    "a module that no import names": (
        {
            **authored("import importlib\ncases = importlib.import_module(f'cases_{1}')"),
            "hidden_tests/cases_1.py": "",
        },
        "hidden_tests/test_f.py:6",
        "No module named 'cases_1'",
        "hidden_tests/cases_1.py does not ship, since no `import` of a test names it",
    ),
    "data beside the tests": (
        {
            **authored(
                "from pathlib import Path\nTEXT = (Path(__file__).parent / 'n.txt').read_text()"
            ),
            "hidden_tests/n.txt": "3",
        },
        "hidden_tests/test_f.py:6",
        "No such file or directory: 'hidden_tests/n.txt'",
        "hidden_tests/n.txt does not ship. Move it into hidden_tests/data",
    ),
    "a test file that ends Python": (
        authored("import sys\nsys.exit(3)"),
        "hidden_tests/test_f.py:6",
        "the tests cannot be imported: SystemExit: 3",
        "Mend the line",
    ),
    "a name that begins with the folder": (
        {**authored("from hidden_tests.more import three"), "hidden_tests/more.py": "three = 3"},
        "hidden_tests/test_f.py:5",
        "No module named 'hidden_tests'",
        "Leave `hidden_tests.` out",
    ),
    "a relative name": (
        {**authored("from .more import three"), "hidden_tests/more.py": "three = 3"},
        "hidden_tests/test_f.py:5",
        "attempted relative import",
        "Leave the dots out",
    ),
    "tests that read the reference": (
        authored("open(__file__.replace('hidden_tests/test_f.py', 'solution.py'))"),
        "hidden_tests/test_f.py:5",
        "No such file or directory",
        "solution.py stays with you",
    ),
    "tests that import the starter": (
        authored("import starter"),
        "hidden_tests/test_f.py:5",
        "No module named 'starter'",
        "starter.py stays with you",
    ),
    "a mark that names no parameter": (
        authored("def test_a(): f(1)\n@pytest.mark.parametrize('y', [1])\ndef test_b(x): f(1)"),
        "hidden_tests/test_f.py:7",
        "test_b: function uses no argument 'y'",
        "Name the same in the mark",
    ),
    "a mark whose values are too few": (
        authored(
            "def test_a(): f(1)\n@pytest.mark.parametrize('y,z', [(1,)])\ndef test_b(y, z): f(1)"
        ),
        "hidden_tests/test_f.py:7",
        "the number of names (2)",
        "Mend test_b, or what decorates it",
    ),
    "a mark without values": (
        authored("def test_a(): f(1)\n@pytest.mark.parametrize('x')\ndef test_b(x): f(x)"),
        "hidden_tests/test_f.py:7",
        "the tests cannot be imported: test_b: TypeError",
        "a list of values",
    ),
    "a mark whose values are none, in a class": (
        authored(
            "class TestA:\n  @pytest.mark.parametrize('x', 3)\n"
            "  @pytest.mark.parametrize('y', [1])\n"
            "  def test_b(self, x, y): f(x)"
        ),
        "hidden_tests/test_f.py:8",
        "test_b: TypeError: 'int' object is not iterable",
        "Mend test_b, or what decorates it",
    ),
    "a parameter that is marked twice": (
        authored(
            "def test_a(): f(1)\n"
            + "@pytest.mark.parametrize('x', [1])\n" * 2
            + "def test_b(x): f(x)"
        ),
        "hidden_tests/test_f.py:8",
        "imported: test_f.py::test_b: duplicate parametrization of 'x'",
        "Mend test_b, or what decorates it",
    ),
    "a fixture of no known scope": (
        authored(
            "def test_a(): f(1)\n@pytest.fixture(scope='modul')\ndef three():\n    return 3\n"
            "def test_b(three): f(three)"
        ),
        "hidden_tests/test_f.py:7",
        "Fixture 'three' from test_f.py got an unexpected scope value 'modul'",
        "Mend three, or what decorates it",
    ),
    "a fixture of no known scope in conftest.py": (
        {"hidden_tests/conftest.py": "import pytest\n@pytest.fixture(scope='al')\ndef n(): ...\n"},
        "hidden_tests/conftest.py:3",
        "Fixture 'n' got an unexpected scope value 'al'",
        "Mend n, or what decorates it",
    ),
    "a hook that pytest does not know": (
        {"hidden_tests/conftest.py": "\ndef pytest_runtest_setpu(item): pass\n"},
        "hidden_tests/conftest.py:2",
        "unknown hook 'pytest_runtest_setpu'",
        "Mend pytest_runtest_setpu",
    ),
    "a test that yields": (
        authored(
            "def test_a(): f(1)\n\nasync def test_b():\n    f(2)\n\ndef test_c():\n  yield f(3)"
        ),
        "hidden_tests/test_f.py:10",
        "'yield' keyword is allowed in fixtures, but not in tests (test_c)",
        "Mend test_c",
    ),
    "a broken helper": (
        {**authored("from more import three"), "hidden_tests/more.py": "three = 3\nthree(\n"},
        "hidden_tests/more.py:2",
        "'(' was never closed",
        "Mend the line",
    ),
    "a test file that never ends": (
        authored("while True: pass"),
        "hidden_tests",
        "still being imported after 5 seconds",
        "while they are imported",
    ),
    "a function that is no entry point": (
        authored("from solution import g"),
        "hidden_tests/test_f.py:5",
        "cannot import name 'g' from 'solution'",
        "Name in `entry_points`",
    ),
    "a constant of the reference's": (
        {**authored("from solution import N"), "solution.py": "N = 3\ndef f(x): return N\n"},
        "hidden_tests/test_f.py:5",
        "cannot import name 'N' from 'solution'",
        "Write N into the tests",
    ),
    "no test": (authored("def check(): f(1)"), "hidden_tests", "finds no test", "test_"),
    "a file that skips itself": (
        {"hidden_tests/test_g.py": "import pytest\npytest.importorskip('torch')\n" + TEST},
        "hidden_tests/test_g.py:3",
        "pytest does not run test_left_out",
        "plain function",
    ),
    "an assertion of a tuple": (
        authored("def test_a():\n  if f(3): assert (f(3) == 9, 'squares')"),
        "hidden_tests/test_f.py:6",
        "holds whatever comes",
        "parentheses",
    ),
    **{
        f"a comparison without assert, {code}": (
            authored(f"def test_a():\n  f(1)\n  if f(2): {code}"),
            "hidden_tests/test_f.py:7",
            "nothing uses this comparison",
            "Write `assert` before it",
        )
        for code in ("f(3) == 9", "np.allclose(f(3), 9)")
    },
    "a class of tests that wants arguments": (
        authored("class TestA:\n  def __init__(self, x): pass\n  " + TEST),
        "hidden_tests/test_f.py:7",
        "pytest does not run test_left_out",
        "plain function",
    ),
    "a class of tests whose name is no test's": (
        authored("def test_a(): f(1)\n\nclass SquareTests:\n  def helper(self): pass\n  " + TEST),
        "hidden_tests/test_f.py:9",
        "pytest does not run test_left_out",
        "Begin the name of its class, SquareTests, with Test",
    ),
    "a test within a test": (
        authored("def test_a():\n    f(1)\n\n    def test_b():\n        assert f(2) == 4\n"),
        "hidden_tests/test_f.py:8",
        "pytest does not run test_b",
        "Move it out of test_a",
    ),
    "a test within a loop of a test": (
        authored(
            "class TestA:\n  def test_a(self):\n    for n in (1, 2):\n      f(n)\n\n"
            "      @pytest.mark.parametrize('x', [1])\n      async def test_b(x): f(x)\n"
        ),
        "hidden_tests/test_f.py:11",
        "pytest does not run test_b",
        "Move it out of test_a",
    ),
    **{
        f"a test whose name is {name}": (
            authored(f"def test_a(): f(1)\n\ndef {name}():\n    assert f(2) == 4\n"),
            "hidden_tests/test_f.py:7",
            f"pytest does not run {name}",
            "Begin its name with test_",
        )
        for name in ("tset_b", "Test_b", "tst_b", "text_b", "TestNegative")
    },
    "a method whose name is tset_b": (
        authored(
            "class TestA:\n  def test_a(self): f(1)\n\n"
            "  def tset_b(self):\n    with pytest.raises(ValueError): f(-1)\n"
        ),
        "hidden_tests/test_f.py:8",
        "pytest does not run tset_b",
        "Begin its name with test_",
    ),
    "tests that cannot be read": (
        authored("def test(:"),
        "hidden_tests/test_f.py:5",
        "Python cannot read it: invalid syntax",
        "Mend the line",
    ),
    "tests that want a module": (
        authored("import torch"),
        "hidden_tests/test_f.py:5",
        "No module named 'torch'",
        "Python's own library, NumPy and pytest",
    ),
    "tests that end Python": (
        authored("import os\nos._exit(0)"),
        "hidden_tests",
        "cannot be run in WebAssembly",
        "while they are imported",
    ),
    "a call outside of a test whose refusal is caught": (
        authored("try: nine = f(3)\nexcept Exception: nine = 9\ndef test(): assert f(3) == nine"),
        "hidden_tests/test_f.py:5",
        "f is called outside of a test",
        "Move the call into a test",
    ),
    "a call outside of a test": (
        authored("nine = f(3)\ndef test(): assert nine == 9"),
        "hidden_tests/test_f.py:5",
        "f is called outside of a test",
        "Move the call into a test",
    ),
}
