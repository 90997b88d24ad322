"""How far a long command has come: done, total and time left, on one line."""

import time
from typing import Any


class Progress:
    """Call it with (done, total). Writes at most twice a second, and nothing when there is no terminal to watch."""

    def __init__(self, stream: Any, what: str) -> None:
        self.stream, self.what = stream, what
        self.start = self.told = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done < total and now - self.told < 0.5:
            return
        self.told = now
        left = (now - self.start) / max(done, 1) * (total - done)
        end = "\n" if done >= total else "\r"
        self.stream.write(f"{self.what}: {done} av {total}, {left:.0f} s kvar   ", ending=end)
        self.stream.flush()
