"""What must be true of every row's report, wherever it was made."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from builder.serve import Server

from .hostile import Row

Report = dict[str, Any]

# Names and places that are no learner's business.
_INTERNAL = re.compile(
    r"test_label_smoothing_loss\.py|conftest|site-packages|/lib/python|/exercise/|grading[./]"
    r"|pytest_|CallNeeded|standin|calling\.py|loading\.py|judge"
)


def addressed(row: Row, server: Server) -> str:
    """Return a row's source with the server's address in it."""
    return row.source.replace("{url}", server.url).replace("{port}", str(server.port))


def said(report: Report) -> str:
    """Return all that a report says to a learner."""
    texts = [(test["message"], test["mistake"] or "") for test in report["tests"]]
    return "\n".join([report["message"], *(text for pair in texts for text in pair)])


def errors(report: Report) -> list[dict[str, Any]]:
    """Return the errors of a report."""
    found = [report["error"], *(test["error"] for test in report["tests"])]
    return [error for error in found if error]


def check_words(row: Row, report: Report) -> None:
    """Hold a report to what a row says about its texts."""
    if row.says:
        right = row.says.replace("{seconds}", f"{row.limits.call:g}").split("|")
        assert any(words in said(report) for words in right), said(report)
    if row.line is not None:
        assert errors(report)[0]["line"] == row.line, errors(report)[0]
        assert f"line {row.line}" in said(report)
    texts = [said(report), *(error["traceback"] for error in errors(report))]
    assert not _INTERNAL.search("\n".join(texts)), "\n".join(texts)


def strangers(server: Server, bundle: Path) -> set[str]:
    """Return what a server was asked for that is none of the bundle's files."""
    files = {f"/{path.relative_to(bundle).as_posix()}" for path in bundle.rglob("*")}
    return {asked.path for asked in server.requests} - {"/", *files}
