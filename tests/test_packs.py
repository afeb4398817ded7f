"""The snapshots: really restored, the same twice, and never the only way to run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

import build
from builder.bundle import exercise_files
from builder.check import prove
from builder.exercise import read_exercise
from builder.node import ensure_node_modules
from builder.packs import make_packs
from builder.runtime import fetch_runtime
from builder.serve import Server

from .exercise_page import ExercisePage
from .submissions import REFERENCE, ROOT, WRONG_CONVENTION

LAZY = """
import colorsys, decimal, email.mime.text, sched
import numpy as np
import numpy.polynomial
drawn = np.random.default_rng(0).random(3)
assert np.fft.fft(drawn).shape == (3,) and np.ma.array(drawn).sum() > 0
np.testing.assert_allclose(drawn, drawn)
"""


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context()
    yield opened
    opened.close()


def test_both_realms_are_restored_and_not_silently_imported(page: ExercisePage) -> None:
    page.wait_until("ready")
    expect(page.html).to_have_attribute("data-boot", "restore restore")


def test_modules_that_are_not_in_the_snapshot_can_be_imported(page: ExercisePage) -> None:
    page.wait_until("ready")
    assert page.grade(LAZY + REFERENCE)["outcome"] == "passed"
    report = page.grade("import numpy.nothing\n" + REFERENCE)
    assert report["error"]["type"] == "ModuleNotFoundError"


def test_modules_can_be_imported_in_the_middle_of_a_call(page: ExercisePage) -> None:
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
    page: ExercisePage,
) -> None:
    page.wait_until("ready")
    source = REFERENCE.replace("def label_smoothing_loss", "def right") + COUNTING
    report = page.grade(source)
    assert [test["error"]["message"] for test in report["tests"] if test["error"]] == ["[0, 1, 2]"]


def test_random_numbers_differ_from_candidate_to_candidate(page: ExercisePage) -> None:
    page.wait_until("ready")
    source = "import random, os\nimport numpy as np\n"
    source += "print(random.random(), np.random.rand(), os.urandom(4).hex())\n" + REFERENCE
    drawn = [page.grade(source)["stdout"].split() for _ in range(2)]
    assert all(first != second for first, second in zip(*drawn, strict=True))


def test_a_snapshot_that_does_not_fit_is_remembered_and_everything_works_by_importing(
    context: BrowserContext, server: Server
) -> None:
    # An engine whose table has one more slot: every pointer to a function would lie.
    context.add_init_script(SHIFTED_TABLE)
    page = ExercisePage(context.new_page(), server.url)
    for _ in range(2):
        page.open()
        page.wait_until("ready")
        expect(page.html).to_have_attribute("data-boot", "import import")
        assert page.grade(REFERENCE)["passed"] == 5
        assert page.grade(WRONG_CONVENTION)["passed"] == 1
        assert page.grade(LAZY + REFERENCE)["passed"] == 5
    fetched = [url for url in page.requests if ".pack" in url]
    assert len({url.removesuffix(".gz") for url in fetched}) == 2


SHIFTED_TABLE = """
const PlainBlob = Blob;
const EARLY = `{
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = (source, imports) => {
    imports.env.__indirect_function_table.grow(1);
    return instantiate(source, imports);
  };
}`;
Blob = class extends PlainBlob {
  constructor(parts, options) {
    super(options.type === "text/javascript" ? [EARLY, ...parts] : parts, options);
  }
};
"""


def test_the_snapshots_of_one_exercise_are_the_same_bytes_twice(tmp_path: Path) -> None:
    exercise = read_exercise(ROOT)

    def silent(text: str) -> None:
        """Say nothing."""

    proof = prove(exercise, build.CACHE, silent)
    ensure_node_modules(build.WEB, silent)
    runtime = fetch_runtime(build.WEB, build.CACHE, silent)
    files = list(exercise_files(exercise, proof))
    made = [
        make_packs(files, runtime, build.WEB, cache, silent).files()
        for cache in (build.CACHE, tmp_path)
    ]
    first, second = ({n: path.read_bytes() for n, path in packs.items()} for packs in made)
    assert set(first) == set(second)
    assert [name for name in first if first[name] != second[name]] == []
