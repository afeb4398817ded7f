"""The lanes of an engine: each hears its own answers, in whatever order they come, and the end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from builder.engine import Engine, EngineFailedError

# Engines of a few lines: what they do with the requests that they have heard.
ENGINES = {
    "answers the last first": """
        if (heard.length === 2)
            for (const { lane, of } of heard.reverse()) say({ lane, answer: of });
    """,
    "fails in one lane": """
        if (heard.length === 2) for (const { lane, of } of heard)
            say(lane === 0 ? { lane, failure: "no" } : { lane, answer: of });
    """,
    "ends in the middle of a line": """
        if (heard.length === 2) process.stdout.write('{"lane": 0, "ans', () => process.exit());
    """,
}
HEARING = """
import { createInterface } from "node:readline";
const heard = [];
const say = (response) => process.stdout.write(JSON.stringify(response) + "\\n");
createInterface({ input: process.stdin }).on("line", (line) => {
    heard.push(JSON.parse(line));
    <act>
}).on("close", () => process.exit());
"""


def asked(folder: Path, name: str) -> list[object]:
    """Return what comes of asking two lanes of an engine at once."""
    script = folder / "engine.mjs"
    script.write_text(HEARING.replace("<act>", ENGINES[name]), "utf-8")
    engine = Engine(script)

    def ask(lane: int) -> object:
        try:
            return engine.ask({"of": lane}, lane)
        except EngineFailedError as problem:
            return str(problem)

    try:
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(ask, range(2)))
    finally:
        engine.close()


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("answers the last first", [0, 1]),
        ("fails in one lane", ["no", 1]),
        ("ends in the middle of a line", ["the engine has ended"] * 2),
    ],
)
def test_each_lane_hears_its_own_answers(tmp_path: Path, name: str, answers: list[object]) -> None:
    assert asked(tmp_path, name) == answers


def test_an_engine_that_was_ended_says_so_to_whoever_asks_it(tmp_path: Path) -> None:
    (tmp_path / "engine.mjs").write_text("process.stdin.resume();")
    engine = Engine(tmp_path / "engine.mjs")
    engine.kill()
    for lane in range(2):
        with pytest.raises(EngineFailedError, match="has ended"):
            engine.ask({}, lane)
    engine.close()
