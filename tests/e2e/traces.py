"""Looking for words in bytes: in databases, logs, and everything a browser leaves on a disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from tests.e2e.packed import unpacked


def spellings(word: str) -> dict[str, bytes]:
    """Every form in which a program may have written the word, by the form's name."""
    percent = quote(word, safe="")
    return {
        "utf-8": word.encode(),
        "utf-16le": word.encode("utf-16-le"),
        "utf-16be": word.encode("utf-16-be"),
        "percent": percent.encode(),
        "percent, lower case": percent.lower().encode(),
        "json escapes": word.encode("unicode_escape"),
    }


def files_below(*folders: Path) -> list[Path]:
    """Every regular file in these folders; sockets and dangling links have no content."""
    return [file for folder in folders for file in folder.rglob("*") if file.is_file()]


def traces(words: Iterable[str], files: Iterable[Path]) -> list[str]:
    """Where any of the words is found, in any spelling, packed or not: one line for each find."""
    forms = [
        (f"{word} ({form})", spelling)
        for word in words
        for form, spelling in spellings(word).items()
    ]
    return [
        f"{name} in {file.name}"
        for file in files
        for content in contents(file)
        for name, spelling in forms
        if spelling in content
    ]


def holders(needle: bytes, files: Iterable[Path]) -> list[Path]:
    """The files that hold these very bytes, packed or not."""
    return [file for file in files if any(needle in content for content in contents(file))]


def contents(file: Path) -> Iterator[bytes]:
    """The bytes of a file and all that is packed in them; of one that is gone meanwhile nothing."""
    try:
        content = file.read_bytes()
        yield content
        yield from unpacked(file, content)
    except FileNotFoundError:
        return
