"""Programs that are started as from a terminal."""

from __future__ import annotations

import signal


def hear_ctrl_c() -> None:
    """Let a child hear Ctrl-C, though the tests themselves run where it is ignored (nohup, &)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
