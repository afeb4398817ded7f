"""A stranger's file outside of a browser: what its process can reach, and what is left of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

import build
from browsers.limits import BOOT_SECONDS
from builder.engine import open_engine, open_request
from builder.grade import Judge, open_judge
from builder.prove import prove

from .hostile import LOOP
from .submissions import REFERENCE, ROOT, timeless
from .terminals import hear_signals
from .toolchains import shared_toolchain

pytestmark = pytest.mark.hostile

# JavaScript that runs while the submission loads; `note` says what it got, which must be nothing.
# It has `import`, which no submission is given: what is tried is what lies behind that.
REACHES = {
    "a file": "fs.readFileSync('/etc/passwd'); note('read')",
    "a folder": "fs.readdirSync('/'); note('listed')",
    "its own script": "fs.writeFileSync(process.argv[1], ''); note('written')",
    "a new file": "fs.writeFileSync('<folder>/leak', ''); note('written')",
    "another program": "note(String((await import('node:child_process')).spawnSync('id').stdout))",
    "a thread": "new (await import('node:worker_threads')).Worker('1', {eval: true}); note('up')",
    "the network": "(await import('node:net')).connect(<port>, '127.0.0.1')"
    ".on('connect', () => note('up')).on('error', () => {})",
    "another process": "process.kill(<pid>, 0); note('seen')",
    "a socket of the system": "(await import('node:net')).connect('<folder>/socket')"
    ".on('connect', () => note('up')).on('error', () => {})",
    "a socket of its own": "(await import('node:net')).createServer().listen('<folder>/leak')",
    "a file by way of tracing": "(await import('node:trace_events'))"
    ".createTracing({categories: ['v8']}).enable()",
    "a file by way of the compiler": "const v8 = await import('node:v8');"
    "for (const flag of ['turbo', 'turbo-path=<folder>', 'turbo-cfg-file=<folder>/leak'])"
    " v8.setFlagsFromString('--trace-' + flag);"
    "const hot = (n) => n * 2; for (let n = 0; n < 1e6; n++) hot(n)",
    "an environment": "const {PWD, ...rest} = process.env; if (Object.keys(rest)[0]) note('some')",
}
ATTEMPT = """
import js
from pyodide.code import run_js
from pyodide.ffi import create_proxy
got = []
run_js('''(note) => (async () => {
  const fs = (await import("node:fs")).default;
  const process = (await import("node:process")).default;
  note("began");
  <code>;
})().catch(() => {})''')(create_proxy(got.append))
<reference>
def label_smoothing_loss(logits, target, alpha):
    print(list(got))
    return right(logits, target, alpha)
"""


def filled(text: str, **values: object) -> str:
    for name, value in values.items():
        text = text.replace(f"<{name}>", str(value))
    return text


@pytest.fixture(scope="module")
def with_import(judge: Judge) -> Iterator[Judge]:
    """A judge as for a stranger's file, who has come to all modules of Node's."""
    toolchain = shared_toolchain()
    request = open_request(judge.exercise, toolchain, True, None)
    scripts = request["scripts"]
    with tempfile.TemporaryDirectory(dir=build.CACHE) as folder, open_engine(toolchain) as engine:
        script = Path(folder, "process.mjs")
        script.write_text(_importing(Path(scripts["process"]).read_text("utf-8")), "utf-8")
        scripts["process"] = str(script.resolve())
        yield Judge(engine, judge.exercise, request)


def _importing(script: str) -> str:
    """Return a realm's script that gives all that it runs what the script itself may import."""
    made = re.search(r"new Script\((readFileSync\w*\(.*\)), ", script)
    assert made is not None
    before, after = script.split("script.runInThisContext()")
    return f"{before}(0, eval)({made[1]}){after}"


@pytest.fixture(scope="module")
def isolated(judge: Judge) -> Iterator[Judge]:
    """A judge as for a stranger's file."""
    toolchain = shared_toolchain()
    facts = prove(judge.exercise, toolchain).facts()
    with open_judge(judge.exercise, toolchain, facts, isolated=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a server on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


@pytest.fixture(scope="module")
def host_socket() -> Iterator[Path]:
    """The socket of a service on this machine, by a path that is short enough for one."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as service:
        service.bind(f"{folder}/service")
        service.listen()
        yield Path(folder, "service")


@pytest.mark.parametrize("name", REACHES)
def test_the_process_of_a_submission_reaches_nothing(
    with_import: Judge, port: int, host_socket: Path, tmp_path: Path, name: str
) -> None:
    if with_import.lacking:
        pytest.skip(f"this machine lacks {', '.join(with_import.lacking)}")
    (tmp_path / "socket").symlink_to(host_socket)
    code = filled(REACHES[name], port=port, pid=os.getpid(), folder=tmp_path)
    reference = REFERENCE.replace("def label_smoothing_loss", "def right")
    report = with_import.grade(filled(ATTEMPT, code=code, reference=reference)).report
    assert report["outcome"] in ("passed", "crashed"), report  # a refusal may end the process
    printed = "".join(test["stdout"] for test in report["tests"]).splitlines()
    assert report["outcome"] == "crashed" or "['began']" in printed, "the attempt has been made"
    assert set(printed) <= {"[]", "['began']"}
    assert [path.name for path in tmp_path.iterdir()] == ["socket"]
    assert not list(Path("/").glob("node_trace*"))


def test_a_submission_cannot_import_what_node_has(isolated: Judge) -> None:
    reference = REFERENCE.replace("def label_smoothing_loss", "def right")
    report = isolated.grade(filled(ATTEMPT, code="", reference=reference)).report
    assert report["outcome"] == "passed"
    assert {line for test in report["tests"] for line in test["stdout"].splitlines()} == {"[]"}


@pytest.mark.parametrize("source", [REFERENCE, "1 / 0", LOOP.replace("while True: pass", "pass")])
def test_the_report_is_the_same_in_a_process_and_in_a_thread(
    isolated: Judge, judge: Judge, source: str
) -> None:
    assert timeless(isolated.grade(source).report) == timeless(judge.grade(source).report)


class Grading:
    """The command line, grading a file in a session of its own."""

    def __init__(self, folder: Path, source: str) -> None:
        path = folder / "submission.py"
        path.write_text(source, "utf-8")
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "build.py"), "--grade", str(path), "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={**os.environ, "TMPDIR": str(folder)},
            start_new_session=True,
            preexec_fn=hear_signals,
        )
        self.started: list[psutil.Process] = []

    def loops(self) -> bool:
        """Whether the candidate has worked for so long that the submission must be at it."""
        self.started = psutil.Process(self.process.pid).children(recursive=True)
        return any(spent(process) > 1.5 for process in self.started if is_candidate(process))

    def is_gone(self) -> bool:
        """Whether no process of it is left."""
        return not any(process.is_running() for process in self.started)


def is_candidate(process: psutil.Process) -> bool:
    try:
        return any(word.endswith("process.mjs") for word in process.cmdline())
    except psutil.Error:
        return False


def spent(process: psutil.Process) -> float:
    """Return the processor's time that a process has had (s)."""
    try:
        return float(process.cpu_times().user)
    except psutil.Error:
        return 0.0


def wait_for(holds: Callable[[], bool], what: str) -> None:
    """Look again and again whether something holds."""
    ends = time.monotonic() + BOOT_SECONDS
    while not holds():
        assert time.monotonic() < ends, what
        time.sleep(0.05)


@pytest.mark.skipif(os.name != "posix", reason="these signals are POSIX's")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"])
def test_nothing_is_left_of_a_grading_that_is_ended(
    isolated: Judge, tmp_path: Path, name: str
) -> None:
    grading = Grading(tmp_path, LOOP)
    wait_for(grading.loops, "the loop begins")
    grading.process.send_signal(getattr(signal, name))
    grading.process.wait()
    wait_for(grading.is_gone, "all processes are gone")
    assert [path.name for path in tmp_path.iterdir()] == ["submission.py"]


@pytest.mark.skipif(os.name != "posix", reason="these signals are POSIX's")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGKILL"])
def test_without_its_layers_a_submission_ends_with_the_build_too(
    isolated: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Where there is no setpriv, unshare or sh, the engine ends its candidates itself."""
    bare, work = tmp_path / "bin", tmp_path / "work"
    for folder in (bare, work):
        folder.mkdir()
    for program in ("node", "npm", "true"):
        (bare / program).symlink_to(str(shutil.which(program)))
    monkeypatch.setenv("PATH", str(bare))
    grading = Grading(work, LOOP)
    wait_for(grading.loops, "the loop begins")
    grading.process.send_signal(getattr(signal, name))
    grading.process.wait()
    wait_for(grading.is_gone, "all processes are gone")


def test_grading_leaves_no_file_where_it_is_started(isolated: Judge, tmp_path: Path) -> None:
    out, _ = Grading(tmp_path, REFERENCE).process.communicate()
    assert json.loads(out)["outcome"] == "passed"
    assert [path.name for path in tmp_path.iterdir()] == ["submission.py"]
