"""A failing case is stepped through: by keys, slider and clicks, in the code as it was run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from browsers import ChromiumPage
from browsers.limits import SHOW_SECONDS
from builder.serve import Server

from .limits import HURRIED, PATIENT, Limits
from .pages import page_of, ready_page

OVERFLOWS = """import numpy as np

def label_smoothing_loss(logits, target, alpha):
    k = len(logits)
    total = 0.0
    for z in logits:
        total += np.exp(z)
    p = np.exp(logits) / total
    return float(-((1 - alpha) * np.log(p[target]) + alpha * np.log(p).mean()))
"""

# Whether all of the code of the step's line stands in the box that it scrolls in.
SEEN_WHOLE = """(line) => {
  const code = document.createRange();
  code.selectNodeContents(line);
  const note = line.querySelector(".cm-step-note");
  if (note) code.setEndBefore(note);
  const box = line.closest(".cm-scroller").getBoundingClientRect();
  const { top, bottom } = code.getBoundingClientRect();
  return top >= box.top && bottom <= box.bottom + 1;
}"""


@pytest.fixture(scope="module")
def page(chromium: Browser, server: Server) -> Iterator[ChromiumPage]:
    """One page whose run has failed."""
    with ready_page(chromium, server) as opened:
        fail(opened, OVERFLOWS)
        yield opened


def fail(page: ChromiumPage, source: str) -> None:
    """Run what fails, and wait until another run may begin."""
    page.grade(source)
    page.wait_until("ready")


def step_through(page: ChromiumPage) -> Locator:
    """Step through the first failing case; return where it is told."""
    tab = page.tab
    tab.get_by_role("tab", name="Results").click()
    tab.get_by_role("button", name="Step through this case").first.click()
    trace = tab.locator("#trace[data-steps]")
    expect(tab.get_by_role("button", name="End recording")).to_be_hidden()
    expect(trace).to_be_visible()
    return trace


def at(trace: Locator) -> tuple[int, int]:
    """Return the step and its line."""
    step, line = (trace.get_attribute(name) for name in ("data-step", "data-line"))
    return int(step or 0), int(line or 0)


def test_a_case_is_gone_through_by_the_keyboard_alone(page: ChromiumPage) -> None:
    tab = page.tab
    tab.get_by_role("tab", name="Results").click()
    button = tab.get_by_role("button", name="Step through this case").first
    button.focus()
    button.press("Enter")
    trace = tab.locator("#trace[data-steps]")
    slider = tab.get_by_role("slider", name="Step")
    expect(slider).to_be_focused()
    expect(tab.get_by_role("region", name="Steps")).to_contain_text("Numerically stable")
    assert at(trace) == (1, 3)
    keys = tab.keyboard
    keys.press("ArrowRight")
    assert at(trace) == (2, 4)
    keys.press("ArrowRight")
    assert at(trace) == (3, 4)
    expect(tab.locator(".trace-what")).to_contain_text("len(logits) = ")
    keys.press("ArrowDown")
    assert at(trace) == (4, 5)
    keys.press("ArrowLeft")
    assert at(trace) == (3, 4)
    for _ in range(3):
        keys.press("ArrowDown")
    assert at(trace)[1] == 6
    expect(tab.locator(".trace-where")).to_have_text("line 6 · turn 1 of 2")
    keys.press("PageDown")
    expect(tab.locator(".trace-where")).to_have_text("line 6 · turn 2 of 2")
    keys.press("PageUp")
    expect(tab.locator(".trace-where")).to_have_text("line 6 · turn 1 of 2")
    keys.press("End")
    steps = trace.get_attribute("data-steps")
    expect(trace).to_have_attribute("data-step", steps or "")
    expect(slider).to_have_attribute("aria-valuetext", f"{steps} of {steps}: line 9, returns nan")
    keys.press("Home")
    assert at(trace) == (1, 3)


def test_line_and_part_are_marked_in_the_code_and_each_line_says_what_it_last_came_to(
    page: ChromiumPage,
) -> None:
    tab = page.tab
    step_through(page)
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowRight")
    editor = tab.locator("#editor")
    expect(editor.locator(".cm-step-part")).to_have_text("len(logits)")
    expect(editor.locator(".cm-step-line")).to_contain_text("k = len(logits)")
    tab.keyboard.press("End")
    expect(editor.locator(".cm-step-part")).to_have_count(0)
    notes = editor.locator(".cm-line", has=tab.locator(".cm-step-note"))
    expect(notes.filter(has_text="k = len")).to_contain_text("k = 2")
    expect(notes.filter(has_text="total +=").locator(".cm-step-odd")).to_contain_text("inf")
    for name in ("Results", "Try it", "Your function"):
        tab.get_by_role("tab", name=name).click()
        expect(editor.locator(".cm-step-line")).to_have_count(0)
    tab.get_by_role("tab", name="Steps").click()
    expect(editor.locator(".cm-step-line")).to_contain_text("return float")


def test_slider_clicks_on_lines_and_what_is_said_of_infinities_lead_to_steps(
    page: ChromiumPage,
) -> None:
    tab = page.tab
    trace = step_through(page)
    origins = tab.locator(".trace-origin")
    expect(origins).to_have_count(2)
    expect(origins.first).to_contain_text("Line 7 made inf: exp of 900.")
    tab.get_by_role("button", name="Show it: line 8 made NaN").click()
    assert at(trace)[1] == 8
    expect(tab.locator(".trace-what")).to_contain_text("np.exp(logits) / total = float64 (2,)")
    expect(tab.locator(".trace-what .trace-badge")).to_have_text("1 NaN")
    tab.locator("#editor .cm-line", has_text="k = len").click()
    assert at(trace) == (2, 4)
    tab.locator("#editor .cm-lineNumbers .cm-gutterElement", has_text="9").last.click()
    assert at(trace)[1] == 9
    tab.get_by_role("slider", name="Step").fill("3")
    assert at(trace) == (3, 4)
    tab.get_by_role("button", name="Back").click()
    assert at(trace) == (2, 4)
    tab.get_by_role("button", name="Forward").click()
    assert at(trace) == (3, 4)


def test_variables_say_what_they_are_and_what_they_were(page: ChromiumPage) -> None:
    tab = page.tab
    step_through(page)
    tab.keyboard.press("End")
    variables = tab.get_by_role("table", name="Variables of label_smoothing_loss")
    row = variables.get_by_role("row", name="logits")
    expect(row).to_contain_text("float64 (2,)")
    tab.keyboard.press("Home")
    expect(variables.get_by_role("row", name="alpha 0.1 new")).to_be_visible()
    for _ in range(5):
        tab.keyboard.press("ArrowDown")
    tab.get_by_role("button", name="Show it: line 7 made inf").click()
    tab.keyboard.press("ArrowDown")
    changed = variables.get_by_role("row", name="total")
    expect(changed).to_contain_text("inf")
    expect(changed).to_contain_text("was ")
    expect(changed).to_have_class("changed")


def test_when_the_editors_text_is_another_the_runs_is_shown(page: ChromiumPage) -> None:
    tab = page.tab
    trace = step_through(page)
    other = tab.get_by_text("Your code has changed since.")
    expect(other).to_be_hidden()
    page.editor.press("ControlOrMeta+Home")
    tab.keyboard.insert_text("# new\n")
    expect(other).to_be_visible()
    expect(tab.locator("#editor .cm-step-line")).to_have_count(0)
    shown = tab.get_by_role("textbox", name="Code of the run")
    expect(shown.locator(".cm-step-line")).to_contain_text("def label_smoothing_loss")
    shown.locator(".cm-line", has_text="k = len").click()
    assert at(trace) == (2, 4)
    page.editor.press("ControlOrMeta+z")
    expect(other).to_be_hidden()
    expect(tab.locator("#editor .cm-step-line")).to_contain_text("k = len")


def test_on_a_phone_the_code_stands_with_its_steps(page: ChromiumPage) -> None:
    tab = page.tab
    before = tab.viewport_size
    tab.set_viewport_size({"width": 375, "height": 667})
    trace = step_through(page)
    shown = tab.get_by_role("textbox", name="Code of the run")
    expect(shown).to_be_visible()
    tab.get_by_role("button", name="Forward").click()
    assert at(trace) == (2, 4)
    expect(shown.locator(".cm-step-line")).to_contain_text("k = len")
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert tab.evaluate(wide) is False
    tab.get_by_role("slider", name="Step").press("End")
    expect(shown.locator(".cm-step-line")).to_contain_text("return float")
    line = shown.locator(".cm-step-line").element_handle()
    tab.wait_for_function(SEEN_WHOLE, arg=line, timeout=SHOW_SECONDS * 1000)
    if before:
        tab.set_viewport_size(before)


def test_the_verdict_and_its_tests_are_as_they_were(page: ChromiumPage) -> None:
    tab = page.tab
    verdict = tab.locator("#verdict")
    before = (verdict.inner_text(), verdict.get_attribute("data-outcome"))
    step_through(page)
    tab.get_by_role("tab", name="Results").click()
    assert (verdict.inner_text(), verdict.get_attribute("data-outcome")) == before
    assert page.grade(OVERFLOWS)["outcome"] == before[1]
    page.wait_until("ready")


def test_a_call_that_was_typed_is_gone_through_after_what_was_typed_before_it(
    page: ChromiumPage,
) -> None:
    tab = page.tab
    tab.get_by_role("tab", name="Try it").click()
    prompt = tab.get_by_role("textbox", name="Python console")
    log = tab.get_by_role("log")
    for typed in ("import numpy as np", "a = np.array([1.0, 2.0, 4.0])"):
        prompt.fill(typed)
        prompt.press("Enter")
        expect(log).to_contain_text(typed)
    prompt.fill("label_smoothing_loss(a, 0, 0.5)")
    prompt.press("Enter")
    expect(log.get_by_role("button")).to_have_count(1)
    tab.get_by_role("button", name="Step through label_smoothing_loss(a, 0, 0.5)").click()
    expect(tab.get_by_role("heading", name="Steps of a call that you typed")).to_be_visible()
    expect(tab.locator("#trace[data-steps]")).to_be_visible()
    logits = tab.locator("[data-variable=logits]")
    expect(logits).to_contain_text("float64 (3,) [1, 2, 4]")


OTHERWISE = """
calls = []
def label_smoothing_loss(logits, target, alpha):
    calls.append(1)
    return float(len(calls))
"""


def test_an_answer_that_is_not_the_cards_is_told(page: ChromiumPage) -> None:
    fail(page, OTHERWISE)
    tab = page.tab
    tab.get_by_role("tab", name="Results").click()
    later = tab.locator("#tests > li[data-outcome=failed]").nth(1)
    later.locator("summary").first.click()
    later.get_by_role("button", name="Step through this case").click()
    expect(tab.locator(".trace-note")).to_contain_text("came to something else than in the test")


LONG = """def label_smoothing_loss(logits, target, alpha):
    text, count = 'y' * 300, 10
    count = 12345
    text = 67890
    return 0.0
"""
# By line, what stands beside a long text in its row or column.
BESIDE = {
    4: ("tr[data-variable=count] .trace-was", "was 10"),
    5: ("tr[data-variable=text] td > code", "67890"),
}
# How many lines a text takes.
_LINES = """(part) => {
  const text = document.createRange();
  text.selectNodeContents(part);
  return new Set([...text.getClientRects()].map(({ top }) => top)).size;
}"""


@pytest.mark.parametrize("line", BESIDE)
def test_a_long_text_leaves_room_for_what_stands_beside_it(page: ChromiumPage, line: int) -> None:
    fail(page, LONG)
    trace = step_through(page)
    while at(trace)[1] != line:
        page.tab.keyboard.press("ArrowDown")
    place, text = BESIDE[line]
    expect(trace.locator(place)).to_have_text(text)
    for width, height in [(1366, 768), (1024, 768), (375, 667), (320, 568)]:
        page.resize(width, height)
        lines = trace.locator(place).evaluate(_LINES)
        assert lines == 1, width
        title = trace.get_by_role("columnheader", name="Variable")
        assert not title.is_visible() or title.evaluate(_LINES) == 1, width
        assert page.tab.evaluate("document.documentElement.scrollWidth") <= width
    page.resize(1280, 720)


ZERO = "def label_smoothing_loss(logits, target, alpha): return 0.0"

# It does what it should not, and while it is watched it never ends.
UNWATCHED = """import sys

def label_smoothing_loss(logits, target, alpha):
    while any(sys.monitoring.get_tool(n) == "steps" for n in range(6)): pass
    return 0.0
"""


@pytest.fixture(scope="module")
def patient(chromium: Browser, limited_bundles: dict[Limits, Any]) -> Iterator[ChromiumPage]:
    """A page with much patience."""
    with Server(limited_bundles[PATIENT]) as server, ready_page(chromium, server) as opened:
        yield opened


def test_no_run_waits_for_a_recording_and_who_has_enough_of_one_ends_it(
    patient: ChromiumPage,
) -> None:
    fail(patient, UNWATCHED)
    tab = patient.tab
    tab.get_by_role("button", name="Step through this case").first.click()
    trace = tab.locator("#trace[data-steps='2000']")
    expect(trace).to_be_visible()
    assert patient.grade(ZERO)["outcome"] == "failed"
    patient.wait_until("ready")
    tab.get_by_role("tab", name="Steps").click()
    expect(tab.get_by_text("Your code has changed since.")).to_be_visible()
    tab.get_by_role("button", name="End recording").press("Enter")
    expect(tab.locator(".trace-note")).to_have_text("You ended the recording.")
    expect(tab.get_by_role("slider")).to_be_focused()
    expect(trace).to_be_visible()
    tab.keyboard.press("End")
    expect(tab.locator(".trace-where")).to_contain_text(" of at least ")


@pytest.fixture(scope="module")
def hurried(chromium: Browser, limited_bundles: dict[Limits, Any]) -> Iterator[ChromiumPage]:
    """A page with little patience."""
    with Server(limited_bundles[HURRIED]) as server, ready_page(chromium, server) as opened:
        yield opened


# What a submission does in the case that is stepped through, and what is said of it.
HOSTILE = {
    "never ends": ("    while True: pass\n", "The call did not return within 1 seconds"),
    "hangs in C": ("    return sum(9 ** 9 ** 9 for _ in logits)\n", "The call did not return"),
    "floods": (
        "    import js\n    for n in range(10 ** 6): js.postMessage('x' * 1000)\n    return 1.0\n",
        "",
    ),
    "forges": ("    x = '</p><script>document.title = 1</script>'\n    return x\n", ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_stepped_through_cannot_harm_the_page(hurried: ChromiumPage, name: str) -> None:
    body, said = HOSTILE[name]
    fail(hurried, f"def label_smoothing_loss(logits, target, alpha):\n    k = 1\n{body}")
    tab = hurried.tab
    title = tab.title()
    tab.get_by_role("tab", name="Results").click()
    tab.get_by_role("button", name="Step through this case").first.click()
    expect(tab.get_by_role("button", name="End recording")).to_be_hidden()
    if said:
        expect(tab.locator(".trace-note")).to_contain_text(said)
        expect(tab.locator("#trace[data-steps]")).to_be_visible()
        tab.keyboard.press("End")
        expect(tab.locator("#trace")).to_have_attribute("data-line", "3")
    assert tab.title() == title
    hurried.wait_until("ready")
    assert hurried.grade(ZERO)["outcome"] == "failed"
    hurried.wait_until("ready")


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_other_engines_step_through_a_case(engine: str, chromium: Browser, server: Server) -> None:
    with page_of(engine, chromium) as page:
        page.open(server.url)
        page.wait_until("ready")
        page.grade(OVERFLOWS)
        page.wait_until("ready")
        page.script("[...document.querySelectorAll('.case-button')].at(-1).click();")
        there = "return document.querySelector('#trace[data-steps]') !== null;"
        page.wait_for(lambda: bool(page.script(there)), SHOW_SECONDS, "steps")
        page.script("document.querySelectorAll('.trace-bar button')[1].click();")
        page.script("document.querySelectorAll('.trace-bar button')[1].click();")
        assert page.script("return document.querySelector('#trace').dataset.line;") == "4"
        assert "len(logits) = " in page.said(".trace-what")
