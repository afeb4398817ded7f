"""Trying code that does not load, or not to its end: what it lacks is told with that cause."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from browsers import ChromiumPage

from .consoles import as_before, run, type_in
from .submissions import REFERENCE
from .trying import TriedPage


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    with as_before():
        yield


NOT_LOADED = "is not there: your code could not be loaded. Correct the error in it, then press"
NOT_FINISHED = "is not there: your code did not run to the line that makes it."
F = "def f(x): return np.sum(x)"
# What a file did not come to: what it says is missing, and what is told of a call after it.
CUT_SHORT: dict[str, tuple[str, list[str] | None, str, str]] = {
    "by what Python cannot read": (f"import numpy as np\n{F}\nx = (", None, "f(1)", NOT_LOADED),
    "by it, and its import": (f"import numpy as np\n{F}\n__name__ (", None, "np.e", NOT_LOADED),
    "by what is too long": (f"{F}\n{'#' * 200_000}", None, "f(1)", NOT_LOADED),
    "before all of it": (f"import torch\n{F}", None, "f(1)", NOT_FINISHED),
    "before a part of it": (f"x = 1\n1 / 0\n{F}", ["f"], "f(1)", NOT_FINISHED),
    "by its own end": (f"import sys\nsys.exit()\n{F}", ["f"], "f(1)", NOT_FINISHED),
    "by a line that it wants": (f"x = 1\ny = input()\n{F}", ["f", "y"], "f(1)", NOT_FINISHED),
    "in a function of its own": ("def f(): return g()\n1 / 0\ng = f", ["g"], "f()", NOT_FINISHED),
    "after all of it": (f"{F}\n1 / 0", [], "f(1)", "but was not imported. Write `import numpy"),
    "by nothing": (f"{F}\nif 0: y = 1", [], "y", "Check its spelling"),
    "by what has no such name": ("(", None, "y", "Check its spelling"),
    "by its own wrong name": ("f()\ndef f(): pass", None, "g", "Check its spelling"),
}


@pytest.mark.parametrize("name", CUT_SHORT)
def test_of_a_name_that_a_file_did_not_come_to_that_is_told_and_no_slip(name: str) -> None:
    source, missing, code, told = CUT_SHORT[name]
    run("def f(x): return 'a former one'")
    answer = run(source).answer
    assert answer.get("missing", []) == missing
    assert "is not there" not in answer.get("message", "")
    assert told in type_in(code).answer["message"]


def test_before_any_file_was_run_that_is_told_of_its_names_alone() -> None:
    file = {"unloaded": f"import numpy as np\n{F}\n"}
    for code in ("f(1)", "np.e"):
        assert "your code is not loaded. Press" in type_in(code, **file).answer["message"]
    assert "Check its spelling" in type_in("kept", **file).answer["message"]
    run(F)
    assert "Check its spelling" in type_in("g").answer["message"]


def test_a_case_of_code_that_does_not_load_waits_and_only_what_keeps_it_is_told(
    shared_page: ChromiumPage,
) -> None:
    tried = TriedPage(shared_page)
    shared_page.write(f"{REFERENCE}\nx = (")
    tried.tab.locator("#statement").get_by_role("button", name="Try this case").first.click()
    expect(tried.last).to_contain_text("Python cannot read your code")
    expect(tried.last.locator("p").last).to_contain_text("The case was not called")
    expect(tried.log.get_by_role("button", name="Step")).to_have_count(0)
    held = tried.region.get_by_role("status").filter(has_text="as it was at")
    expect(held).to_have_text(re.compile(r"^Your code as it was at [\d:]+ could not be loaded\.$"))
    tried.box.press("Enter")
    expect(tried.last).to_contain_text("np is not there: your code could not be loaded")
    expect(tried.log.get_by_role("button", name="Step")).to_have_count(0)
    tried.run_code("x = 1\nx.y\nz = 2")
    expect(held).to_contain_text("Loaded in part: ")
