"""A line between browser and server: counts what is sent, and can be as slow as a home's.

One bucket for all connections, as on a shared line; and a pause before the first byte of each
answer for the way there and back.
"""

from __future__ import annotations

import socket
import threading
import time

_CHUNK = 16_384


class Link:
    """Passes connections on to a port while the `with` block runs.

    Args:
        to: the server's port on this machine.
        mbit: how many megabits pass per second, all connections together; None for all there are.
        round_trip: seconds that a question and the first byte of its answer take on the way.
    """

    def __init__(self, to: int, mbit: float | None = None, round_trip: float = 0.0) -> None:
        self._sent: list[tuple[float, int]] = []
        self._to, self._mbit, self._round_trip = to, mbit, round_trip
        self._lock = threading.Lock()
        self._free_at = 0.0
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._thread = threading.Thread(target=self._accept, daemon=True)

    @property
    def url(self) -> str:
        """The address of this end."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/"

    def sent_by(self, moment: float) -> int:
        """Return how many bytes had been sent at a moment, in seconds since the epoch."""
        with self._lock:
            return sum(size for sent_at, size in self._sent if sent_at <= moment)

    def __enter__(self) -> Link:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:  # closed
                return
            far = socket.create_connection(("127.0.0.1", self._to))
            threading.Thread(target=_carry, args=(near, far), daemon=True).start()
            threading.Thread(target=self._answer, args=(far, near), daemon=True).start()

    def _answer(self, far: socket.socket, near: socket.socket) -> None:
        is_first = True
        try:
            while data := far.recv(_CHUNK):
                if is_first:
                    time.sleep(self._round_trip)
                is_first = False
                self._wait_for_turn(len(data))
                near.sendall(data)
        except OSError:
            pass
        finally:
            near.close()
            far.close()

    def _wait_for_turn(self, size: int) -> None:
        with self._lock:
            self._sent.append((time.time(), size))
            if self._mbit is None:
                return
            begins = max(self._free_at, time.monotonic())
            self._free_at = begins + size * 8 / (self._mbit * 1e6)
            wait = self._free_at - time.monotonic()
        time.sleep(max(0.0, wait))


def _carry(near: socket.socket, far: socket.socket) -> None:
    try:
        while data := near.recv(_CHUNK):
            far.sendall(data)
        far.shutdown(socket.SHUT_WR)
    except OSError:
        pass
