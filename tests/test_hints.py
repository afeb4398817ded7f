"""Help in steps: hints that are asked for one by one, and remarks for who has passed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browsers import ChromiumPage
from builder.errors import BuildError
from builder.exercise import read_exercise
from builder.serve import Server
from builder.statement import Statement, render_statement

from .bundles import build_bundle
from .menus import dialog, open_dialog, press
from .pages import ready_page
from .squares import CAUGHT, FRONT, SQUARE, planted, write_exercise
from .toolchains import shared_toolchain

HELP = """Square it.

## Hint

Multiply.

## Hint 2: below zero

For: `test_refusal`, wrong

What is negative has no place here.

### Really

It is refused.

## hint: arrays

For: test_array

Do not change what you are given.

## Notes

These stay.

## Remarks

There is `x ** 2`, too.

```python
f(7)
```
"""
ENDLESS = "def f(x):\n    while True: pass\n"
ALWAYS_ZERO = "def f(x):\n    return 0\n"
IN_PLACE = """
import numpy as np

def f(x):
    if np.min(x) < 0:
        raise ValueError("negative")
    x *= x
    return x
"""


def rendered(folder: Path, text: str) -> Statement:
    files = {"problem.md": f"---\n{FRONT}---\n{text}", **planted(CAUGHT, ALWAYS_ZERO)}
    return render_statement(read_exercise(write_exercise(folder, files)), shared_toolchain())


def test_hints_and_remarks_are_taken_out_of_the_statement(tmp_path: Path) -> None:
    statement = rendered(tmp_path, HELP)
    assert "These stay." in statement.html
    assert not any(text in statement.html for text in ("Multiply", "Hint", "For:", "x ** 2"))
    assert statement.hint_count == 3
    titles = ("Hint 1</h3>", "Hint 2: below zero</h3>", "Hint 3: arrays</h3>")
    assert all(text in statement.hints for text in (*titles, "<h4>Really</h4>"))
    assert "For:" not in statement.hints
    assert 'data-tests="test_refusal" data-mistakes="It is zero."' in statement.hints
    assert "x ** 2" in statement.remarks
    assert "Remarks" not in statement.remarks


def test_a_statement_without_help_has_none(tmp_path: Path) -> None:
    statement = rendered(tmp_path, "## Hints and tips\n\nThey stay.\n")
    assert "They stay." in statement.html
    assert (statement.hints, statement.hint_count, statement.remarks) == ("", 0, "")


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        (
            "## Hint\n\nFor: test_nine\n\nMultiply.\n",
            9,
            "no test and no wrong solution 'test_nine'",
        ),
        ("## Hint: a\n\nFor: test_array\n", 7, "a hint says nothing"),
        ("## Hint\n\n## Hint\n\nMultiply.\n", 7, "a hint says nothing"),
        ("## Hint\n\nFor: test_array\nMultiply.\n", 9, "in one line of its own"),
        ("## Hint\n\n**For:** test_array\n\nMultiply.\n", 9, "in one line of its own"),
        ("## Hint\n\nFor:\n\n- test_array\n\nMultiply.\n", 9, "in one line of its own"),
        ("## Hint\n\nMultiply.\n\n## Remarks\n\n", 11, "the remarks say nothing"),
        ("## Remarks\n\na\n\n## Remarks\n\nb\n", 11, "there are remarks already"),
        ("## Hint\n\na\n\nMultiply it.\n---\n\nb\n", 11, "is a heading, since `---`"),
        ("## Remarks\n\na\n\nIt goes\nby itself.\n---\n", 11, "is a heading, since `---`"),
        ("Or [so](#hint-2).\n\n## Hint 2\n\nMultiply.\n", 7, "which are kept back"),
        ("a\n\n- See [this](#really).\n\n## Hint\n\nb\n\n### Really\n\nc\n", 9, "kept back"),
        ("a\n\n## Hint\n\nSee [more](#remarks).\n\n## Remarks\n\na\n", 11, "kept back"),
        ("", 7, "the statement says nothing"),
        ("\n \n", 7, "the statement says nothing"),
        ("## Hint\n\nMultiply.\n\n## Remarks\n\na\n", 7, "the statement says nothing"),
        ("## Hint\n\n```python\nf(3)\n\n## Hint\n\nMultiply.\n", 9, "code is not closed"),
        ("- a\n\n  ```\n  f(3)\n\n## Hint\n\nMultiply.\n", 9, "code is not closed"),
        ("## Hint\n\nMultiply.[^1]\n\n[^1]: By itself.\n", 9, "for all to read"),
        ("a\n\n## Remarks\n\nx ** 2[^1]\n\n[^1]: By itself.\n", 11, "for all to read"),
    ],
)
def test_a_hint_that_helps_nobody_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, cause: str
) -> None:
    with pytest.raises(BuildError, match=cause) as refused:
        rendered(tmp_path, text)
    assert refused.value.line == line


@pytest.mark.parametrize(
    "name", ["test_array[1-2]", "test_f.py::test_array", "`test_arrays`", "TestF.test_array"]
)
def test_of_a_name_that_is_none_the_one_that_was_meant_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(BuildError, match="no test and no wrong solution") as refused:
        rendered(tmp_path, f"## Hint\n\nFor: {name}\n\nMultiply.\n")
    assert "Did you mean `test_array`?" in refused.value.remedy
    with pytest.raises(BuildError, match="no wrong solution 'wrong") as refused:
        rendered(tmp_path, "## Hint\n\nFor: wrong.py\n\nMultiply.\n")
    assert "Did you mean `wrong`?" in refused.value.remedy


def test_links_within_what_is_seen_together_stay(tmp_path: Path) -> None:
    text = "## Input\n\na\n\n## Hint\n\nSee [this](#really), [that](#input).\n\n### Really\n\nb\n"
    hints = rendered(tmp_path, text).hints
    assert 'href="#section-really"' in hints
    assert 'id="section-really"' in hints


@pytest.mark.parametrize(
    "heading",
    [
        "### Hint",
        "## Hints\n\n### Hint 1",
        "## Hint - below zero",
        "## Hint 1 — below zero",
        "## Hint (below zero)",
        "## Hint 1.",
        "## Hint #2",
        "> ## Hint",
        "- ## Hint",
        "## Remarks: more",
        "### Remarks",
        "## Remarks.",
    ],
)
def test_what_is_meant_to_be_kept_back_is_not_shown_to_all_by_a_slip(
    tmp_path: Path, heading: str
) -> None:
    with pytest.raises(BuildError, match="would be shown to all") as refused:
        rendered(tmp_path, f"Square it.\n\n{heading}\n\nMultiply.\n")
    assert refused.value.line == 9
    assert "`## " in refused.value.remedy


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("## **Hint**", "Hint 1</h3>"),
        ("Hint\n----", "Hint 1</h3>"),
        ("## Remarks\n\na\n\nHint\n---", "Hint 1</h3>"),
        ("## Hint:", "Hint 1</h3>"),
        ("## Hint: `max` and $x^2$", 'Hint 1: <code translate="no">max</code> and <math'),
        ("## **Hint 3:** *not* in place", "<em>not</em> in place</h3>"),
        ("## Hint: a < b & c", "Hint 1: a &lt; b &amp; c</h3>"),
        ("# Squares\n\n## Hint", "Hint 1</h3>"),
    ],
)
def test_a_hint_is_known_however_its_heading_is_written(
    tmp_path: Path, heading: str, shown: str
) -> None:
    statement = rendered(
        tmp_path, f"Square it.\n\n{heading}\n\nFor: test_array,\n\n### More\n\na\n"
    )
    assert shown in statement.hints
    assert "<h4>More</h4>" in statement.hints
    assert 'data-tests="test_array"' in statement.hints


@pytest.mark.parametrize("heading", ["## Remarks on shapes", "## Hints and tips", "### Remarkable"])
def test_other_sections_are_the_statement_s(tmp_path: Path, heading: str) -> None:
    text = f"Square it.\n\n## Remarks\n\nThere is more.\n\n{heading}\n\nThis stays.\n"
    statement = rendered(tmp_path, text)
    assert ("This stays." in statement.html) == heading.startswith("## ")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hints")
    related = 'related:\n  "Cubes & more": ../cubes/\n  Roots: https://example.org/roots\n'
    text = f"---\n{FRONT}{related}---\n{HELP}"
    files = {"problem.md": text, **planted(CAUGHT, ALWAYS_ZERO)}
    build_bundle(write_exercise(folder / "exercise", files), folder / "dist")
    with Server(folder / "dist") as running:
        yield running


@pytest.fixture(scope="module")
def page(chromium: Browser, server: Server) -> Iterator[ChromiumPage]:
    with ready_page(chromium, server) as opened:
        yield opened


def shown(page: ChromiumPage) -> list[str]:
    return page.tab.locator(".hint:visible > h3").all_inner_texts()


def test_hints_are_opened_one_at_a_time_and_the_one_that_fits_first(page: ChromiumPage) -> None:
    assert shown(page) == []
    expect(page.tab.locator("#hint-count")).to_have_text("There are 3 hints, shown one at a time.")
    page.grade(IN_PLACE)
    assert shown(page) == []  # a run shows none by itself
    button = page.tab.get_by_role("button", name="Show hint")
    button.focus()
    page.tab.keyboard.press("Enter")
    assert shown(page) == ["Hint 3: arrays"]
    expect(page.tab.locator(".hint:visible > h3")).to_be_focused()
    page.grade(ALWAYS_ZERO)  # a mistake that the second one names
    button.click()
    button.click()
    assert shown(page) == ["Hint 3: arrays", "Hint 2: below zero", "Hint 1"]
    expect(button).to_be_hidden()
    expect(page.tab.locator("#hint-count")).to_have_text("These are all 3 hints.")


def test_hints_that_were_opened_are_after_a_reload_until_all_that_is_kept_is_deleted(
    chromium: Browser, server: Server
) -> None:
    with ready_page(chromium, server) as page:
        button = page.tab.get_by_role("button", name="Show hint")
        page.grade(IN_PLACE)
        button.click()
        button.click()
        page.reload()
        expect(page.tab.locator("#hint-count")).to_have_text("One more hint.")
        assert shown(page) == ["Hint 3: arrays", "Hint 1"]
        assert page.script("return document.activeElement === document.body")
        button.click()
        assert shown(page) == ["Hint 3: arrays", "Hint 1", "Hint 2: below zero"]
        expect(button).to_be_hidden()
        press(open_dialog(page, "History"), "Delete everything kept here")
        with page.tab.expect_event("load"):
            press(dialog(page, "Delete everything kept here?"), "Delete everything")
        expect(button).to_be_visible()
        assert shown(page) == []


def test_remarks_and_the_number_of_runs_stand_there_when_all_has_passed_alone(
    page: ChromiumPage,
) -> None:
    page.open(page.tab.url)
    page.wait_until("ready")
    passed = page.tab.get_by_role("region", name="All tests passed")
    page.grade(ALWAYS_ZERO)
    expect(passed).to_be_hidden()
    page.grade(SQUARE)
    expect(passed).to_contain_text("There is x ** 2, too.")
    expect(passed.get_by_role("link")).to_have_text(["Cubes & more", "Roots"])
    expect(passed.get_by_role("link").first).to_have_attribute("href", "../cubes/")
    runs = int(
        page.script(
            "return Number(document.querySelector('#passed-runs').textContent.match(/[0-9]+/))"
        )
    )
    page.reload()
    page.wait_until("ready")
    expect(passed).to_be_hidden()
    page.grade(SQUARE)
    expect(passed).to_contain_text(f"Passed, after {runs + 1} runs in this browser.")
    page.write(ENDLESS)
    page.click_run()
    page.wait_until_testing()
    expect(passed).to_be_hidden()
    page.click("Stop")
    page.wait_for_verdict()
    expect(passed).to_be_hidden()


def test_examples_of_the_remarks_can_be_tried_too(page: ChromiumPage) -> None:
    page.wait_until("ready")
    page.grade(SQUARE)
    passed = page.tab.get_by_role("region", name="All tests passed")
    passed.get_by_role("button", name="Try this case").click()
    expect(page.tab.get_by_role("log")).to_contain_text("49")
