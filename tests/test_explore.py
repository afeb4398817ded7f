"""Your function, drawn on the page over the reference's, in a Python that no run waits for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from browsers import ChromiumPage, ExercisePage
from browsers.limits import LONGEST_GAP_MS, SHOW_SECONDS
from builder.serve import Server

from .bundles import build_bundle
from .drawing import BARS, CURVES, DrawnPage
from .exploring import EXPLORE, exploring
from .limits import HURRIED, PATIENT, Limits
from .pages import page_of, ready_page
from .squares import SQUARE, front, write_exercise
from .submissions import REFERENCE, STARTER, WRONG_CONVENTION


@pytest.fixture(scope="module")
def drawn(chromium: Browser, limited_bundles: dict[Limits, Path]) -> Iterator[DrawnPage]:
    """One page for all that comes to an end."""
    with Server(limited_bundles[PATIENT]) as server, ready_page(chromium, server) as page:
        yield DrawnPage(page)


@pytest.fixture(scope="module")
def hurried(chromium: Browser, limited_bundles: dict[Limits, Path]) -> Iterator[DrawnPage]:
    """One page for all that comes to none."""
    with Server(limited_bundles[HURRIED]) as server, ready_page(chromium, server) as page:
        yield DrawnPage(page)


def test_nothing_of_it_is_asked_for_before_it_is_opened_and_then_the_reference_is_seen(
    page: ChromiumPage,
) -> None:
    page.wait_until("ready")

    def asked() -> list[str]:
        return sorted(re.findall(r"/explore-\w+\.(\w+)$", "\n".join(page.requests), re.MULTILINE))

    assert asked() == []
    drawn = DrawnPage(page).open()
    expect(drawn.chart(CURVES)).to_be_visible()
    assert set(asked()) == {"js", "json"} and asked().count("js") == 1
    expect(drawn.region.locator(".explore-right")).not_to_have_count(0)
    assert drawn.region.locator("g .explore-own").count() == 0, "nothing was run"


def test_it_goes_by_keyboard_and_tells_what_the_picture_shows(drawn: DrawnPage) -> None:
    drawn.page.write(REFERENCE)
    drawn.tab.get_by_role("tab", name="Try it").click()
    drawn.tab.keyboard.press("ArrowRight")
    expect(drawn.tab.get_by_role("tab", name="Your function")).to_be_focused()
    expect(drawn.button).to_be_visible()
    for _ in range(30):
        if not drawn.button.evaluate("(button) => button === document.activeElement"):
            drawn.tab.keyboard.press("Tab")
    drawn.tab.keyboard.press("Enter")
    expect(drawn.status).to_contain_text("Drawn at")
    expect(drawn.button).to_be_focused()
    assert re.fullmatch(r"sure and right\s+as the reference", drawn.remarks(CURVES)[0])
    expect(drawn.chart(CURVES)).to_have_accessible_description(
        re.compile(
            r"^Curves of loss over α, from 0 to 1\. sure and right: from 0\.008037 to 4\.508"
        )
    )
    expect(drawn.chart(BARS)).to_have_accessible_description(
        re.compile(
            r"α = 0\.4: class 0 0\.1, class 1 0\.1, class 2, true 0\.7, class 3 0\.1, as the"
        )
    )
    expect(drawn.said).to_be_empty()
    assert drawn.page.problems == []


def test_numbers_stand_in_a_table_on_request(drawn: DrawnPage) -> None:
    drawn.draw(WRONG_CONVENTION)
    table = drawn.region.get_by_role("table", name=BARS)
    expect(table).to_have_count(0)
    drawn.region.get_by_text(f"Numbers of “{BARS}”").click()
    heads = table.get_by_role("columnheader")
    expect(heads).to_contain_text(["class", "α = 0.0 (yours)", "α = 0.0 (the reference)"])
    row = table.get_by_role("row").filter(has_text="class 2, true").get_by_role("cell")
    expect(row).to_have_text(["1", "1", "0.6", "0.7"])


def test_a_mistake_is_seen_and_told(drawn: DrawnPage) -> None:
    drawn.draw(WRONG_CONVENTION)
    assert "differs most at α = 1: 6.008 instead of 4.508" in drawn.remarks(CURVES)[0]
    assert "differs most at class 2, true: 0.6 instead of 0.7" in drawn.remarks(BARS)[1]
    own, right = (
        drawn.chart(CURVES).locator(f"g >> nth=0 >> .explore-{name}") for name in ("own", "right")
    )
    assert own.get_attribute("d") != right.get_attribute("d")


OVERFLOWS = """import numpy as np

def label_smoothing_loss(logits, target, alpha):
    p = np.exp(logits) / np.exp(logits).sum()
    return float(-((1 - alpha) * np.log(p[target]) + alpha * np.log(p).mean()))
"""
LISTS = "def label_smoothing_loss(logits, target, alpha): return logits"


@pytest.mark.parametrize(
    ("source", "said"),
    [(OVERFLOWS, "NaN everywhere"), (LISTS, "array of shape (4,) everywhere")],
    ids=["NaN", "arrays"],
)
def test_what_is_no_number_is_a_gap_and_told(drawn: DrawnPage, source: str, said: str) -> None:
    drawn.draw(source)
    assert said in drawn.remarks(CURVES)[2]
    third = drawn.chart(CURVES).locator("g >> nth=2")
    assert not third.locator(".explore-own").get_attribute("d")
    assert third.locator(".explore-right").get_attribute("d")


RAISES = "def label_smoothing_loss(logits, target, alpha):\n    return alpha / 0\n"


@pytest.mark.parametrize(
    ("source", "said", "line"),
    [
        (RAISES, "A number is divided by zero on line 2", "    return alpha / 0"),
        (STARTER, "The function is not written yet", "    raise NotImplementedError"),
        ("def f(:\n", "Python cannot read your code on line 1", "def f(:"),
    ],
    ids=["raises", "starter", "no Python"],
)
def test_an_exception_is_shown_with_its_line_over_the_reference(
    drawn: DrawnPage, source: str, said: str, line: str
) -> None:
    drawn.draw(source)
    expect(drawn.said).to_contain_text(said)
    expect(drawn.tab.locator(".cm-marked-line")).to_have_text(line)
    drawn.said.get_by_text("Traceback", exact=True).click()
    expect(drawn.said.locator("pre")).to_contain_text('File "solution.py"')
    assert drawn.remarks(CURVES)[0].endswith("the reference")
    expect(drawn.status).to_contain_text("Your code as it is could not be drawn")


def test_code_that_cannot_be_drawn_is_told_without_a_line(drawn: DrawnPage) -> None:
    drawn.draw("def another(): pass\n")
    expect(drawn.said).to_contain_text("There is no function label_smoothing_loss")
    drawn.draw("def label_smoothing_loss(logits, target, alpha): return None\n")
    expect(drawn.said).to_contain_text("What your code returned cannot be drawn")


def test_a_drawing_of_other_code_says_so(drawn: DrawnPage) -> None:
    drawn.draw(REFERENCE)
    drawn.page.write("other = 1")
    drawn.open()
    expect(drawn.status).to_contain_text("Your code has changed since this was drawn")
    drawn.page.write(REFERENCE)
    expect(drawn.status).to_contain_text("from your code as it is")


ENDLESS = "def label_smoothing_loss(logits, target, alpha):\n    while True: pass\n"


def test_no_run_waits_for_a_drawing_and_who_has_enough_of_one_ends_it(drawn: DrawnPage) -> None:
    drawn.begin(ENDLESS)
    expect(drawn.status).to_have_text("Drawing…")
    assert drawn.page.grade(REFERENCE)["outcome"] == "passed"
    drawn.page.wait_until("ready")
    drawn.open()
    expect(drawn.status).to_have_text("Drawing…")
    drawn.end.click()
    expect(drawn.said).to_have_text("You ended the drawing.")
    expect(drawn.button).to_be_focused()
    drawn.begin(ENDLESS)
    drawn.tab.get_by_role("button", name="Stop", exact=True).click()
    expect(drawn.said).to_have_text("You ended the drawing.")
    expect(drawn.tab.get_by_role("button", name="Stop", exact=True)).to_be_disabled()


def test_a_drawing_leaves_nothing_behind(drawn: DrawnPage) -> None:
    drawn.draw(f"import numpy, json\n{REFERENCE}\nnumpy.exp = numpy.log = json.dumps = None\n")
    drawn.draw(REFERENCE)
    assert "as the reference" in drawn.remarks(BARS)[0]
    assert drawn.page.grade(REFERENCE)["outcome"] == "passed"
    drawn.page.wait_until("ready")


def test_charts_fit_where_they_stand(drawn: DrawnPage) -> None:
    drawn.draw(REFERENCE)
    for width in (1440, 1366, 1024, 667, 375, 320):
        drawn.page.resize(width, 720)
        fit = partial(drawn.tab.evaluate, _FIT, 2)
        drawn.page.wait_for(fit, SHOW_SECONDS, f"charts that fit {width} px")
        assert drawn.tab.evaluate("document.documentElement.scrollWidth") <= width
    drawn.page.resize(1280, 720)


# So many charts are as wide as their boxes, and no text of theirs lies beyond an edge.
_FIT = """(count) => {
  const charts = [...document.querySelectorAll("#explore svg[role=img]")];
  return charts.length === count && charts.every((svg) => {
    const box = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].map((text) => text.getBoundingClientRect());
    return Math.abs(box.width - svg.parentElement.clientWidth) < 2
      && texts.every(({ left, right, top, bottom }) => left >= box.left - 1
        && right <= box.right + 1 && top >= box.top - 1 && bottom <= box.bottom + 1);
  });
}"""


def test_six_tabs_stand_side_by_side_on_the_narrowest_page(drawn: DrawnPage) -> None:
    drawn.page.grade(WRONG_CONVENTION)
    drawn.page.wait_until("ready")
    drawn.tab.get_by_role("button", name="Step through").first.click()
    for width, height in [(375, 667), (320, 568), (320, 256), (667, 320)]:
        drawn.page.resize(width, height)
        tabs = drawn.tab.get_by_role("tab")
        expect(tabs).to_have_text(
            ["Problem", "Code", "Results", "Try it", "Steps", "Your function"]
        )
        for tab in tabs.all():
            assert tab.evaluate("(tab) => tab.scrollWidth <= tab.clientWidth + 1"), width
            assert tab.evaluate("(tab) => tab.scrollHeight <= tab.clientHeight + 1"), width
        assert drawn.tab.evaluate("document.documentElement.scrollWidth") <= width
    drawn.page.resize(1280, 720)


# ------------------------------------------------------------------------------ hostile submissions

_HEAD = "def label_smoothing_loss(logits, target, alpha):\n"
# What a submission does when it is drawn, and what is said of it.
HOSTILE = {
    "never ends": (ENDLESS, "Drawing took longer than 8 seconds, and was ended on line 2"),
    "swallows interrupts": (
        f"{_HEAD}  while True:\n    try:\n      while True: pass\n    except BaseException: pass\n",
        "Drawing took longer than 8 seconds",
    ),
    "floods the page": (
        f"{_HEAD}  import js\n  for n in range(10 ** 6): js.postMessage('x' * 1000)\n",
        "",
    ),
    "sends millions of points": (
        "import json\nmillions = '[' + '1,' * 10 ** 6 + '1]'\njson.dumps = lambda *_: "
        f'\'{{"kind":"drawn","charts":[{{"x":\' + millions + \'}}]}}\'\n{_HEAD}  return 1.0\n',
        "What came back was no drawing",
    ),
    "ends Python": (f"{_HEAD}  import os\n  os._exit(0)\n", ""),
    "asks for all memory": (f"{_HEAD}  return 'x' * 2 ** 31 + 'y' * 2 ** 31\n", ""),
    "breaks what draws": (
        "import sys\nfor name in [n for n in sys.modules if n.startswith('grading')]:\n"
        f"  vars(sys.modules[name]).clear()\n{_HEAD}  return 1.0\n",
        "",
    ),
    "says markup": (
        f"{_HEAD}  raise ValueError('</p><img src=x onerror=alert(1)>')\n",
        "</p><img src=x onerror=alert(1)>",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_drawn_cannot_harm_the_page(hurried: DrawnPage, name: str) -> None:
    source, said = HOSTILE[name]
    hurried.draw(source)
    expect(hurried.said).not_to_be_empty()
    expect(hurried.said).to_contain_text(said)
    assert hurried.region.locator("img").count() == 0


def test_types_and_names_of_a_learners_are_text(hurried: DrawnPage) -> None:
    lie = "<img src=x onerror=alert(1)>"
    hurried.draw(f"Lie = type('{lie}', (), {{}})\n{_HEAD}  return Lie() if len(logits) else 0\n")
    assert f"{lie} everywhere" in hurried.remarks(CURVES)[0]
    assert hurried.region.locator("img").count() == 0


def test_after_all_of_it_the_page_draws_and_runs_as_ever(hurried: DrawnPage) -> None:
    hurried.draw(REFERENCE)
    assert "as the reference" in hurried.remarks(CURVES)[0]
    assert hurried.page.grade(REFERENCE)["outcome"] == "passed"
    assert hurried.page.heartbeat() < LONGEST_GAP_MS
    assert hurried.page.problems == []


# ------------------------------------------------------------------------------ what is kept back


def test_where_what_is_right_is_kept_back_the_function_is_drawn_alone(
    chromium: Browser, tmp_path: Path
) -> None:
    files = {**exploring(EXPLORE), **front("show_expected: false\n")}
    build_bundle(write_exercise(tmp_path / "exercise", files), tmp_path / "dist")
    (shipped,) = (tmp_path / "dist").glob("assets/explore-*.json")
    assert json.loads(shipped.read_text("utf-8"))["reference"] is None
    with Server(tmp_path / "dist") as server, ready_page(chromium, server) as page:
        drawn = DrawnPage(page).open()
        expect(drawn.region.get_by_role("figure")).to_have_count(0)
        drawn.draw(SQUARE)
        expect(drawn.chart("Squares")).to_be_visible()
        assert drawn.remarks("Squares") == ["f"]
        assert drawn.region.locator(".explore-right").count() == 0


def test_a_file_that_does_not_come_is_told_and_asked_for_again(page: ChromiumPage) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    page.tab.route("**/explore-*.json*", refuse)
    drawn = DrawnPage(page).open()
    expect(drawn.said).to_contain_text("explore.json")
    page.tab.unroute("**/explore-*.json*", refuse)
    drawn.draw(REFERENCE)
    expect(drawn.said).to_be_empty()
    assert "as the reference" in drawn.remarks(CURVES)[0]


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_other_engines_draw_a_function_and_end_a_drawing(
    engine: str, chromium: Browser, server: Server
) -> None:
    with page_of(engine, chromium) as page:
        page.open(server.url)
        page.wait_until("ready")
        page.write(WRONG_CONVENTION)
        page.click_on("#tab-explore")
        buttons = "return document.querySelectorAll('.explore-bar-row button').length === 2;"
        page.wait_for(lambda: bool(page.script(buttons)), SHOW_SECONDS, "buttons")
        press(page, 0)
        page.wait_for(lambda: "Drawn at" in page.said("#explore"), SHOW_SECONDS, "a drawing")
        assert "differs most at α = 1: 6.008 instead of 4.508" in page.said("#explore")
        assert page.count("#explore svg[role=img]") == 2
        drawn = "return document.querySelector('#explore svg .explore-own').getTotalLength();"
        assert page.script(drawn) > 100
        page.write(ENDLESS)
        press(page, 0)
        press(page, 1)
        ended = "You ended the drawing."
        page.wait_for(lambda: ended in page.said("#explore"), SHOW_SECONDS, ended)
        assert page.grade(REFERENCE)["outcome"] == "passed"


def press(page: ExercisePage, place: int) -> None:
    """Press one of the region's buttons, which may be beyond an edge."""
    page.script(f"document.querySelectorAll('.explore-bar-row button')[{place}].click();")
