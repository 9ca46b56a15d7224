"""A summary as one package: every form of the table and the signed manifest, in a zip.

The zip has one shape only: its entries one after another, deflated, without folders,
comments or extra fields, dated 1980. So the same table makes the same bytes but for the signature,
and nothing can be hidden beside what the manifest names. docs/FILES.md tells others how to read it.
"""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from amana.core.cells import Cell
from amana.core.manifest import Counts, Entry, Manifest, Words, encode_manifest
from amana.core.places import Areas
from amana.core.receipt import SigningKey
from amana.core.tiers import LIMITS
from amana.core.vocabulary import Vocabulary

from .forms import FORMS, file_name
from .sheet import WHY_WITHHELD, Sheet

MANIFEST: Final = "manifest.json"
"""The manifest's name in a package."""

_UNIX: Final = 3
_WHY_NOT_COUNTED: Final = Words(
    "لا يُذكر عدد كل البلاغات: لو ذُكر لأمكن طرح الظاهر منه ومعرفة المحجوب",
    "How many reports there were is not told: what is shown could be subtracted from it",
)


@dataclass(frozen=True)
class Outgoing:
    """A table about to leave, and what is known of it: whose, made when, of how many reports.

    `release` is the release's name, None for what does not leave the organisation.
    """

    sheet: Sheet
    areas: Areas
    vocabulary: Vocabulary
    org: str
    made: date
    counted: int
    release: bytes | None

    def pieces(self, form: str) -> Iterable[bytes]:
        """The file of a form."""
        return FORMS[form](self.sheet, self.areas, self.vocabulary)


def make_package(outgoing: Outgoing, key: SigningKey) -> bytes:
    """The zip of every form and the manifest."""
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        entries = [
            _put(archive, file_name(outgoing.sheet, form), outgoing.pieces(form)) for form in FORMS
        ]
        signed = encode_manifest(_manifest(outgoing, entries), key)
        _put(archive, MANIFEST, [signed])
    return file.getvalue()


def make_file(outgoing: Outgoing, form: str, key: SigningKey) -> tuple[bytes, bytes]:
    """The file of one form, and the manifest that goes beside it."""
    data = b"".join(outgoing.pieces(form))
    name = file_name(outgoing.sheet, form)
    entry = Entry(name, len(data), hashlib.sha256(data).digest())
    return data, encode_manifest(_manifest(outgoing, [entry]), key)


def _put(archive: ZipFile, name: str, pieces: Iterable[bytes]) -> Entry:
    """Add a file as it comes."""
    info = ZipInfo(name)
    info.compress_type, info.create_system = ZIP_DEFLATED, _UNIX
    length, sha256 = 0, hashlib.sha256()
    with archive.open(info, "w") as file:
        for piece in pieces:
            file.write(piece)
            sha256.update(piece)
            length += len(piece)
    return Entry(name, length, sha256.digest())


def _manifest(outgoing: Outgoing, entries: Iterable[Entry]) -> Manifest:
    sheet = outgoing.sheet
    rules = asdict(sheet.rules)
    tier = rules.pop("tier")
    is_inside = tier == "internal"
    return Manifest(
        org=outgoing.org,
        made=outgoing.made,
        software=f"amana {version('amana')}",
        tier=tier,
        first=sheet.first,
        last=sheet.last,
        area=sheet.area,
        rules=rules,
        counts=Counts(
            rows=len(sheet.rows),
            rows_withheld=_withheld(sheet.rows),
            totals=len(sheet.totals),
            totals_withheld=_withheld(sheet.totals),
            types=len(sheet.types),
            types_withheld=_withheld(sheet.types),
            reports_shown=sum(cell.reports or 0 for cell in sheet.rows),
            reports_counted=outgoing.counted if is_inside else None,
        ),
        withheld=WHY_WITHHELD,
        not_counted=None if is_inside else _WHY_NOT_COUNTED,
        earlier_rules={
            monday: dict(zip(LIMITS, thresholds.limits, strict=True))
            for monday, thresholds in sheet.settled_under.items()
        },
        untold=tuple(sheet.untold),
        revised=tuple(sheet.revised),
        release=outgoing.release,
        files=tuple(entries),
    )


def _withheld(cells: Iterable[Cell]) -> int:
    return sum(cell.suppressed for cell in cells)
