"""The package: whole, signed, and taken apart by nobody who is not seen."""

import hashlib
import io
import json
import struct
import subprocess
import sys
import tracemalloc
import warnings
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.core import keyset
from amana.core.receipt import SigningKey
from amana.export import verifying
from amana.export.forms import FORMS, file_name
from amana.export.package import Outgoing, make_file, make_package
from amana.export.verifying import Unverified, verify_file, verify_package
from tests.server.core.test_signing import KEY_SET
from tests.vectors.make import form
from tests.vectors.make.jose import public

from .test_forms import AREAS, VOCABULARY, golden_sheet

DOCUMENT = Path(__file__).parents[3] / "docs/FILES.md"
KEY = SigningKey(form.RECEIPT)
MADE = date(2031, 3, 20)
MIB = 1024 * 1024


def outgoing(tier: str = "public") -> Outgoing:
    release = None if tier == "internal" else b"r" * 16
    sheet = golden_sheet(tier)
    return Outgoing(sheet, AREAS, VOCABULARY, "منظمة", MADE, 30, release)


PACKAGE = make_package(outgoing(), KEY)


def contents(package: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    """A zip of the one shape, whatever is in it."""
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        for name, data in files.items():
            info = ZipInfo(name)
            info.compress_type, info.create_system = method, 3
            archive.writestr(info, data)
    return file.getvalue()


def refusal(package: bytes) -> str:
    with pytest.raises(Unverified) as refused:
        verify_package(io.BytesIO(package), KEY_SET)
    return str(refused.value)


@pytest.mark.parametrize("tier", ["internal", "partners", "public"])
def test_a_package_holds_every_form_and_a_manifest_that_says_what_is_in_it(tier: str) -> None:
    out = outgoing(tier)
    package = make_package(out, KEY)
    manifest = verify_package(io.BytesIO(package), KEY_SET)
    files = contents(package)
    names = [file_name(out.sheet, each) for each in FORMS]
    assert list(files) == [*names, "manifest.json"]
    assert [(each.name, each.length, each.sha256) for each in manifest.files] == [
        (name, len(files[name]), hashlib.sha256(files[name]).digest()) for name in names
    ]
    rows, totals = out.sheet.rows, out.sheet.totals
    assert (manifest.tier, manifest.made, manifest.org) == (tier, MADE, "منظمة")
    counted = (manifest.counts.rows, manifest.counts.totals, manifest.counts.types)
    assert counted == (len(rows), len(totals), len(out.sheet.types))
    assert manifest.counts.rows_withheld == sum(row.suppressed for row in rows) > 0
    assert manifest.counts.totals_withheld == sum(total.suppressed for total in totals) > 0
    assert manifest.software == f"amana {version('amana')}"
    assert manifest.rules["delay_days"] == (7 if tier == "public" else 0)


def test_only_inside_it_is_told_how_many_reports_there_were() -> None:
    told = {
        tier: verify_package(io.BytesIO(make_package(outgoing(tier), KEY)), KEY_SET)
        for tier in ("internal", "partners", "public")
    }
    assert {tier: each.counts.reports_counted for tier, each in told.items()} == {
        "internal": 30,
        "partners": None,
        "public": None,
    }
    assert [tier for tier, each in told.items() if each.not_counted] == ["partners", "public"]


def test_revisions_are_named_in_the_manifest() -> None:
    out = outgoing()
    revised = replace(out, sheet=replace(out.sheet, revised=("2031-03-03 SY06 safety",)))
    manifest = verify_package(io.BytesIO(make_package(revised, KEY)), KEY_SET)
    assert manifest.revised == ("2031-03-03 SY06 safety",)


def test_the_same_table_makes_the_same_package_but_for_the_signature() -> None:
    first, second = contents(PACKAGE), contents(make_package(outgoing(), KEY))
    assert [name for name in first if first[name] != second[name]] == ["manifest.json"]
    told, again = (json.loads(each["manifest.json"]) for each in (first, second))
    assert told["manifest"] == again["manifest"]


def frame_bytes() -> list[int]:
    """Where the bytes of the package are that are not compressed content."""
    with ZipFile(io.BytesIO(PACKAGE)) as archive:
        content = {
            at
            for info in archive.infolist()
            for at in range(
                info.header_offset + 30 + len(info.filename),
                info.header_offset + 30 + len(info.filename) + info.compress_size,
            )
        }
    return [at for at in range(len(PACKAGE)) if at not in content]


def flipped(at: int, by: int = 1) -> bytes:
    changed = bytearray(PACKAGE)
    changed[at] ^= by
    return bytes(changed)


def test_no_byte_around_the_contents_can_be_changed() -> None:
    frame = frame_bytes()
    assert len(frame) > 700
    for at in frame:
        for by in (0x01, 0x80):
            assert refusal(flipped(at, by)), at


def test_a_changed_byte_anywhere_is_refused_or_changes_nothing() -> None:
    before = contents(PACKAGE)
    refused = 0
    for at in range(0, len(PACKAGE), 23):
        try:
            verify_package(io.BytesIO(flipped(at)), KEY_SET)
        except Unverified:
            refused += 1
        else:  # the last bits behind a compressed stream, fewer than a byte, which nobody reads
            assert contents(flipped(at)) == before
    assert refused > len(PACKAGE) / 23 * 0.99


def test_a_package_that_was_cut_anywhere_is_refused() -> None:
    for end in range(0, len(PACKAGE), 97):
        assert refusal(PACKAGE[:end])
        assert refusal(PACKAGE[end + 1 :])


def test_nothing_can_be_put_before_behind_or_between() -> None:
    assert refusal(b"x" + PACKAGE)
    assert refusal(PACKAGE + b"x")
    assert refusal(PACKAGE + PACKAGE)
    start = PACKAGE.index(b"PK\1\2")
    assert refusal(PACKAGE[:start] + b"hidden" + PACKAGE[start:])


def with_entry(at: int, behind: bytes = b"", extra: bytes = b"") -> bytes:
    """The package, its frame made right again, with more bytes behind a file's compressed stream or
    as extra field of its line in the list of entries, which then names an impossible size."""
    local, central = b"", b""
    for number, (name, data) in enumerate(contents(PACKAGE).items()):
        deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = deflate.compress(data) + deflate.flush() + (behind if number == at else b"")
        more = extra if number == at else b""
        sizes = (8, 0, 33, zlib.crc32(data), len(packed), len(data))
        told = (*sizes[:4], 0xFFFFFFFF, *sizes[5:]) if more else sizes
        lengths, named = (len(name), len(more), 0, 0, 0, 0o600 << 16, len(local)), name.encode()
        central += struct.pack("<4s2B5H3L5H2L", b"PK\1\2", 20, 3, 20, 0, *told, *lengths)
        central += named + more
        local += struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, *sizes, len(name), 0) + named + packed
    count = len(contents(PACKAGE))
    end = (b"PK\5\6", 0, 0, count, count, len(central), len(local), 0)
    return local + central + struct.pack("<4s4H2LH", *end)


@pytest.mark.parametrize("at", range(len(FORMS) + 1))
def test_nothing_can_be_put_behind_a_compressed_stream(at: int) -> None:
    assert verify_package(io.BytesIO(with_entry(at)), KEY_SET).tier == "public"
    for hidden in (b"\0", b"who told us", PACKAGE):
        assert refusal(with_entry(at, hidden)) == verifying._CHANGED


@pytest.mark.parametrize("at", range(len(FORMS) + 1))
def test_a_size_of_more_than_32_bits_is_refused_in_one_line(at: int) -> None:
    for size in (2**32, 2**63, 2**64 - 1):
        large = with_entry(at, extra=struct.pack("<2HQ", 1, 8, size))
        assert refusal(large) == verifying._CHANGED
    assert refusal(with_entry(at, extra=struct.pack("<2H", 1, 4))) == verifying._CHANGED


def test_a_comment_is_refused() -> None:
    file = io.BytesIO(PACKAGE)
    with ZipFile(file, "a") as archive:
        archive.comment = b"for you"
    assert refusal(file.getvalue()) == verifying._CHANGED


def test_a_zip_of_another_shape_is_refused_although_its_files_are_right() -> None:
    files = contents(PACKAGE)
    assert verify_package(io.BytesIO(zipped(files)), KEY_SET).tier == "public"
    assert refusal(zipped(files, ZIP_STORED)) == verifying._CHANGED
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)  # with the time of day
    assert refusal(file.getvalue()) == verifying._CHANGED


@pytest.mark.parametrize("missing", [*(f"-09.{each}" for each in FORMS), "manifest.json"])
def test_a_missing_file_is_missed(missing: str) -> None:
    files = {name: data for name, data in contents(PACKAGE).items() if not name.endswith(missing)}
    said = refusal(zipped(files))
    assert ("manifest in it" if missing == "manifest.json" else "missing") in said


@pytest.mark.parametrize("name", ["more.csv", "../more.csv", "/more.csv", "manifest.json.csv"])
def test_a_file_too_many_is_refused(name: str) -> None:
    files = contents(PACKAGE)
    signed = files.pop("manifest.json")
    assert "manifest has not" in refusal(zipped({**files, name: b"1", "manifest.json": signed}))
    assert refusal(zipped({name: b"1", **files, "manifest.json": signed}))
    assert refusal(zipped({**files, "ä": b"1", "manifest.json": signed})) == verifying._CHANGED


def test_a_file_twice_is_refused() -> None:
    files = contents(PACKAGE)
    first = next(iter(files))
    file = io.BytesIO()
    with ZipFile(file, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns of what is done here on purpose
        for name, data in [(first, b"other"), *files.items()]:
            info = ZipInfo(name)
            info.compress_type, info.create_system = ZIP_DEFLATED, 3
            archive.writestr(info, data)
    assert "manifest has not" in refusal(file.getvalue())


@pytest.mark.parametrize("form_", FORMS)
def test_a_changed_file_is_named(form_: str) -> None:
    files = contents(PACKAGE)
    name = next(each for each in files if each.endswith(f".{form_}"))
    for changed in (files[name] + b"\n", files[name][:-1], b"", files[name][:-1] + b"!"):
        assert refusal(zipped(files | {name: changed})) == f"{name} was changed"


def test_another_package_s_manifest_is_refused() -> None:
    files = contents(PACKAGE)
    inside = contents(make_package(outgoing("internal"), KEY))["manifest.json"]
    assert "manifest has not" in refusal(zipped(files | {"manifest.json": inside}))
    out = outgoing()
    later = replace(out, sheet=replace(out.sheet, revised=("2031-03-03 SY06 safety",)))
    manifest = contents(make_package(later, KEY))["manifest.json"]
    assert "was changed" in refusal(zipped(files | {"manifest.json": manifest}))


def test_another_organisation_s_package_is_refused() -> None:
    other = replace(KEY_SET, receipt=(public(form.ROOT),))
    with pytest.raises(Unverified, match="not in this key set"):
        verify_package(io.BytesIO(PACKAGE), other)


def test_no_name_is_ever_made_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = contents(PACKAGE)
    verify_package(io.BytesIO(PACKAGE), KEY_SET)
    refusal(zipped({"../out.csv": b"1", "/out.csv": b"1", **files}))
    assert list(tmp_path.rglob("*")) == list(tmp_path.parent.glob("out.csv")) == []


def peak_of(package: bytes) -> int:
    """The most bytes that are held while a package is refused."""
    file = io.BytesIO(package)
    tracemalloc.start()
    try:
        with pytest.raises(Unverified):
            verify_package(file, KEY_SET)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_bomb_is_not_blown_up() -> None:
    files, bomb = contents(PACKAGE), bytes(64 * MIB)
    name = next(iter(files))
    bombs = [
        zipped(files | {name: bomb}),
        zipped(files | {"manifest.json": bomb}),
        zipped({**files, "more.csv": bomb, "manifest.json": files["manifest.json"]}),
    ]
    assert max(map(len, bombs)) < MIB
    assert max(map(peak_of, bombs)) < 24 * MIB


def test_a_list_of_very_many_entries_is_not_read() -> None:
    many = zipped({f"{number}.csv": b"" for number in range(60_000)})
    assert peak_of(many) < MIB
    # A second end record that tells of more entries than the first, which the library would follow.
    with ZipFile(io.BytesIO(PACKAGE)) as archive:
        start = archive.start_dir
    central, end = PACKAGE[start:-22], PACKAGE[-22:]
    size = len(central) + 56 + 20
    large = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 5, 5, len(central), start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, start + len(central), 1)
    cheat = end[:12] + struct.pack("<L", size) + end[16:]
    assert refusal(PACKAGE[:start] + central + large + locator + cheat) == verifying._CHANGED


def test_a_package_of_impossible_length_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "MAX_PACKAGE_BYTES", len(PACKAGE) - 1)
    assert refusal(PACKAGE) == "the package is too large"


@given(st.binary(max_size=400), st.integers(0, len(PACKAGE)), st.integers(0, 400))
def test_whatever_is_written_into_a_package_is_refused_in_one_line(
    noise: bytes, at: int, cut: int
) -> None:
    changed = PACKAGE[:at] + noise + PACKAGE[at + cut :]
    if changed != PACKAGE:
        assert "\n" not in refusal(changed)


@given(st.binary(max_size=300))
def test_other_bytes_are_no_package(data: bytes) -> None:
    assert refusal(data) == verifying._CHANGED
    assert refusal(data + PACKAGE[-22:]) == verifying._CHANGED


@pytest.mark.parametrize("form_", FORMS)
def test_one_file_travels_with_its_manifest(form_: str) -> None:
    data, manifest = make_file(outgoing(), form_, KEY)
    verified, entry = verify_file(io.BytesIO(data), manifest, KEY_SET)
    assert verified.files == (entry,)
    assert entry.name == file_name(outgoing().sheet, form_)
    for changed in (data + b"\n", data[:-1], b"", data[:-1] + b"!"):
        with pytest.raises(Unverified, match="not one that the manifest speaks of"):
            verify_file(io.BytesIO(changed), manifest, KEY_SET)
    with pytest.raises(Unverified, match="not a manifest"):
        verify_file(io.BytesIO(data), data, KEY_SET)


def test_the_lines_in_the_document_check_a_package_without_this_program(tmp_path: Path) -> None:
    code = DOCUMENT.read_text("utf-8").split("```python\n")[1].split("```")[0]
    assert "amana" not in "".join(line for line in code.splitlines() if "import" in line)
    files = contents(PACKAGE)
    (tmp_path / "keys.jws").write_text(keyset.sign_key_set(KEY_SET, form.ROOT))
    root_print = keyset.root_print(form.ROOT)

    def checked(changes: Mapping[str, bytes], root: str = root_print) -> str:
        for name, data in {**files, **changes}.items():
            (tmp_path / name).write_bytes(data)
        lines = [sys.executable, "-c", code, root]
        done = subprocess.run(lines, cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.stdout or done.stderr.splitlines()[-1]

    name = next(iter(files))
    assert checked({}) == "منظمة public 2031-03-03 2031-03-09\n"
    assert checked({}, "A" * 43) == "AssertionError: another organisation's key set"
    assert checked({name: b"other"}) == f"AssertionError: {name} was changed"
    forged = files["manifest.json"].replace(b'"public"', b'"partners"', 1)
    assert checked({"manifest.json": forged}).endswith("is not what was signed")
    assert checked({"more": b"1"}).endswith("missing, or too many")


def test_a_file_out_of_a_package_is_verified_by_the_package_s_manifest() -> None:
    files = contents(PACKAGE)
    for name in list(files)[:-1]:
        _, entry = verify_file(io.BytesIO(files[name]), files["manifest.json"], KEY_SET)
        assert entry.name == name
    with pytest.raises(Unverified):
        verify_file(io.BytesIO(files["manifest.json"]), files["manifest.json"], KEY_SET)
