"""The functions of each realm by name: what the page and the native driver may ask for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from . import candidate

functions: dict[str, Callable[[str], str]] = {}


def open_candidate() -> None:
    """Offer what a candidate can be asked."""
    functions.update(
        ping=lambda text: text,
        load=candidate.load,
        call=candidate.call,
        rehearse=candidate.rehearse,
    )


def open_judge(tests: str, facts: str) -> None:
    """Collect the hidden tests and offer what their judge can be asked.

    Args:
        tests: the folder of the hidden tests.
        facts: ``judge.json`` as text.

    Raises:
        CollectionError: if the tests cannot be collected.
    """
    from .judge import Facts, Judge  # pytest is not there in a candidate
    from .rehearsal import rehearse

    judge = Judge(Path(tests), Facts.from_json(json.loads(facts)))

    def adopt(text: str) -> str:
        judge.facts = Facts.from_json(json.loads(text))
        return json.dumps(judge.tests)

    def rehearsed(text: str) -> str:
        rehearse(judge)
        return text

    functions.update(begin=judge.begin, advance=judge.advance, adopt=adopt, rehearse=rehearsed)
