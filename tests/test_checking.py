"""What is said of code that is being written: as a run would say it, and nothing that is not so."""

from __future__ import annotations

import base64
import builtins
import json
import sys
import zlib
from typing import Any

import pytest

from builder.grade import Judge
from grading.candidate import checking, loading
from grading.shared.position import FIELDS

from .checking import (
    DEFINED,
    DOING,
    NEWER,
    RUNNING,
    SAID,
    THROWN_AWAY,
    UNDEFINED,
    UNREADABLE,
)
from .submissions import REFERENCE, ROOT, STARTER, WRONG_SOLUTIONS

Findings = list[dict[str, Any]]
# Has the candidate's own Python check texts, and print what it says: short, for much is cut off.
IN_A_RUN = """
import base64, json, zlib
from grading.candidate.checking import check
texts = json.loads(zlib.decompress(base64.b64decode({texts!r})))
said = json.dumps([json.loads(check(json.dumps({{"source": text}}))) for text in texts])
print(base64.b64encode(zlib.compress(said.encode())).decode())
"""
AT_ONCE = 40
OF_NAMES = ("does not exist", "was not imported", "before it has a value")


def check(source: str) -> Findings:
    findings: Findings = json.loads(checking.check(json.dumps({"source": source})))
    return findings


def check_in_a_run(judge: Judge, sources: list[str]) -> list[Findings]:
    """Have texts checked by the version of Python that runs."""
    said: list[Findings] = []
    for first in range(0, len(sources), AT_ONCE):
        some = json.dumps(sources[first : first + AT_ONCE]).encode()
        texts = base64.b64encode(zlib.compress(some)).decode()
        report = judge.grade(IN_A_RUN.format(texts=texts)).report
        said += json.loads(zlib.decompress(base64.b64decode(report["stdout"])))
    return said


def part(source: str, found: dict[str, Any]) -> str:
    """The code that a finding is about."""
    lines = source.split("\n")[found["line"] - 1 : found["end_line"]]
    lines[-1] = lines[-1][: found["end_column"] - 1]
    lines[0] = lines[0][found["column"] - 1 :]
    return "\n".join(lines)


def noted(source: str, findings: Findings) -> list[tuple[int, str]]:
    assert {found["kind"] for found in findings} <= {"note"}
    return [(found["line"], part(source, found)) for found in findings]


@pytest.mark.parametrize("name", UNDEFINED)
def test_names_that_never_get_a_value_are_noted_where_they_are_used(name: str) -> None:
    source, expected = UNDEFINED[name]
    findings = check(source)
    assert noted(source, findings) == expected
    for found in findings:
        assert any(words in found["message"] for words in OF_NAMES)
        assert f"on line {found['line']}" in found["message"]


@pytest.mark.parametrize("name", DEFINED)
def test_nothing_is_noted_of_names_that_are_there_or_may_be(name: str) -> None:
    assert check(DEFINED[name]) == []


@pytest.mark.parametrize("name", THROWN_AWAY)
def test_values_that_nothing_uses_are_noted(name: str) -> None:
    source, expected = THROWN_AWAY[name]
    findings = check(source)
    assert noted(source, findings) == [(line, code) for line, code, _ in expected]
    for found, (line, _, words) in zip(findings, expected, strict=True):
        assert words in found["message"]
        assert f"on line {line}" in found["message"]


@pytest.mark.parametrize("name", DOING)
def test_nothing_is_noted_of_what_may_be_there_for_what_it_does(name: str) -> None:
    assert check(DOING[name]) == []


def test_of_a_name_that_is_not_there_is_said_what_to_do(judge: Judge) -> None:
    said = check_in_a_run(judge, [source for source, _ in SAID.values()])
    for (_, words), (found,) in zip(SAID.values(), said, strict=True):
        assert words in found["message"]


def test_one_thing_is_said_of_one_place_and_not_too_many_of_one_text() -> None:
    assert len(check("missing\nx = 1\n")) == 1
    for line in ("missing()\n", "missing\n", "x = 1; x\n"):
        findings = check(line * (loading.MAX_SOURCE // len(line)))
        assert [found["line"] for found in findings] == [*range(1, checking.MAX_FINDINGS + 1)]
    findings = check("def f():\n    inner\n    1 + 1\nouter\n" * checking.MAX_FINDINGS)
    lines = [found["line"] for found in findings]
    assert lines == [4 * n + line for n in range(10) for line in (2, 3, 4)]


def test_a_character_that_no_python_can_have_is_found_and_too_long_a_text_has_none() -> None:
    for strange in ("\0", "\ud800"):
        (found,) = check(f"x = 1\ny = '{strange}'\n")
        assert [found[key] for key in FIELDS] == [2, 6, 2, 7]
    (found,) = check("\0" + "#" * 100_000)
    assert "too long" in found["message"]


def test_this_exercise_s_own_files_have_nothing_to_be_noted() -> None:
    texts = [REFERENCE, STARTER, (ROOT / "explore.py").read_text("utf-8")]
    texts += [path.read_text("utf-8") for path in WRONG_SOLUTIONS]
    assert [check(text) for text in texts] == [[]] * len(texts)


def test_nothing_of_a_text_is_run(capsys: pytest.CaptureFixture[str]) -> None:
    modules = set(sys.modules)
    assert [found["line"] for found in check(RUNNING)] == [16, 17, 19]
    assert not hasattr(builtins, "was_run")
    assert capsys.readouterr() == ("", "")
    assert not {"antigravity", "this", "solution"} & (set(sys.modules) - modules)


def test_warnings_are_nobody_s(recwarn: pytest.WarningsRecorder) -> None:
    assert check("x = '\\d'\nassert (x, 'a')\ny = x is 'a'\n") == []
    # Whatever else a busy process warns of (a socket that nobody closed) comes when it comes.
    assert not [each for each in recwarn if each.category is not ResourceWarning]


def test_python_s_own_version_reads_the_text_and_finds_the_same(judge: Judge) -> None:
    rows = {**{name: (source, []) for name, source in {**DEFINED, **DOING}.items()}, **UNDEFINED}
    rows = {f"{name} (newer)": row for name, row in NEWER.items()} | rows
    said = check_in_a_run(judge, [source for source, _ in rows.values()])
    seen = {
        name: noted(source, findings)
        for (name, (source, _)), findings in zip(rows.items(), said, strict=True)
    }
    assert seen == {name: expected for name, (_, expected) in rows.items()}


def test_what_python_cannot_read_is_said_in_the_words_of_the_run(judge: Judge) -> None:
    said = check_in_a_run(judge, [*UNREADABLE.values()])
    for (name, source), findings in zip(UNREADABLE.items(), said, strict=True):
        (found,) = findings
        report = judge.grade(source).report
        assert (found["kind"], found["message"]) == ("error", report["message"]), name
        if error := report["error"]:
            assert {key: found[key] for key in FIELDS} == {key: error[key] for key in FIELDS}, name


def test_as_long_a_text_as_is_run_is_read_to_its_end(judge: Judge) -> None:
    source = f"{REFERENCE * (100_000 // len(REFERENCE) - 1)}\nmissing()\n"
    ((found,),) = check_in_a_run(judge, [source])
    assert found["line"] == source.count("\n")
