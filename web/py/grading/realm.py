"""The functions of each realm by name: what the page and the native driver may ask for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import candidate

functions: dict[str, Callable[[str], str]] = {}


def open_candidate() -> None:
    """Offer what a candidate can be asked."""
    functions.update(ping=lambda text: text, load=candidate.load, call=candidate.call)


def open_judge(tests: str, facts: str) -> None:
    """Collect the hidden tests and offer what their judge can be asked.

    Args:
        tests: the folder of the hidden tests.
        facts: ``judge.json`` as text.

    Raises:
        CollectionError: if the tests cannot be collected.
    """
    from .judge import Facts, Judge  # pytest is not there in a candidate

    judge = Judge(Path(tests), Facts.from_json(json.loads(facts)))

    def adopt(text: str) -> str:
        judge.facts = Facts.from_json(json.loads(text))
        return json.dumps(judge.tests)

    functions.update(begin=judge.begin, advance=judge.advance, adopt=adopt)


def warm_up(facts: str) -> None:
    """Run the hidden tests twice before a snapshot, so that what they import is in it.

    Once with the answers that the build recorded of the reference, once with none of use: no
    submission is needed, and so none is in the snapshot.
    """
    reference = json.loads(facts)["answers"]["reference"]
    for useful in (True, False):
        given: dict[str, int] = {}
        loaded = json.dumps({"kind": "loaded", "stdout": ""})
        step = json.loads(functions["begin"](json.dumps({"answer": loaded})))
        while step["call"] is not None:
            place = given[step["running"]] = given.get(step["running"], -1) + 1
            recorded = reference[step["running"]][place : place + 1] if useful else []
            value = recorded[0] if recorded else None
            answer: dict[str, Any] = {
                "kind": "returned",
                "value": value,
                "changed": {},
                "stdout": "",
            }
            step = json.loads(functions["advance"](json.dumps({"answer": json.dumps(answer)})))
        if useful and step["report"]["outcome"] != "passed":
            raise RuntimeError(f"the reference's own answers do not pass: {step['report']}")
