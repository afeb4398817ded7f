"""Statements that tests have rendered, or refused, as if they stood in this exercise's file."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from builder.errors import BuildError
from builder.exercise import read_exercise
from builder.statement import Statement, render_statement
from builder.toolchain import Toolchain

from .toolchains import shared_toolchain

ROOT = Path(__file__).resolve().parent.parent
EXERCISE = read_exercise(ROOT)
FIRST_LINE = 11


def render(text: str, toolchain: Toolchain | None = None) -> Statement:
    """Render a statement that begins on line 11 of its file."""
    exercise = replace(EXERCISE, statement=text, statement_line=FIRST_LINE)
    return render_statement(exercise, toolchain or shared_toolchain())


def seen(html: str) -> str:
    """Return markup without what formulas and code tell to others than who sees them."""
    return re.sub(r' (alttext="[^"]*"|translate="no")', "", html)


def refusal(text: str) -> BuildError:
    """Return the error that a statement is refused with."""
    with pytest.raises(BuildError) as caught:
        render(text)
    assert caught.value.file == ROOT / "problem.md"
    assert caught.value.remedy
    return caught.value
