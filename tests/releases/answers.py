"""What a server gives out of a build, taken down so that it can be given out for any organisation.

Two things in it are not the build's: the organisation's root print, and the hashes of documents
with the root print in them. Marks stand in their place.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from amana import clock, store
from amana.config import Settings
from amana.organisation import NewMember, Organisation, Plan, create_organisation
from amana.report import create_report_app
from amana.report.shell import DOCUMENTS

ROOT_PRINT = b"{{root print}}"
BODIES = "bodies"
HEADERS = "headers.json"
OF_THE_MOMENT = frozenset({"Content-Length", "Date", "ETag", "Last-Modified"})


@dataclass(frozen=True)
class Answer:
    """The answer to a GET, its body not compressed."""

    headers: Mapping[str, str]
    body: bytes


def given(static: Path = Settings.static) -> tuple[dict[str, Answer], str]:
    """What today's server gives out of a build, by address, and for which root print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        settings = Settings(home, f"sqlite:///{home}/amana.sqlite3", static)
        member = NewMember("nobody", "coordinator", "words that nobody has to remember")
        plan = Plan("Nobody", [member])
        create_organisation(home, settings.database_url, plan, clock.today())
        answers = dict(_ask(settings, [*DOCUMENTS, *_assets(static)]))
        return answers, Organisation.load(home).root_print


def as_files(answers: Mapping[str, Answer], root_print: str) -> dict[str, bytes]:
    """The answers as files by path, with marks in them."""
    marks = {root_print.encode(): ROOT_PRINT}
    marks |= {_hash(each.body): _hash_mark(url) for url, each in _bound(answers, root_print)}
    headers = {url: dict(each.headers) for url, each in answers.items()}
    bodies = {f"{BODIES}/{_name(url)}": _swapped(each.body, marks) for url, each in answers.items()}
    return {HEADERS: json.dumps(headers, indent=1, sort_keys=True).encode(), **bodies}


def from_files(folder: Path, root_print: str) -> dict[str, Answer]:
    """The answers in a folder, for the organisation with this root print."""
    headers = json.loads((folder / HEADERS).read_text("utf-8"))
    answers = {
        url: Answer(headers[url], (folder / BODIES / _name(url)).read_bytes()) for url in headers
    }
    answers = _all_swapped(answers, {ROOT_PRINT: root_print.encode()})
    hashes = {_hash_mark(url): _hash(each.body) for url, each in _bound(answers, root_print)}
    return _all_swapped(answers, hashes)


def _ask(settings: Settings, urls: Iterable[str]) -> Iterator[tuple[str, Answer]]:
    app = create_report_app(settings)
    client = app.test_client()
    for url in urls:
        answer = client.get(url, buffered=True)
        headers = {name: value for name, value in answer.headers if name not in OF_THE_MOMENT}
        yield url, Answer(headers, answer.data)
    with app.app_context():
        store.db.engine.dispose()


def _assets(static: Path) -> list[str]:
    files = sorted((static / "report/assets").iterdir())
    return [f"/assets/{file.name}" for file in files if file.suffix != ".br"]


def _bound(answers: Mapping[str, Answer], root_print: str) -> Iterator[tuple[str, Answer]]:
    """The answers that are of one organisation only."""
    for url, answer in answers.items():
        if root_print.encode() in answer.body:
            yield url, answer


def _all_swapped(answers: Mapping[str, Answer], swaps: Mapping[bytes, bytes]) -> dict[str, Answer]:
    return {url: replace(each, body=_swapped(each.body, swaps)) for url, each in answers.items()}


def _swapped(body: bytes, swaps: Mapping[bytes, bytes]) -> bytes:
    for old, new in swaps.items():
        body = body.replace(old, new)
    return body


def _hash(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def _hash_mark(url: str) -> bytes:
    return b"{{hash of %s}}" % url.encode()


def _name(url: str) -> str:
    """The file's path for an address; the page at `/` needs a name."""
    return url.strip("/") or "index.html"
