"""Exercises that can be read and not be proved: files, place, cause and remedy."""

from __future__ import annotations

from .squares import PROBLEM, SQUARE, Files, authored, front
from .uncollectable import TEST

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
    "a reference that raises without a word": (
        {"solution.py": "import numpy\nraise ValueError\n"},
        "solution.py:2",
        "cannot be imported: ValueError\n",
        "Mend it",
    ),
    "a reference that never comes to its end": (
        {**front("call_seconds: 1\n"), "solution.py": SQUARE + "while True: pass\n"},
        "solution.py:8",
        "does not pass: Your code was still being loaded after 1 seconds",
        "mend it, or the test",
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
    "a module beside the exercise, in a test": (
        {**authored("def test():\n  import shared.sub\n  f(1)"), "shared/sub.py": ""},
        "hidden_tests/test_f.py:6",
        "No module named 'shared'",
        "{folder}/shared lies outside of hidden_tests, and does not ship. Move it",
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
    "a fixture of pytest's that is not here": (
        authored("def test(tmpdir): f(1)"),
        "hidden_tests/test_f.py:5",
        "there is no fixture tmpdir",
        "Take `tmp_path` in its place",
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
    "an object deep inside of what the reference returns": (
        {
            "solution.py": "import decimal\ndef f(x): return {'<a>': [decimal.Decimal(x)]}\n",
            **authored("def test(): assert f(3)['<a>'] == [3]"),
        },
        "solution.py",
        "f(3) returned {'<a>': [<Decimal>]}",
        "Return numbers, texts",
    ),
    "a value of more levels than cross": (
        {
            "solution.py": "def f(x):\n  for n in range(101): x = (n, x)\n  return x\n",
            **authored("def test():\n  x = f(3)\n  assert x[0] == 100"),
        },
        "solution.py",
        "returned <tuple (nested more than 100 deep)>",
        "Values cross 100 deep, and none that holds itself: make it flatter",
    ),
    "a value of more levels than cross, handed over": (
        authored("def test():\n  x = []\n  for n in range(101): x = [x]\n  f(x)"),
        "hidden_tests/test_f.py:8",
        "f is called with what cannot be sent: nested more than 100 deep",
        "Values cross 100 deep",
    ),
    "a text with a bracket in it, which is no object": (
        {
            "solution.py": "def f(x): return {'a': '<b>'}\n",
            **authored("def test(): assert not f(3)"),
        },
        "solution.py",
        "returned {'a': '<b>'}",
        "mend it, or the test",
    ),
    "a file that the reference leaves to a test": (
        {
            "solution.py": "def f(x): open(x, 'w').write('three')\n",
            **authored(
                "def test(tmp_path, monkeypatch):\n    monkeypatch.chdir(tmp_path); f('n.txt')\n"
                "    assert (tmp_path / 'n.txt').read_text() == 'three'"
            ),
        },
        "solution.py",
        "No such file or directory",
        "nor a test one of the function's",
    ),
    "a class of the reference's, asked of the module after a call": (
        {
            "solution.py": "class Far(ValueError): pass\ndef f(x):\n    if x > 3: raise Far(x)\n",
            **authored(
                "import solution\ndef test():\n    f(3)\n    with pytest.raises(solution.Far): f(4)"
            ),
        },
        "hidden_tests/test_f.py:8",
        "The test itself is broken (AttributeError: module 'solution' has no attribute 'Far')",
        "Write Far into the tests",
    ),
    "a name of the reference's, patched after a call": (
        {
            "solution.py": "N = 3\ndef f(x): return N\n",
            **authored(
                "import solution\ndef test(monkeypatch):\n    assert f(1) == 3\n"
                "    monkeypatch.setattr(solution, 'N', 4)\n    assert f(1) == 4"
            ),
        },
        "hidden_tests/test_f.py:8",
        "The test itself is broken (AttributeError: <module 'solution'> has no attribute 'N')",
        "Write N into the tests",
    ),
    "what an exception has beside its text": (
        {
            "solution.py": "def f(x): raise ValueError(x) from KeyError()\n",
            **authored(
                "def test():\n    with pytest.raises(ValueError) as caught: f(3)\n"
                "    assert caught.value.__cause__"
            ),
        },
        "solution.py",
        "f(3) raised ValueError: 3",
        "its class's name and its text arrive: no cause, notes or attributes",
    ),
    "a signature": (
        authored("import inspect\ndef test(): assert 'x' in inspect.signature(f).parameters"),
        "solution.py",
        "assert 'x' in mappingproxy",
        "no signature, docstring or source",
    ),
    "more calls than a test may make": (
        {**front("run_seconds: 3\n"), **authored("def test():\n    for n in range(990): f(n)")},
        "solution.py",
        "had its turn when the time ran out",
        "make fewer calls in one test",
    ),
    "a few calls that take too long together": (
        authored("def test():\n    for n in range(99): f(n)")
        | {**front("run_seconds: 2\n"), "solution.py": "def f(x):\n    for n in range(10**6): x\n"},
        "solution.py",
        "Each call before that came back, but together they take too long.",
        "make fewer calls in one test, say by `pytest.mark.parametrize`. Where the calls",
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
    "a test case that unittest skips": (
        authored(
            f"import unittest\n@unittest.skip('later')\nclass A(unittest.TestCase):\n  {TEST}"
        ),
        "hidden_tests/test_f.py:8",
        "skipped or expected to fail: test_left_out",
        "take the mark",
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
    "chance that only the test seeds": (
        {
            "solution.py": "import random\ndef f(x): return random.random()\n",
            **authored(
                "def test():\n    random.seed(1)\n    right = random.random()\n"
                "    random.seed(1)\n    assert f(1) == right"
            ),
        },
        "solution.py",
        "does not pass test",
        "seeds or patches reaches no learner's code",
    ),
    "a function that only the test patches": (
        {
            "solution.py": "def f(x): return input()\n",
            **authored(
                "def test(monkeypatch):\n"
                "    monkeypatch.setattr('builtins.input', lambda: 'a')\n    assert f(1) == 'a'"
            ),
        },
        "solution.py",
        "raised EOFError",
        "seeds or patches reaches no learner's code",
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
    "a fixture that keeps what an earlier test left": (
        authored(
            "@pytest.fixture(scope='module')\ndef seen(): return []\n"
            "def test_a(seen): seen.append(f(1)); assert seen == [1]\n"
            "def test_b(seen): seen.append(f(2)); assert seen == [1, 4]"
        ),
        "solution.py",
        "does not pass test_b",
        "once for several tests (seen) is made anew for each one here",
    ),
    "a class that is set up once, of unittest": (
        authored(
            "import unittest\nclass A(unittest.TestCase):\n  @classmethod\n"
            "  def setUpClass(cls): cls.seen = {}\n"
            "  def test_a(self): self.seen['a'] = f(1)\n"
            "  def test_b(self): assert f(self.seen['a']) == 1"
        ),
        "hidden_tests/test_f.py:10",
        "test_b: The test itself is broken (KeyError: 'a')",
        "Mend the test. What plain pytest sets up once for several tests (setUpClass)",
    ),
    "much that is printed": (
        {
            "solution.py": "def f(x):\n    for n in range(x): print(n)\n",
            **authored(
                "def test(capsys):\n    f(300)\n"
                "    assert len(capsys.readouterr().out.split()) == 300"
            ),
        },
        "solution.py",
        "does not pass test",
        "200 lines and 20,000 characters reach a test",
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
        "`pytest.mark.parametrize` has no values for it",
    ),
    "a test that is expected to fail": (
        authored("@pytest.mark.xfail\ndef test(): assert f(1) == 2"),
        "hidden_tests/test_f.py:6",
        "skipped or expected to fail: test",
        "take the mark",
    ),
    "an argument that cannot be sent, behind a refusal that is expected": (
        authored("def test():\n    with pytest.raises(ValueError):\n        f({1, ...})\n"),
        "hidden_tests/test_f.py:7",
        "f is called with what cannot be sent: a value of type ellipsis cannot be sent",
        "Pass numbers",
    ),
    "an array of texts as an argument": (
        authored("def test_left_out():\n    f(np.array(['a']))\n"),
        "hidden_tests/test_f.py:6",
        "a value of type ndarray (of dtype <U1) cannot be sent",
        "NumPy arrays of numbers",
    ),
    "a reference whose answer no test can look into": (
        {"solution.py": "def f(x): return ...\n", **authored("def test_a(): assert f(1) is ...\n")},
        "solution.py",
        "f(1) returned <ellipsis>",
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
}
