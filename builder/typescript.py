"""Hold the TypeScript to its lint, layout and types, and run its unit tests, with the build's Node.

``python -m builder.typescript check`` and ``python -m builder.typescript test``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .node import ensure_node_modules, find_node

WEB = Path(__file__).resolve().parent.parent / "web"
_MODULES = Path("node_modules")

COMMANDS = {
    "check": (
        [_MODULES / "@biomejs/biome/bin/biome", "check", "--error-on-warnings"],
        [_MODULES / "typescript/bin/tsc"],
        [_MODULES / "typescript/bin/tsc", "-p", "tsconfig.node.json"],
    ),
    "test": ([Path("tools/test.mjs")],),
}


def main(arguments: list[str]) -> int:
    """Run the commands of a name; return the exit status of the first that fails."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"usage: python -m builder.typescript {'|'.join(COMMANDS)}", file=sys.stderr)
        return 2
    ensure_node_modules(WEB, print, checks=True)
    for command in COMMANDS[arguments[0]]:
        done = subprocess.run([find_node().node, *command], cwd=WEB, check=False)
        if done.returncode != 0:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
