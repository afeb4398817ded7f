"""What builds with: Node and its packages, the scripts that it runs, and what a bundle is made of.

Everything is had when it is first asked for, so a build that needs nothing new starts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from .archives import Archives, grading_archives, make_archives
from .cache import Cache, key_of
from .compiled import compile_script
from .node import ensure_node_modules, run_node
from .progress import Say
from .runtime import Runtime, fetch_runtime

# Scripts that Node runs: entries below `web`.
NODE_SCRIPTS = {
    "engine": "src/node/engine.ts",
    "thread": "src/node/realm-thread.ts",
    "process": "src/node/realm-process.ts",
    "capture": "tools/capture.ts",
    "compile": "tools/compile.ts",
    "slim": "tools/slim.ts",
    "names": "tools/names.ts",
    "compress": "tools/compress.ts",
    "render-math": "tools/render-math.ts",
}


@dataclass(frozen=True)
class Toolchain:
    """The tools of builds.

    Attributes:
        web: the folder of the page's sources.
        cache: where results of long work are kept.
        say: hears of progress.
    """

    web: Path
    cache: Cache
    say: Say

    @cached_property
    def runtime(self) -> Runtime:
        """The pinned files of Pyodide, NumPy and pytest."""
        self.node_modules  # noqa: B018  (Pyodide is one of them)
        return fetch_runtime(self.web, self.cache.root, self.say)

    @cached_property
    def archives(self) -> Archives:
        """What interpreters import, and the snapshots that all exercises share."""
        return make_archives(self)

    @cached_property
    def interpreter_files(self) -> dict[str, Path]:
        """What interpreters of all exercises come up with, by the names of the assets."""
        runtime, archives = self.runtime, self.archives
        scripts = {"pyodide.asm.js": runtime.asm_js, "pyodide.asm.wasm": runtime.asm_wasm}
        return {**scripts, **archives.files, **archives.base}

    @cached_property
    def compiled(self) -> Path:
        """What V8 has compiled of Pyodide's script."""
        return compile_script(self)

    @cached_property
    def node_modules(self) -> Path:
        """The folder of the npm packages."""
        ensure_node_modules(self.web, self.say)
        return self.web / "node_modules"

    @cached_property
    def grading(self) -> dict[str, bytes]:
        """Every role with the archive of what its interpreter gets of our own."""
        return dict(grading_archives())

    @cached_property
    def scripts(self) -> Path:
        """The folder of the scripts that Node runs, bundled."""
        return self.cache.folder("scripts", self._source_key(), self._bundle_scripts)

    @cached_property
    def engine_key(self) -> str:
        """The key of all that a verdict depends on, but for the exercise and the submission."""
        texts = [self.script(name).read_bytes() for name in ("engine", "thread", "slim", "capture")]
        own = [data for _, data in sorted(self.grading.items())]
        return key_of(*texts, *own, Runtime.pins())

    def script(self, name: str) -> Path:
        """Return a script that Node runs."""
        return self.scripts / f"{name}.mjs"

    def run(self, name: str, job: Any, seconds: float = 300.0) -> Any:
        """Have Node do a job; JSON goes in and comes out."""
        self.node_modules  # noqa: B018  (scripts are bundled, but Temml's and Pyodide's files are not)
        return run_node(self.script(name), job, self.web, seconds)

    def bundle(self, entries: Sequence[dict[str, Any]]) -> list[str]:
        """Bundle entries of TypeScript into scripts, as `web/tools/bundle.mjs` says."""
        self.node_modules  # noqa: B018  (esbuild is one of them)
        scripts: list[str] = run_node(self.web / "tools" / "bundle.mjs", list(entries), self.web)
        return scripts

    def _bundle_scripts(self, folder: Path) -> None:
        names = list(NODE_SCRIPTS)
        entries = [{"entry": NODE_SCRIPTS[name], "kind": "node"} for name in names]
        for name, text in zip(names, self.bundle(entries), strict=True):
            (folder / f"{name}.mjs").write_text(text, "utf-8")

    def _source_key(self) -> str:
        folders = (self.web / "src", self.web / "tools")
        files = sorted(p for folder in folders for p in folder.rglob("*") if p.is_file())
        sources = [
            path.relative_to(self.web).as_posix().encode() + b"\0" + path.read_bytes()
            for path in files
        ]
        return key_of(*sources, (self.web / "package-lock.json").read_bytes(), repr(NODE_SCRIPTS))
