"""The table of hostile submissions, natively and in Chromium: right verdicts, and an unharmed page.

One page takes all of it, as a learner's would. At the end it prints what each row came to, and the
longest time that the page did not react.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

import build
from builder.check import prove
from builder.exercise import read_exercise
from builder.grade import NativeJudge, open_judge
from builder.serve import Server

from . import hostile_answers, hostile_attacks, hostile_endings
from .exercise_page import ExercisePage
from .hostile import TEXT, Row
from .submissions import REFERENCE, ROOT, comparable

pytestmark = pytest.mark.hostile

ROWS = [*hostile_answers.ROWS, *hostile_endings.ROWS, *hostile_attacks.ROWS]
CALL_SECONDS = 2
LONGEST_GAP_MS = 2_000
GOAL_MS = 250
SLUG = "label-smoothed-cross-entropy"

# After rows that tamper with nothing, every tenth good run is enough.
SAMPLE = 10

_PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", JSON.parse(text));
  const options = { clipboardData, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""

_WATCH = """
window.gap = 0;
let last = performance.now();
const beat = () => {
  const now = performance.now();
  window.gap = Math.max(window.gap, now - last);
  last = now;
  setTimeout(beat, 5);
};
beat();
"""

# Names and places that are no learner's business.
_INTERNAL = re.compile(
    r"test_label_smoothing_loss\.py|conftest|site-packages|/lib/python|/exercise/|grading[./]"
    r"|pytest_|CallNeeded|standin|candidate\.py|judge"
)
_UNSEEN = re.compile(
    "[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069]"
)


@dataclass
class Outcomes:
    """What the rows came to."""

    lines: list[str] = field(default_factory=list)
    longest: float = 0.0

    def note(self, row: Row, outcome: str, gap: float) -> None:
        """Keep one result."""
        self.longest = max(self.longest, gap)
        mark = "" if gap <= GOAL_MS else f"  over {GOAL_MS} ms"
        self.lines.append(f"{row!s:78} {outcome:8} {gap:6.0f} ms{mark}")


@pytest.fixture(scope="module")
def table(request: pytest.FixtureRequest) -> Iterator[Outcomes]:
    """The table, printed at the end."""
    kept = Outcomes()
    yield kept
    capture = request.config.pluginmanager.get_plugin("capturemanager")
    assert capture is not None
    with capture.global_and_fixture_disabled():
        print("", *kept.lines, f"longest gap of all: {kept.longest:.0f} ms", sep="\n")


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exercise with little patience, so that endless rows end soon."""
    folder = tmp_path_factory.mktemp("hurried")
    for name in ("starter.py", "solution.py"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "hidden_tests", folder / "hidden_tests")
    problem = (ROOT / "problem.md").read_text("utf-8")
    problem, changed = re.subn(r"(?m)^call_seconds: .*$", f"call_seconds: {CALL_SECONDS}", problem)
    assert changed == 1
    (folder / "problem.md").write_text(problem, "utf-8")
    return folder


@pytest.fixture(scope="module")
def judge(hurried: Path) -> Iterator[NativeJudge]:
    exercise = read_exercise(hurried)
    proof = prove(exercise, build.CACHE, lambda text: None)
    with open_judge(exercise, proof.facts(exercise)) as opened:
        yield opened


@pytest.fixture(scope="module")
def hurried_bundle(hurried: Path) -> Path:
    out = hurried.parent / f"{hurried.name}-bundle"
    assert build.main([str(hurried), "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def hurried_server(hurried_bundle: Path) -> Iterator[Server]:
    """A server that only the table's page asks."""
    with Server(hurried_bundle) as running:
        yield running


class HostilePage(ExercisePage):
    """A page whose heartbeat is kept, and that takes any text."""

    def write(self, source: str) -> None:
        """Paste a source over everything, whatever it is made of."""
        self.editor.press("ControlOrMeta+a")
        self.editor.press("Delete")
        self.page.evaluate(_PASTE, json.dumps(source))

    def take_gap(self) -> float:
        """Return the longest time (ms) without reaction since the last question."""
        gap: float = self.page.evaluate(
            "() => { const { gap } = window; window.gap = 0; return gap; }"
        )
        return gap

    def draft(self) -> str | None:
        """Return the saved draft."""
        key = f"exercise:{SLUG}:draft"
        text: str | None = self.page.evaluate("(key) => localStorage.getItem(key)", key)
        return text


@pytest.fixture(scope="module")
def open_page(chromium: Browser, hurried_server: Server) -> Iterator[HostilePage]:
    """The one page that takes the whole table."""
    context = chromium.new_context()
    opened = HostilePage(context.new_page(), hurried_server.url)
    opened.page.add_init_script(_WATCH)
    opened.page.on("dialog", lambda dialog: opened.problems.append(f"dialog: {dialog.message}"))
    opened.open()
    opened.wait_until("ready")
    yield opened
    context.close()


def addressed(row: Row, server: Server) -> str:
    """Return a row's source with the server's address in it."""
    return row.source.replace("{url}", server.url).replace("{port}", str(server.port))


def said(report: dict[str, Any]) -> str:
    """Return all that a report says to a learner."""
    return "\n".join([report["message"], *(test["message"] for test in report["tests"])])


def errors(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the errors of a report."""
    found = [report["error"], *(test["error"] for test in report["tests"])]
    return [error for error in found if error]


def check_words(row: Row, report: dict[str, Any]) -> None:
    """Hold a report to what a row says about its texts."""
    if row.says:
        assert any(words in said(report) for words in row.says.split("|")), said(report)
    if row.line is not None:
        assert errors(report)[0]["line"] == row.line, errors(report)[0]
    if row.line is not None and row.line > 1:
        assert f"line {row.line}" in said(report)
    texts = [said(report), *(error["traceback"] for error in errors(report))]
    assert not _INTERNAL.search("\n".join(texts)), "\n".join(texts)


def alike(report: dict[str, Any]) -> dict[str, Any]:
    """Return what has to be equal in both realms, without the interpreters' own texts."""
    kept = comparable(report)
    if report["outcome"] == "error":
        del kept["message"]
    places = [(error["type"], error["line"]) for error in errors(report)]
    return {**kept, "errors": places}


native_reports: dict[str, dict[str, Any]] = {}


@pytest.mark.parametrize("row", [row for row in ROWS if row.native is not None], ids=str)
def test_natively_each_row_gets_its_verdict(judge: NativeJudge, row: Row) -> None:
    report = judge.grade(row.source).report
    native_reports[str(row)] = report
    assert report["outcome"] in row.native_outcomes(), report
    assert report["fault"] == ("learner" if report["outcome"] != "passed" else None)
    if report["outcome"] in row.outcomes.split("|"):
        check_words(row, report)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_in_the_page_each_row_gets_its_verdict_and_does_no_harm(
    open_page: HostilePage, hurried_server: Server, table: Outcomes, row: Row
) -> None:
    source = addressed(row, hurried_server)
    open_page.take_gap()
    report = open_page.grade(source)
    open_page.wait_until("ready")
    gap = open_page.take_gap()
    table.note(row, report["outcome"], gap)
    assert report["outcome"] in row.outcomes.split("|"), report
    assert gap < LONGEST_GAP_MS
    check_words(row, report)
    check_page(open_page, hurried_server, row, source)
    if row.must_agree and (native := native_reports.get(str(row))):
        assert alike(report) == alike(native)
    if row.is_risky or ROWS.index(row) % SAMPLE == 0:
        good = open_page.grade(REFERENCE)
        assert (good["outcome"], good["passed"]) == ("passed", 5), good
        open_page.wait_until("ready")


def check_page(page: HostilePage, server: Server, row: Row, source: str) -> None:
    """Hold the page to what must be true after any row."""
    plain = source.replace("\r\n", "\n").encode("utf-8", "replace").decode()
    if source.isprintable() or row.category != TEXT:
        kept = (page.draft() or "").encode("utf-8", "replace").decode()
        assert kept.replace("\ufffd", "?") == plain.replace("\ufffd", "?"), "the draft"
    assert page.page.locator("iframe").count() <= 2
    assert page.page.locator("#results img, #results b, #results script").count() == 0
    assert not _UNSEEN.search(page.page.locator("#results").inner_text())
    assert not [problem for problem in page.problems if problem.startswith("dialog")]
    strange = [asked for asked in server.requests if asked.status >= 400]
    assert strange == [] and "leak" not in str(server.requests)
    assert page.strangers() == []


def test_the_server_was_asked_for_nothing_but_the_bundles_files(
    open_page: HostilePage, hurried_server: Server, hurried_bundle: Path
) -> None:
    files = {
        f"/{path.relative_to(hurried_bundle).as_posix()}" for path in hurried_bundle.rglob("*")
    }
    assert {asked.path for asked in hurried_server.requests} <= {"/", *files}
