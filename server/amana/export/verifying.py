"""Whether files are what the organisation's manifest says they are.

A package is refused unless it is, byte for byte outside of its files' compressed bytes, what
`package` writes, and each file is one compressed stream to its last byte. Nothing is extracted:
names are compared, contents are hashed piece by piece, and of an entry no more is read than a
little above its signed length.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from amana.core.keyset import KeySet
from amana.core.manifest import MAX_BYTES, MAX_FILES, Entry, Manifest, parse_manifest
from amana.core.refusal import Layer, Refusal

from .package import MANIFEST

MAX_PACKAGE_BYTES: Final = 256 * 1024 * 1024

_PIECE: Final = 1024 * 1024
_PACKED_PIECE: Final = 64 * 1024
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s2B5H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_VERSION, _UNIX, _MIDNIGHT, _1980 = 20, 3, 0, 33
_OWNER_ONLY: Final = 0o600 << 16
_LONGEST_ENTRY: Final = _CENTRAL.size + 100
_CHANGED: Final = "this is not a package that Amana made, or it was changed"
_REFUSALS: Final[Mapping[Layer, str]] = {
    "length": "the manifest is too large",
    "json": "this is not a manifest that Amana made",
    "kid": "the manifest is signed by a key that is not in this key set",
    "signature": "the manifest is not what was signed",
    "schema": "the manifest is of a form that this version does not know",
    "check": "what the manifest says to people is not what was signed",
}


class Unverified(Exception):
    """A file is not what it should be. The message is one plain line."""


def verify_package(file: IO[bytes], key_set: KeySet) -> Manifest:
    """The manifest of a package whose files are all there, unchanged, and no others."""
    end = _read_end(file)
    try:
        with ZipFile(file) as archive:
            infos = archive.infolist()
            _check_frame(file, infos, end)
            manifest = _parse(_read_manifest(file, infos), key_set)
            names = [info.filename for info in infos[:-1]]
            if names != [entry.name for entry in manifest.files]:
                raise Unverified("a file is missing, or there is one that the manifest has not")
            for info, entry in zip(infos[:-1], manifest.files, strict=True):
                if _measure(_inflate(file, info, entry.length)) != (entry.length, entry.sha256):
                    raise Unverified(f"{entry.name} was changed")
    except (BadZipFile, NotImplementedError, ValueError, struct.error, zlib.error) as error:
        raise Unverified(_CHANGED) from error
    return manifest


def verify_file(file: IO[bytes], manifest: bytes, key_set: KeySet) -> tuple[Manifest, Entry]:
    """The manifest beside a file, and which of the files that it speaks of this is, by its bytes.

    What the file is called does not matter.
    """
    parsed = _parse(manifest, key_set)
    longest = max(entry.length for entry in parsed.files)
    measured = _measure(_pieces(file, longest))
    for entry in parsed.files:
        if (entry.length, entry.sha256) == measured:
            return parsed, entry
    raise Unverified("the file is not one that the manifest speaks of, or it was changed")


def _parse(data: bytes, key_set: KeySet) -> Manifest:
    try:
        return parse_manifest(data, key_set)
    except Refusal as refusal:
        raise Unverified(_REFUSALS[refusal.layer]) from refusal


def _measure(pieces: Iterable[bytes]) -> tuple[int, bytes]:
    """The length and SHA-256 of what comes in pieces."""
    length, sha256 = 0, hashlib.sha256()
    for piece in pieces:
        sha256.update(piece)
        length += len(piece)
    return length, sha256.digest()


def _pieces(file: IO[bytes], longest: int) -> Iterator[bytes]:
    """A file, or a little more than `longest` bytes of it."""
    left = longest + 1
    while left and (piece := file.read(min(_PIECE, left))):
        left -= len(piece)
        yield piece


def _inflate(file: IO[bytes], info: ZipInfo, longest: int) -> Iterator[bytes]:
    """What an entry of a frame that was checked holds, or a little more than `longest` bytes of it.

    `Unverified` at the end if anything but that stands in the entry's place.
    """
    file.seek(info.header_offset + _LOCAL.size + len(info.orig_filename.encode()))
    packed, length, crc = info.compress_size, 0, 0
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    while not stream.eof:
        given = stream.unconsumed_tail
        if not given:
            given = file.read(min(_PACKED_PIECE, packed))
            packed -= len(given)
        piece = stream.decompress(given, _PIECE)
        if not given and not piece:
            break
        yield piece
        length, crc = length + len(piece), zlib.crc32(piece, crc)
        if length > longest:
            return
    is_whole = stream.eof and not stream.unused_data and not packed
    if not is_whole or (length, crc) != (info.file_size, info.CRC):
        raise Unverified(_CHANGED)


def _read_end(file: IO[bytes]) -> tuple[int, int, int]:
    """How many entries a package has, where its list of them begins and how long that is.

    Checked before the library reads that list, which may be as long as the file.
    """
    size = file.seek(0, 2)
    if size > MAX_PACKAGE_BYTES:
        raise Unverified("the package is too large")
    if size < _LOCAL.size + _CENTRAL.size + _END.size:
        raise Unverified(_CHANGED)
    file.seek(size - _END.size)
    end = file.read()
    count, length, start = struct.unpack_from("<H2L", end, 10)
    is_ours = (
        end == _END.pack(b"PK\5\6", 0, 0, count, count, length, start, 0)
        and 2 <= count <= MAX_FILES + 1
        and length <= count * _LONGEST_ENTRY
        and start + length + _END.size == size
    )
    file.seek(start)
    # No second end record, which the library would believe instead.
    if not is_ours or file.read(length)[-20:-16] == b"PK\6\7":
        raise Unverified(_CHANGED)
    return count, start, length


def _check_frame(file: IO[bytes], infos: list[ZipInfo], end: tuple[int, int, int]) -> None:
    """Every byte of the package that is not compressed content is what it has to be."""
    count, start, length = end
    at, central = 0, b""
    for info in infos:
        name = info.orig_filename.encode()
        sizes = (info.CRC, info.compress_size, info.file_size)
        dated = (0, ZIP_DEFLATED, _MIDNIGHT, _1980)
        local = _LOCAL.pack(b"PK\3\4", _VERSION, *dated, *sizes, len(name), 0) + name
        central += _CENTRAL.pack(
            *(b"PK\1\2", _VERSION, _UNIX, _VERSION, *dated, *sizes),
            *(len(name), 0, 0, 0, 0, _OWNER_ONLY, at),
        )
        central += name
        file.seek(at)
        if file.read(len(local)) != local:
            raise Unverified(_CHANGED)
        at += len(local) + info.compress_size
    file.seek(start)
    if (len(infos), at) != (count, start) or file.read(length) != central:
        raise Unverified(_CHANGED)


def _read_manifest(file: IO[bytes], infos: list[ZipInfo]) -> bytes:
    if infos[-1].filename != MANIFEST:
        raise Unverified("there is no manifest in it")
    return b"".join(_inflate(file, infos[-1], MAX_BYTES))
