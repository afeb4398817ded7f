"""The page's TypeScript: it type-checks, and the session's transitions are what the table says."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import build
from builder.node import ensure_node_modules, find_node

WEB = build.WEB

LOADING = {"kind": "loading", "progress": {}, "queued": False}
QUEUED = {**LOADING, "queued": True}
READY = {"kind": "ready"}
RUNNING = {"kind": "running", "run": 4, "phase": "testing"}
STOPPING = {"kind": "stopping", "run": 4}
FAILED = {"kind": "failed", "problem": {"what": "w", "remedy": "r"}}
START = {"kind": "running", "run": 5, "phase": "loading"}
PROBLEM = {"kind": "boot-failed", "problem": FAILED["problem"]}

# state, event, state after it, effect; the next run is number 5.
TRANSITIONS: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any], str | None]] = [
    (LOADING, {"kind": "run-clicked"}, QUEUED, None),
    (QUEUED, {"kind": "run-clicked"}, QUEUED, None),
    (QUEUED, {"kind": "stop-clicked"}, LOADING, None),
    (LOADING, {"kind": "booted"}, READY, None),
    (QUEUED, {"kind": "booted"}, START, "start-run"),
    (LOADING, PROBLEM, FAILED, None),
    (RUNNING, PROBLEM, FAILED, None),
    (READY, {"kind": "run-clicked"}, START, "start-run"),
    (READY, {"kind": "stop-clicked"}, READY, None),
    (READY, {"kind": "booted"}, READY, None),
    (RUNNING, {"kind": "run-clicked"}, RUNNING, None),
    (RUNNING, {"kind": "stop-clicked"}, STOPPING, "stop-run"),
    (RUNNING, {"kind": "finished", "run": 4}, READY, None),
    (RUNNING, {"kind": "finished", "run": 3}, RUNNING, None),
    (RUNNING, {"kind": "phase", "run": 3, "phase": "warming"}, RUNNING, None),
    (RUNNING, {"kind": "progress", "progress": {"stage": "start"}}, RUNNING, None),
    (STOPPING, {"kind": "phase", "run": 4, "phase": "loading"}, STOPPING, None),
    (STOPPING, {"kind": "run-clicked"}, STOPPING, None),
    (STOPPING, {"kind": "stop-clicked"}, STOPPING, None),
    (STOPPING, {"kind": "finished", "run": 4}, READY, None),
    (FAILED, {"kind": "progress", "progress": {}}, FAILED, None),
    (FAILED, {"kind": "booted"}, FAILED, None),
    (READY, {"kind": "retry-clicked"}, READY, None),
]

ASK = """
import { transition } from "./session.mjs";
import { text } from "node:stream/consumers";
const table = JSON.parse(await text(process.stdin));
console.log(JSON.stringify(table.map(([state, event]) => transition(state, event, 5))));
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[list[Any]]:
    """What the session's transition function makes of every row of the table."""
    ensure_node_modules(WEB, lambda text: None)
    folder = tmp_path_factory.mktemp("session")
    outfile = f"--outfile={folder / 'session.mjs'}"
    command = ["node_modules/.bin/esbuild", "src/page/session.ts", "--format=esm", outfile]
    subprocess.run(command, cwd=WEB, check=True, capture_output=True)
    (folder / "ask.mjs").write_text(ASK)
    table = json.dumps([row[:2] for row in TRANSITIONS])
    told = subprocess.run(
        [find_node().node, folder / "ask.mjs"],
        input=table.encode(),
        capture_output=True,
        check=True,
    )
    result: list[list[Any]] = json.loads(told.stdout)
    return result


@pytest.mark.parametrize(
    "row", range(len(TRANSITIONS)), ids=[f"{s['kind']}-{e['kind']}" for s, e, _, _ in TRANSITIONS]
)
def test_the_session_goes_from_state_to_state_as_the_table_says(
    answers: list[list[Any]], row: int
) -> None:
    _, _, state, effect = TRANSITIONS[row]
    assert [*answers[row], None][:2] == [state, effect]


def test_the_types_check_strictly() -> None:
    ensure_node_modules(WEB, lambda text: None)
    tsc = Path("node_modules", "typescript", "bin", "tsc")
    command = [str(find_node().node), str(tsc), "--noEmit"]
    told = subprocess.run(command, cwd=WEB, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout
