"""The snapshots: really restored, the same twice, and never the only way to run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from playwright.sync_api import Browser, expect

import build
from browsers import ChromiumPage
from builder import engine, grade, judges, shipped
from builder.cache import Cache
from builder.engine import open_engine, open_request
from builder.errors import BuildError
from builder.exercise import Exercise, read_exercise
from builder.grade import Judge, Report, open_judge
from builder.prove import prove
from builder.serve import Server
from builder.shipped import make_shipped
from builder.toolchain import Toolchain

from .pages import ready_page
from .squares import SQUARE, Files, write_exercise
from .submissions import LAZY, REFERENCE, ROOT
from .toolchains import own_cache, own_toolchain, shared_toolchain, silent


def test_both_realms_are_restored_and_not_silently_imported(
    page: ChromiumPage, pytestconfig: pytest.Config
) -> None:
    page.wait_until("ready")
    right = "import" if pytestconfig.getoption("--mismatch") else "restore"
    expect(page.html).to_have_attribute("data-boot", f"{right} {right}")


def test_modules_that_are_not_in_the_snapshot_can_be_imported(page: ChromiumPage) -> None:
    page.wait_until("ready")
    assert page.grade(LAZY + REFERENCE)["outcome"] == "passed"
    report = page.grade("import numpy.nothing\n" + REFERENCE)
    assert report["error"]["type"] == "ModuleNotFoundError"


def test_modules_can_be_imported_in_the_middle_of_a_call(page: ChromiumPage) -> None:
    page.wait_until("ready")
    source = REFERENCE.replace("    scores =", "    import statistics, csv\n    scores =")
    assert page.grade(source)["outcome"] == "passed"


# On its third call it wants the library: what it has counted by then must be as it was.
COUNTING = """
calls = []

def label_smoothing_loss(logits, target, alpha):
    calls.append(len(calls))
    if len(calls) == 3:
        import decimal
        raise ValueError(f"{calls}")
    return right(logits, target, alpha)
"""


def test_a_call_that_waited_for_the_library_left_nothing_behind_of_its_first_try(
    page: ChromiumPage,
) -> None:
    page.wait_until("ready")
    source = REFERENCE.replace("def label_smoothing_loss", "def right") + COUNTING
    report = page.grade(source)
    assert [test["error"]["message"] for test in report["tests"] if test["error"]] == ["[0, 1, 2]"]


# Reads along whatever it is told: the messages are lines of JSON here, and the relay is the page's.
SPY = """
import js
from pyodide.ffi import create_proxy
parse = js.JSON.parse
told = []
def read(text, *rest):
    told.append(text)
    return parse(text)
js.JSON.parse = create_proxy(read)

def label_smoothing_loss(logits, target, alpha):
    print(told[-1])
    return right(logits, target, alpha)
"""


def test_what_the_candidate_is_told_holds_calls_and_no_answers() -> None:
    exercise, toolchain = read_exercise(ROOT), shared_toolchain()
    facts = prove(exercise, toolchain).facts()
    with open_judge(exercise, toolchain, facts, isolated=True) as judge:
        passed = judge.grade(REFERENCE).report["outcome"]
        assert passed == "passed", "from now on calls are foreseen"
        source = REFERENCE.replace("def label_smoothing_loss", "def right") + SPY
        report = judge.grade(source).report
    assert report["outcome"] == "passed"
    told = [json.loads(line) for test in report["tests"] for line in test["stdout"].splitlines()]
    assert len(told) > 20
    keys = ("argument", "function", "id", "kind", "seconds")
    assert {tuple(sorted(message)) for message in told} == {keys}


def test_random_numbers_differ_from_candidate_to_candidate(page: ChromiumPage) -> None:
    page.wait_until("ready")
    source = "import random, os\nimport numpy as np\n"
    source += "print(random.random(), np.random.rand(), os.urandom(4).hex())\n" + REFERENCE
    drawn = [page.grade(source)["stdout"].split() for _ in range(2)]
    assert all(first != second for first, second in zip(*drawn, strict=True))


def test_the_snapshots_of_one_exercise_are_the_same_bytes_twice(tmp_path: Path) -> None:
    exercise, shared = read_exercise(ROOT), shared_toolchain()
    proof = prove(exercise, shared)
    own = own_cache(tmp_path)
    (own / "snapshots").unlink()
    made = [
        make_shipped(exercise, proof, toolchain)
        for toolchain in (shared, Toolchain(build.WEB, Cache(own), silent))
    ]
    first, second = ({n: path.read_bytes() for n, path in packs.items()} for packs in made)
    assert set(first) == set(second)
    assert [name for name in first if first[name] != second[name]] == []


# Its tests link C extensions beside NumPy's core, sleep, record much, and import in mid-run, also
# what no statement can name, and what is nowhere.
DEMANDING = """
import random
import time
import numpy as np
from solution import f

def test_arrays():
    drawn = np.random.default_rng(random.Random(1).randrange(9))
    for _ in range(4):
        given = drawn.random(60_000)
        np.testing.assert_array_equal(f(given), given * given)

def test_time():
    time.sleep(0.05)
    assert f(3.0) == 9
    import decimal
    assert f(float(decimal.Decimal(2))) == 4

def test_modules():
    import sys
    import sysconfig
    import types
    import unittest.mock
    assert sysconfig.get_config_vars()
    sys.modules["made-up"] = types.ModuleType("made-up")
    with unittest.TestCase().subTest():
        assert f(5.0) == 25
"""


def test_a_snapshot_restores_whatever_its_tests_import(tmp_path: Path) -> None:
    folder = write_exercise(tmp_path, {"hidden_tests/test_f.py": DEMANDING})
    said: list[str] = []
    toolchain = Toolchain(build.WEB, Cache(own_cache(tmp_path / "cache")), said.append)
    exercise = read_exercise(folder)
    proof = prove(exercise, toolchain)
    packs = make_shipped(exercise, proof, toolchain)
    assert not [text for text in said if "does not restore" in text]
    with open_engine(toolchain) as engine:
        judge = Judge(engine, exercise, open_request(exercise, toolchain, False, packs))
        judge.adopt(proof.facts())
        before = judge.modules()
        assert judge.grade(SQUARE).report["passed"] == 3
        assert judge.modules() == before, "nothing was left to import"
    assert "objects.zip" in packs


def test_a_snapshot_that_does_not_restore_is_told(tmp_path: Path) -> None:
    said: list[str] = []
    toolchain = Toolchain(build.WEB, Cache(own_cache(tmp_path)), said.append)
    exercise = read_exercise(ROOT)
    proof = prove(exercise, toolchain)
    packs = make_shipped(exercise, proof, toolchain)
    shutil.copytree(packs["judge.pack"].parent, tmp_path / "broken")
    said.clear()
    with mock.patch.object(shipped, "capture", return_value=tmp_path / "broken"):
        (tmp_path / "broken/judge.pack").write_bytes(b"not a pack of anything")
        make_shipped(exercise, proof, toolchain)
    assert [text for text in said if text.startswith("the snapshot does not restore")]


def test_tests_that_a_build_has_restored_are_not_collected_again_unless_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: Files = {"hidden_tests/test_f.py": DEMANDING}
    exercise = read_exercise(write_exercise(tmp_path / "exercise", files))
    toolchain = own_toolchain(tmp_path / "cache")
    opened: list[Mapping[str, Path] | None] = []

    def open_request(exercise: Exercise, toolchain: Toolchain, *given: Any) -> dict[str, Any]:
        opened.append(given[-1])
        return engine.open_request(exercise, toolchain, *given)

    def graded(exercise: Exercise) -> tuple[list[Any], dict[str, Any]]:
        with open_judge(exercise, toolchain, facts) as judge:
            report = judge.grade(SQUARE).report
            found = [judge.tests, judge.left_out, judge.repeated, judge.in_vain]
            return found, outcomes_of(report)

    for module in (grade, judges, shipped):
        monkeypatch.setattr(module, "open_request", open_request)
    proof = prove(exercise, toolchain)
    facts = proof.facts()
    collected = graded(exercise)
    packs = make_shipped(exercise, proof, toolchain)
    assert graded(exercise) == collected
    assert [each is None for each in opened] == [True, True, False, False]
    changed = write_exercise(tmp_path / "changed", files)
    (changed / "hidden_tests/test_f.py").write_text(DEMANDING + "    assert f(1.0) == 1\n")
    graded(read_exercise(changed))
    assert opened[-1] is None
    packs["judge.pack"].write_bytes(packs["judge.pack"].read_bytes()[:-1])
    assert graded(exercise) == collected
    assert opened[-1] is None, "a damaged snapshot was opened"


def outcomes_of(report: Report) -> dict[str, str]:
    return {test["id"]: test["outcome"] for test in report["tests"]}


# What lies beside the tests, and a folder that pytest makes for them.
FILES: Files = {
    "hidden_tests/data/squares.txt": "3 9\n",
    "hidden_tests/test_f.py": """
from pathlib import Path
from solution import f

def test_data():
    given, right = (Path(__file__).parent / "data/squares.txt").read_text().split()
    assert f(float(given)) == float(right)

def test_folder(tmp_path):
    (tmp_path / "kept").write_text(str(f(2)))
    assert (tmp_path / "kept").read_text() == "4"
""",
}


def test_tests_find_their_files_in_the_page(
    tmp_path: Path, bundled: Callable[[Path, Path], None], chromium: Browser
) -> None:
    bundled(write_exercise(tmp_path / "exercise", FILES), tmp_path / "dist")
    with Server(tmp_path / "dist") as server, ready_page(chromium, server) as page:
        reports = [page.grade(SQUARE) for _ in range(2)]
    assert [report["passed"] for report in reports] == [2, 2]


def test_what_a_test_file_reads_from_the_clock_at_import_is_refused(tmp_path: Path) -> None:
    tests = "import datetime\nfrom solution import f\nTODAY = datetime.date.today()\n"
    tests += "def test_today():\n    assert f(TODAY.year) == datetime.date.today().year ** 2\n"
    exercise = read_exercise(write_exercise(tmp_path, {"hidden_tests/test_f.py": tests}))
    proof = prove(exercise, shared_toolchain())
    with pytest.raises(
        BuildError, match="tests that were imported when the bundle was built"
    ) as caught:
        make_shipped(exercise, proof, shared_toolchain())
    assert "inside a test" in caught.value.remedy
