"""What a judge can be asked."""

from __future__ import annotations

import json
from pathlib import Path

from grading.shared.functions import functions

from .judge import Facts, Judge
from .rehearsal import rehearse


def open_judge(tests: str, facts: str) -> None:
    """Collect the hidden tests and offer the judge's functions.

    Args:
        tests: the folder of the hidden tests.
        facts: ``judge.json`` as text.

    Raises:
        CollectionError: if the tests cannot be collected.
    """
    judge = Judge(Path(tests), Facts.from_json(json.loads(facts)))

    def adopt(text: str) -> str:
        judge.facts = Facts.from_json(json.loads(text))
        return json.dumps(judge.tests)

    def rehearsed(text: str) -> str:
        rehearse(judge)
        return text

    functions.update(begin=judge.begin, advance=judge.advance, adopt=adopt, rehearse=rehearsed)
