"""Facts that stand in two languages are the same in both."""

from __future__ import annotations

import json
import re
from dataclasses import fields

import pytest

import build
from builder import compiled, refusals, runtime
from builder.snapshots import OBJECTS, PACKS
from grading.candidate import loading
from grading.judge import described, report
from grading.shared import paths

WEB = build.WEB


def source(name: str) -> str:
    return (WEB / "src" / name).read_text("utf-8")


def members(text: str, name: str) -> list[str]:
    """Return the members of a TypeScript interface, in order."""
    found = re.search(rf"export interface {name}[^{{]*\{{(.*?)\n\}}", text, re.DOTALL)
    assert found, name
    return re.findall(r"^  readonly (\w+)", found[1], re.MULTILINE)


def union(text: str, name: str) -> list[str]:
    """Return the strings of a TypeScript union."""
    found = re.search(rf"export type {name} =(.*?);", text, re.DOTALL)
    assert found, name
    return re.findall(r'"([^"]+)"', found[1])


@pytest.mark.parametrize("name", ["STDLIB_ZIP", "SITE_PACKAGES", "EXERCISE"])
def test_a_path_inside_the_interpreter_is_one(name: str) -> None:
    assert f'export const {name} = "{getattr(paths, name)}";' in source("worker/runtime.ts")


def test_pyodide_has_one_version() -> None:
    wanted = json.loads((WEB / "package.json").read_text("utf-8"))["dependencies"]["pyodide"]
    assert f'version: "{wanted}"' in source("worker/runtime.ts")
    assert f"/v{wanted}/" in runtime._CDN
    python = re.search(r'python: "(3\.\d+)\.\d+"', source("worker/runtime.ts"))
    assert python and f"python{python[1]}/" in paths.SITE_PACKAGES


def test_no_more_code_is_taken_from_outside_than_is_run() -> None:
    assert f"MOST_CHARACTERS = {loading.MAX_SOURCE:_};" in source("dialogs/bounds.ts")


def test_the_report_has_the_same_keys() -> None:
    text = source("shared/report.ts")
    made = report.assemble("slug", [{"id": "a", "title": "A"}], [])
    assert members(text, "Report") == list(made)
    assert ["id", "title", *members(text, "TestResult")] == list(made["tests"][0])
    assert members(text, "LearnerError") == list(described.SHOWN)
    assert [*report.TestResult.__annotations__] == [f.name for f in fields(report.TestResult)]


def test_outcomes_have_the_same_names() -> None:
    text = source("shared/report.ts")
    assert set(union(text, "TestOutcome")) == set(report.Outcome.__args__)  # type: ignore[attr-defined]
    assert set(union(text, "VerdictOutcome")) == {*report.PRECEDENCE, "passed"}


def test_files_of_a_bundle_have_the_same_names() -> None:
    names = set(union(source("shared/assets.ts"), "AssetName"))
    made = {"pyodide.asm.js", "pyodide.asm.wasm", "realm.js", "judge.json", "exercise.zip"}
    archives = {"stdlib.zip", "numpy.zip", "candidate.zip", "judge.zip", "objects.zip"}
    own = ("names.json", "solution.txt", "explore.json")
    assert names == {*made, *archives, *OBJECTS, *PACKS.values(), *own}


def test_what_v8_has_compiled_has_the_same_name() -> None:
    assert f'COMPILED = "{compiled.ASSET}";' in source("node/file-assets.ts")


def test_who_is_to_be_told_is_said_in_the_same_words() -> None:
    assert report.ASK == refusals.ASK
    assert report.ASK in source("driver/verdicts.ts")
