"""`amana summaries`: what leaves the desk, and whether it is what left."""

import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from amana import clock, store
from amana.cli.console import INPUT_FILE, OUTPUT_FILE, plain, settings
from amana.core import audit, jws, keyset
from amana.core.digits import to_latin
from amana.core.encoding import b64decode
from amana.core.keyset import KeySet
from amana.core.manifest import MAX_BYTES, Entry, Manifest, release_name
from amana.core.receipt import SigningKey
from amana.core.refusal import Refusal
from amana.core.tiers import LEVELS, TIERS
from amana.desk.summaries import RECORDED_DIGITS, Question, take_out, whole_weeks
from amana.errors import Problem
from amana.export.forms import FORMS
from amana.export.package import MANIFEST, Outgoing, make_file, make_package
from amana.export.verifying import Unverified, verify_file, verify_package
from amana.organisation import KEY_SET_FILE, Organisation, OrganisationError

PACKAGE = ".zip"
_BETWEEN = re.compile("[\\s\\-\u2010-\u2015\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""Spaces, hyphens and dashes, and marks of direction that come along when digits are copied."""


class Day(click.ParamType[date]):
    """A day, YYYY-MM-DD."""

    name = "day"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The date, or a usage error."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail("a day is written YYYY-MM-DD", param, ctx)


@click.group()
def summaries() -> None:
    """Take out summaries after the disclosure rule; verify files that were taken out."""


@summaries.command()
@click.option("--from", "first", type=Day(), required=True, help="The first day.")
@click.option("--to", "last", type=Day(), required=True, help="The last day.")
@click.option("--tier", type=click.Choice(TIERS), default="internal", help="Who it is for.")
@click.option("--area", type=click.Choice(LEVELS), default="adm2", help="The smallest areas.")
@click.option("--format", "form", type=click.Choice(tuple(FORMS)), help="One file, not a package.")
@click.option("--output", "-o", type=OUTPUT_FILE, required=True, help="Where it is written.")
def export(first: date, last: date, tier: str, area: str, form: str | None, output: Path) -> None:
    """Write a summary of every week that has a day between --from and --to: the desk's very package
    of all forms with a signed manifest, or one form with its manifest beside it.

    One for partners or the public is kept as a release: later files tell its weeks as it
    does, but for large changes.
    """
    try:
        weeks = whole_weeks(first, last)
    except Problem as error:
        raise click.UsageError("--from is after --to, or over 20 years before it") from error
    if (tier, area) == ("public", "adm3"):
        raise click.UsageError("the public is told of districts at the finest")
    if form is None and not _is_package(output):
        raise click.UsageError(f"a package ends in {PACKAGE}; --format writes one file")
    at, today = settings(), clock.today()
    ours = Organisation.load(at.home)
    names = [output] if form is None else [output, _beside(output)]
    if any(name.exists() and not name.is_file() for name in names):
        raise click.UsageError("what is there already is not a file")
    asked = Question(*weeks, tier, area)
    # Weeks are settled only once the files are on the disk, older files go only once they are.
    with store.opened(at.database_url), _in_place() as put, store.writing():
        try:
            taken = take_out(asked, at.thresholds, today)
        except Problem as error:
            raise click.ClickException("none of these weeks may leave yet") from error
        store.audit.append("exported", "", taken.subject, today)
        outgoing = taken.outgoing(ours, today)
        for name, data in zip(names, _made(outgoing, form, ours.receipt_key), strict=True):
            put(name, data)


@summaries.command()
@click.argument("file", type=INPUT_FILE)
@click.option("--manifest", type=INPUT_FILE, help="The file's manifest, if it is not beside it.")
@click.option("--keyset", "keys", type=INPUT_FILE, help="Another organisation's key set, keys.jws.")
@click.option("--root-print", help="Its root print: 30 digits, or 43 characters.")
def verify(file: Path, manifest: Path | None, keys: Path | None, root_print: str | None) -> None:
    """Say whether FILE, a package or one file with its manifest, is what the organisation signed.

    By the key set of the organisation in AMANA_HOME, or by one that was given with its root print.
    """
    if (keys is None) != (root_print is None):
        raise click.UsageError("--keyset and --root-print go together")
    if keys is not None and root_print is not None:
        _say(file, *_verified(file, manifest, _read_key_set(keys, root_print)), "")
        return
    ours = _own_organisation()
    verified, entry = _verified(file, manifest, ours.key_set)
    _say(file, verified, entry, _in_record(verified, ours))


def _made(outgoing: Outgoing, form: str | None, key: SigningKey) -> Sequence[bytes]:
    """A package; or the file of a form, and its manifest."""
    if form is None:
        return [make_package(outgoing, key)]
    return make_file(outgoing, form, key)


@contextmanager
def _in_place() -> Iterator[Callable[[Path, bytes], None]]:
    """Files are written beside their places at once, and put there when the block ends well."""
    written: dict[Path, Path] = {}

    def put(file: Path, data: bytes) -> None:
        place = file.resolve()
        part = place.with_name(f".amana-{secrets.token_hex(8)}")
        try:
            with part.open("xb") as opened:
                written[place] = part
                opened.write(data)
                opened.flush()
                os.fsync(opened.fileno())
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(file)) from error

    try:
        yield put
        for place, part in written.items():
            part.replace(place)
    finally:
        for part in written.values():
            part.unlink(missing_ok=True)


def _beside(file: Path) -> Path:
    """Where the manifest of one file is."""
    return file.with_name(f"{file.name}.manifest.json")


def _is_package(file: Path) -> bool:
    return file.suffix.lower() == PACKAGE


def _manifest_of(file: Path) -> Path:
    """The manifest of one file: its own beside it, else that of the package it came in."""
    unpacked = file.with_name(MANIFEST)
    return _beside(file) if _beside(file).exists() or not unpacked.exists() else unpacked


def _own_organisation() -> Organisation:
    home = settings().home
    if not (home / KEY_SET_FILE).exists():
        raise OrganisationError("no organisation here: give --keyset and --root-print")
    return Organisation.load(home)


def _verified(file: Path, manifest: Path | None, key_set: KeySet) -> tuple[Manifest, Entry | None]:
    """The manifest of a file; and which of its files this one is, None for a whole package."""
    try:
        with file.open("rb") as opened:
            if manifest is None and _is_package(file):
                return verify_package(opened, key_set), None
            with (manifest or _manifest_of(file)).open("rb") as beside:
                return verify_file(opened, beside.read(MAX_BYTES + 1), key_set)
    except Unverified as error:
        raise OrganisationError(str(error)) from error


def _read_key_set(file: Path, root_print: str) -> KeySet:
    """A key set that holds under a root print, which may be given as people read it out."""
    text = file.read_text("ascii").strip()
    try:
        root = jws.split(text).header.get("jwk")
        if root is not None and jws.is_public_jwk(root):
            own = keyset.root_print(root)
            if _joined(root_print) == _joined(keyset.digits(b64decode(own))):
                root_print = own
        return keyset.verify_key_set(text, root_print)
    except Refusal as error:
        raise OrganisationError("this is not a key set under that root print") from error


def _joined(digits: str) -> str:
    """Digits of any script as Latin ones, without what stands between groups of them."""
    return _BETWEEN.sub("", to_latin(digits))


def _say(file: Path, manifest: Manifest, entry: Entry | None, recorded: str) -> None:
    counts = manifest.counts
    told = counts.rows + counts.totals + counts.types
    withheld = counts.rows_withheld + counts.totals_withheld + counts.types_withheld
    lines: Mapping[str, str] = {
        "Organisation": plain(manifest.org),
        "Tier": manifest.tier,
        "Period": f"{manifest.first} to {manifest.last}, areas of level {manifest.area}",
        "Made": f"{manifest.made} by {plain(manifest.software)}",
        "Release": manifest.release.hex() + recorded if manifest.release else "none",
        "Told": f"{told} rows, totals and parts, {withheld} of them withheld",
    }
    for name, said in lines.items():
        click.echo(f"{name:<13}{said}")
    for each in manifest.files if entry is None else [entry]:
        click.echo(f"{each.sha256.hex()}  {each.name}")
    if entry is None:
        click.echo("Everything is as it was signed.")
        return
    if file.name != entry.name:
        click.echo(f"It was signed under that name and is called {plain(file.name)} here.")
    click.echo("This file is as it was signed.")


def _in_record(manifest: Manifest, ours: Organisation) -> str:
    """How the record of what members did names the release.

    `OrganisationError` if the record does not hold, or does not say that this release left.
    """
    if manifest.release is None:
        return ""
    with store.opened(settings().database_url):
        digits = _recorded_digits(manifest.release, ours)
        try:
            audit.verify(store.audit.chain())
        except audit.Broken as error:
            raise OrganisationError(str(error)) from error
        subject = f"{manifest.first} {manifest.last} {manifest.tier} {digits}"
        said = (entry.subject for entry, _ in store.audit.chain() if entry.act == "exported")
        if digits is None or subject not in said:
            raise OrganisationError("it was signed, but its release is not in the record here")
    return f", in the record as {digits}"


def _recorded_digits(name: bytes, ours: Organisation) -> str | None:
    """How the record would name the release that is called so outside, None if none is."""
    for digest in store.releases.digests():
        if release_name(digest, ours.server_secret) == name:
            return digest.hex()[:RECORDED_DIGITS]
    return None
