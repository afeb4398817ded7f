"""`--check` looks at the statement, too, and only where it has not seen it before."""

from __future__ import annotations

from pathlib import Path

import pytest

import build
from builder import statement
from builder.exercise import read_exercise
from builder.statement_check import check_statement

from .squares import PROBLEM, Files, write_exercise
from .toolchains import own_toolchain


def test_a_statement_that_no_bundle_can_be_made_of_is_refused_before_anything_is_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tools = own_toolchain(tmp_path / "cache")
    monkeypatch.setattr(build, "_toolchain", lambda _: tools)
    text = PROBLEM + "\n<marquee>soon</marquee>\n"
    folder = write_exercise(tmp_path / "exercise", {"problem.md": text})
    assert build.main([str(folder), "--check"]) == 1
    line = text[: text.index("<marquee>")].count("\n") + 1
    assert f"problem.md:{line}" in capsys.readouterr().err
    assert not (tmp_path / "cache" / "proofs").exists()


def test_a_statement_is_rendered_again_once_its_text_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []
    monkeypatch.setattr(
        statement, "render_statement", lambda exercise, _: rendered.append(exercise.statement)
    )
    tools = own_toolchain(tmp_path / "cache")
    for text in ("Square it.", "Square it.", "Square it all."):
        files: Files = {"problem.md": PROBLEM.replace("Square it.", text)}
        check_statement(read_exercise(write_exercise(tmp_path / "exercise", files)), tools)
    assert [text.strip() for text in rendered] == ["Square it.", "Square it all."]
