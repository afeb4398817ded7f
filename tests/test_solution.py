"""The reference ships only where its author says so, and is fetched only when a learner asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browsers import ChromiumPage
from builder.serve import Server

from .axes import MODES, MORE_CONTRAST, check
from .bundles import build_bundle
from .pages import ready_page
from .squares import FRONT, SQUARE, write_exercise

TELLING = "this line tells the solution apart"
SOLUTION = f"{SQUARE}\n# {TELLING}\n"
WIDE = " + ".join(f"a_{{{n}}}" for n in range(60))
REMARKS = f"""## Remarks

That is all of [the input](#input).

```python
f(3)  # {WIDE}
```

$${WIDE}$$

| {" | ".join(["wide"] * 30)} |
|{"---|" * 30}
|{"1|" * 30}
"""
WRONG = "import numpy as np\n\ndef f(x):\n    return 0\n"


def built(folder: Path, policy: str) -> Path:
    text = f"---\n{FRONT}{policy}---\nSquare it.\n\n## Input\n\nA number.\n\n{REMARKS}"
    files: dict[str, str | None] = {"problem.md": text, "solution.py": SOLUTION}
    build_bundle(write_exercise(folder / "exercise", files), folder / "dist")
    return folder / "dist"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    policy = "solution_policy: after-n-runs\nafter_runs: 2\n"
    return built(tmp_path_factory.mktemp("solution"), policy)


@pytest.fixture
def page(chromium: Browser, bundle: Path) -> Iterator[ChromiumPage]:
    with Server(bundle) as server, ready_page(chromium, server) as opened:
        yield opened


def test_a_solution_that_ships_is_one_file_of_its_own_which_no_worker_keeps(
    bundle: Path,
) -> None:
    plain = {path for path in bundle.rglob("*") if path.suffix not in (".gz", ".br")}
    holding = [p for p in plain if p.is_file() and TELLING.encode() in p.read_bytes()]
    (solution,) = holding
    assert solution.match("assets/solution-*.txt")
    assert solution.name not in (bundle / "service-worker.js").read_text("utf-8")
    assert solution.name in (bundle / "index.html").read_text("utf-8")


def test_where_it_is_hidden_it_is_in_no_file_and_the_build_says_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = built(tmp_path, "solution_policy: hidden\n")
    assert "ships" not in capsys.readouterr().out
    assert not any(TELLING.encode() in p.read_bytes() for p in out.rglob("*") if p.is_file())
    assert not list(out.rglob("*solution*"))
    assert not list(out.rglob("*explore*")), "this exercise draws nothing"


def test_it_can_be_seen_after_so_many_runs_and_is_fetched_then_alone(page: ChromiumPage) -> None:
    asked: list[str] = []
    page.tab.on("request", lambda request: asked.append(request.url))
    button = page.tab.get_by_role("button", name="Show solution")
    expect(page.tab.locator("#solution-when")).to_contain_text("after 2 more runs")
    page.grade(WRONG)
    expect(page.tab.locator("#solution-when")).to_contain_text("after 1 more run,")
    page.reload()
    page.wait_until("ready")
    expect(button).to_be_hidden()
    page.grade(WRONG)
    assert not any("solution" in url for url in asked)
    button.focus()
    page.tab.keyboard.press("Enter")
    dialog = page.tab.get_by_role("dialog", name="Your code and the solution")
    expect(dialog).to_contain_text(TELLING)
    expect(dialog.locator("del")).to_have_text(["    return 0"])
    expect(dialog.locator("ins").last).to_have_text(f"# {TELLING}")
    expect(dialog).to_contain_text("That is all of the input.")
    expect(dialog.get_by_role("button")).to_have_text(["Close"])
    assert sum(".txt" in url for url in asked) == 1
    page.tab.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    dialog.get_by_role("link", name="the input").click()
    expect(dialog).to_be_hidden()
    expect(page.tab.get_by_role("heading", name="Input")).to_be_in_viewport()


def test_runs_in_another_tab_count_and_those_that_were_stopped_do_not(page: ChromiumPage) -> None:
    when = page.tab.locator("#solution-when")
    page.write("def f(x):\n    while True: pass\n")
    page.click_run()
    page.wait_until_testing()
    page.click("Stop")
    page.wait_for_verdict()
    expect(when).to_contain_text("after 2 more runs")
    other = ChromiumPage(page.tab.context)
    other.open(page.url)
    other.wait_until("ready")
    expect(other.tab.locator("#solution-when")).to_contain_text("after 2 more runs")
    other.grade(WRONG)
    expect(when).to_contain_text("after 1 more run,")
    other.grade("def f(x:\n")
    expect(page.tab.get_by_role("button", name="Show solution")).to_be_visible()
    expect(when).to_have_text("The solution can be seen now.")


def test_who_has_passed_sees_it_at_once_and_axe_finds_nothing_in_it_nor_in_the_remarks(
    page: ChromiumPage,
) -> None:
    page.grade(SQUARE)
    check(page)
    page.tab.get_by_role("button", name="Show solution").dblclick()
    dialog = page.tab.get_by_role("dialog")
    expect(dialog).to_contain_text(TELLING)
    expect(dialog.get_by_role("region")).to_be_focused()
    check(page, modes=[*MODES, *MORE_CONTRAST])


def test_a_file_that_does_not_come_is_told_and_asked_for_again(page: ChromiumPage) -> None:
    page.grade(SQUARE)
    page.tab.route("**/solution-*.txt*", lambda route: route.abort())
    button = page.tab.get_by_role("button", name="Show solution")
    button.click()
    expect(page.tab.locator("#solution-when")).to_contain_text("solution.txt")
    expect(page.tab.locator("#solution-when")).to_contain_text("Press “Show solution” again")
    page.tab.unroute("**/solution-*.txt*")
    button.click()
    expect(page.tab.get_by_role("dialog")).to_contain_text(TELLING)
