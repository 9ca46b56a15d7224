"""What a camera sees that is held before another phone's screen, as a file that Chromium plays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

SIDE = 480
"""Pixels of the picture, each way."""
RATE = 8
"""Pictures a second."""

Squares = frozenset[tuple[int, int]]
"""Dark squares of a code by column and row; the quiet border is around them."""


def squares(path: str) -> Squares:
    """The dark squares of a code as the app draws it: `M<x> <y>h1v1h-1z` for each."""
    return frozenset((int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path))


def write_film(file: Path, codes: Iterable[Squares]) -> None:
    """A film in Y4M without sound, one picture for each code."""
    grey = bytes([128]) * (SIDE * SIDE // 2)
    with file.open("wb") as film:
        film.write(f"YUV4MPEG2 W{SIDE} H{SIDE} F{RATE}:1 Ip A1:1 C420\n".encode())
        for code in codes:
            film.write(b"FRAME\n" + _picture(code) + grey)


def _picture(code: Squares) -> bytes:
    size = max(x for x, _ in code) + 1
    scale = SIDE // (size + 8)
    border = (SIDE - size * scale) // 2
    white = bytes([235])
    rows = [white * SIDE] * border
    for y in range(size):
        line = b"".join(bytes([16 if (x, y) in code else 235]) * scale for x in range(size))
        rows += [white * border + line + white * (SIDE - border - len(line))] * scale
    rows += [white * SIDE] * (SIDE - len(rows))
    return b"".join(rows)
