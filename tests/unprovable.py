"""Exercises that can be read and not be proved: files, place, cause and remedy."""

from __future__ import annotations

from .squares import CAUGHT, PROBLEM, SQUARE, WRONG, Files, authored, planted

TEST = "def test_left_out(self=0): pass\n"

UNPROVABLE: dict[str, tuple[Files, str, str, str]] = {
    "a failing reference": (
        {"solution.py": "def f(x): return 8\n"},
        "solution.py",
        "does not pass test_number, {folder}/hidden_tests/test_f.py:8\n3 squared is 9",
        "mend it, or the test",
    ),
    "a reference that cannot be read": (
        {"solution.py": "def f(:"},
        "solution.py:1",
        "cannot be imported: SyntaxError",
        "Mend the line",
    ),
    "a reference that imports what the page lacks": (
        {"solution.py": "import numpy\nimport yaml\ndef f(x): return x * x\n"},
        "solution.py:2",
        "cannot be imported: ModuleNotFoundError: No module named 'yaml'\nIt ran in WebAssembly",
        "not there in the page",
    ),
    "a reference that imports what needs the system": (
        {"solution.py": "import ssl, sqlite3\ndef f(x): return x * x\n"},
        "solution.py:1",
        "No module named 'ssl'",
        "not there in the page",
    ),
    "a test that counts on large integers": (
        authored("def test_sum():\n    assert f(2) == 4\n    assert np.arange(70000).sum() > 0\n"),
        "solution.py",
        "does not pass test_sum, {folder}/hidden_tests/test_f.py:7",
        "mend it, or the test",
    ),
    "a starter that passes": ({"starter.py": SQUARE}, "starter.py", "passes every", "to do"),
    "a starter that cannot be imported": (
        {"starter.py": "import numpy\nimport torch\ndef f(x): pass\n"},
        "starter.py:2",
        "cannot be used: There is no module torch here",
        "import it as it is",
    ),
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
    "two tests of a name": (
        authored("class TestA:\n  def test(self): f(1)\nclass TestB:\n  def test(self): f(1)"),
        "hidden_tests/test_f.py:8",
        "test is defined a second time, after test_f.py:6",
        "a name of its own",
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
    "files of a name in two folders": (
        {"hidden_tests/more/test_f.py": "def test_more(): pass\n"},
        "hidden_tests/test_f.py:1",
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
    "a module beside the exercise, in a test": (
        {**authored("def test():\n  import shared.sub\n  f(1)"), "shared/sub.py": ""},
        "hidden_tests/test_f.py:6",
        "No module named 'shared'",
        "{folder}/shared lies outside of hidden_tests, and does not ship. Move it",
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
    "data named from the working directory": (
        {
            **authored("def test():\n  f(int(open('hidden_tests/data/n.txt').read()))"),
            "hidden_tests/data/n.txt": "3",
        },
        "hidden_tests/test_f.py:6",
        "No such file or directory",
        'Path(__file__).parent / "data" / "n.txt"',
    ),
    "a fixture that is not there": (
        authored("def test(mocker): f(1)"),
        "hidden_tests/test_f.py:5",
        "there is no fixture mocker",
        "Define it in the test's file or in conftest.py",
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
        "Mend the line",
    ),
    "a name that no test defines, after a call": (
        authored("def test_a():\n    got = f(3)\n    assert got == nine"),
        "hidden_tests/test_f.py:7",
        "test_a: The test itself is broken (NameError: name 'nine' is not defined)",
        "Mend the test",
    ),
    "a module that is missing, after a call": (
        authored("def test_a():\n    got = f(3)\n    import scipy\n    assert got == 9"),
        "hidden_tests/test_f.py:7",
        "No module named 'scipy'",
        "leave out what needs more",
    ),
    "data beside the tests, after a call": (
        {
            "hidden_tests/nine.txt": "9",
            **authored(
                "def test_a():\n    got = f(3)\n    assert got == int(open('nine.txt').read())"
            ),
        },
        "solution.py",
        "No such file or directory: 'nine.txt'",
        "hidden_tests/data",
    ),
    "a test that is async": (
        authored("async def test_a():\n    assert f(1) == 1"),
        "hidden_tests/test_f.py:5",
        "test_a is async, and nothing here runs it",
        "without async",
    ),
    "a broken helper": (
        {**authored("from more import three"), "hidden_tests/more.py": "three = 3\nthree(\n"},
        "hidden_tests/more.py:2",
        "'(' was never closed",
        "Mend the line",
    ),
    "chance": (
        authored("def test():\n    f(random.random())"),
        "hidden_tests/test_f.py:6",
        "test: This test makes other calls each time that it runs: f(0.",
        "Mend the test",
    ),
    "a test that never ends": (
        {
            **authored("def test():\n    f(1)\n    while True: pass"),
            "problem.md": PROBLEM,
        },
        "hidden_tests/test_f.py:5",
        "test: A test did not come back within 5 seconds.",
        "Mend the test",
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
    "no test": (authored("def check(): f(1)"), "hidden_tests", "finds no test", "test_"),
    "a file that skips itself": (
        {"hidden_tests/test_g.py": "import pytest\npytest.importorskip('torch')\n" + TEST},
        "hidden_tests/test_g.py:3",
        "pytest does not run test_left_out",
        "plain function",
    ),
    "a test case that unittest skips": (
        authored(
            f"import unittest\n@unittest.skip('later')\nclass A(unittest.TestCase):\n  {TEST}"
        ),
        "hidden_tests/test_f.py:8",
        "skipped or expected to fail: test_left_out",
        "take the mark",
    ),
    "an assertion of a tuple": (
        authored("def test_a():\n  if f(3): assert (f(3) == 9, 'squares')"),
        "hidden_tests/test_f.py:6",
        "holds whatever comes",
        "parentheses",
    ),
    "a test that returns": (
        authored("def test_a(): return f(3) == 9"),
        "hidden_tests/test_f.py:5",
        "it returns something: did it mean to assert that?",
        "Mend the test",
    ),
    "a test case that returns": (
        authored(
            "import unittest\nclass A(unittest.TestCase):\n  def test(self): return f(3) == 9"
        ),
        "hidden_tests/test_f.py:7",
        "it returns something",
        "Mend the test",
    ),
    "coroutines of unittest": (
        authored(
            "import unittest\nclass A(unittest.IsolatedAsyncioTestCase):\n"
            "  async def test(self): f(1)"
        ),
        "hidden_tests/test_f.py:7",
        "test: The test itself is broken",
        "no event loop runs here",
    ),
    "a path of a temporary file": (
        authored("def test(tmp_path):\n    f(str(tmp_path / 'n.txt'))"),
        "hidden_tests/test_f.py:6",
        "other calls each time that it runs: f('/tmp/",
        "hand it the text",
    ),
    "a path of the tests' data": (
        {
            "solution.py": "def f(x): return int(open(x).read())\n",
            "hidden_tests/data/n.txt": "3",
            **authored(
                "import os\nN = os.path.dirname(__file__) + '/data/n.txt'\n"
                "def test(): assert f(N) == 3"
            ),
        },
        "solution.py",
        "raised FileNotFoundError",
        "hand it the text",
    ),
    "a warning": (
        {
            "solution.py": "import warnings\ndef f(x): warnings.warn('old')\n",
            **authored("def test():\n    with pytest.warns(UserWarning): f(1)"),
        },
        "solution.py",
        "DID NOT WARN",
        "warns of or logs reaches no test",
    ),
    "a log": (
        {
            "solution.py": "import logging\ndef f(x): logging.warning('old')\n",
            **authored("def test(caplog):\n    f(1)\n    assert 'old' in caplog.text"),
        },
        "solution.py",
        "does not pass test",
        "warns of or logs reaches no test",
    ),
    "a class of tests that wants arguments": (
        authored("class TestA:\n  def __init__(self, x): pass\n  " + TEST),
        "hidden_tests/test_f.py:7",
        "pytest does not run test_left_out",
        "plain function",
    ),
    "a skipped test": (
        authored("def test_a(): f(1)\n@pytest.mark.skip\ndef test_b(): f(1)"),
        "hidden_tests/test_f.py:6",
        "skipped or expected to fail: test_b",
        "take the mark",
    ),
    "a test that skips itself": (
        authored("def test():\n  f(1)\n  pytest.skip('later')"),
        "hidden_tests/test_f.py:7",
        "skipped or expected to fail: test",
        "take the mark",
    ),
    "a test of no cases": (
        authored("@pytest.mark.parametrize('x', [])\ndef test(x): f(x)"),
        "hidden_tests/test_f.py:5",
        "skipped or expected to fail: test[NOTSET]",
        "take the mark",
    ),
    "a test that is expected to fail": (
        authored("@pytest.mark.xfail\ndef test(): assert f(1) == 2"),
        "hidden_tests/test_f.py:6",
        "skipped or expected to fail: test",
        "take the mark",
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
    "an argument that cannot be sent, behind a refusal that is expected": (
        authored("def test():\n    with pytest.raises(ValueError):\n        f({1, 2})\n"),
        "hidden_tests/test_f.py:7",
        "f is called with what cannot be sent: a value of type set cannot be sent",
        "Pass numbers",
    ),
    "an array of texts as an argument": (
        authored("def test_left_out():\n    f(np.array(['a']))\n"),
        "hidden_tests/test_f.py:6",
        "a value of type ndarray (of dtype <U1) cannot be sent",
        "NumPy arrays of numbers",
    ),
    "a reference whose answer no test can look into": (
        {"solution.py": "def f(x): return {x}\n", **authored("def test_a(): assert f(1) == {1}\n")},
        "solution.py",
        "f(1) returned <set>",
        "Return numbers, texts",
    ),
    "a reference whose array no test can look into": (
        {
            "solution.py": "import numpy as np\ndef f(x): return [np.array(['a'])]\n",
            **authored("def test_a(): assert f(1)[0].tolist() == ['a']\n"),
        },
        "solution.py",
        "f(1) returned [<ndarray (of dtype <U1)>]",
        "Return numbers, texts",
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
