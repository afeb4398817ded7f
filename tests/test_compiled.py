"""What V8 has compiled of Pyodide's script: of use to realms in Node, and never in their way."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from builder.compiled import ASSET
from builder.engine import open_engine, open_request
from builder.exercise import read_exercise
from builder.grade import Judge
from builder.node import find_node

from .submissions import REFERENCE, ROOT
from .toolchains import shared_toolchain

IS_REJECTED = """
const { Script } = require("node:vm");
const [text, compiled] = process.argv.slice(1).map((path) => require("node:fs").readFileSync(path));
console.log(new Script(text.toString(), { cachedData: compiled }).cachedDataRejected);
"""


@pytest.mark.parametrize("flags", ["", "--experimental-permission --allow-fs-read=*"])
def test_node_takes_what_it_has_compiled(flags: str) -> None:
    tools = shared_toolchain()
    files = [str(path.resolve()) for path in (tools.runtime.asm_js, tools.compiled)]
    command = [str(find_node().node), "--no-warnings", *flags.split(), "-e", IS_REJECTED, *files]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (said.stdout.strip(), said.stderr) == ("false", "")


@pytest.mark.parametrize("isolated", [False, True], ids=["a thread", "a process"])
def test_what_another_v8_has_compiled_keeps_nobody_from_judging(
    isolated: bool, tmp_path: Path
) -> None:
    other = tmp_path / "compiled"
    other.write_bytes(bytes(100_000))
    tools, exercise = shared_toolchain(), read_exercise(ROOT)
    request = open_request(exercise, tools, isolated, None)
    request["assets"][ASSET] = str(other)
    with open_engine(tools) as engine:
        report = Judge(engine, exercise, request).grade(REFERENCE).report
    assert report["outcome"] == "passed"
