"""Programs that are started as from a terminal."""

from __future__ import annotations

import signal


def hear_signals() -> None:
    """Let a child hear Ctrl-C and HUP, though the tests may run where they are ignored (nohup)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
