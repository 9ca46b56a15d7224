"""Every released build still on some phone: it sleeps for half a year, wakes up and delivers."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey

from amana import clock
from amana.core.keyset import sign_key_set
from amana.organisation import KEY_SET_FILE, SERVER_FILE
from tests import releases
from tests.e2e import rows
from tests.e2e.builds import TODAY
from tests.e2e.phone import Phone, wait_until
from tests.e2e.servers import Site
from tests.e2e.wire import posted
from tests.faults import modes
from tests.releases import Release
from tests.releases.answers import given

HALF_A_YEAR = timedelta(days=183)


@pytest.fixture(params=releases.kept(), ids=lambda archive: archive.name.removesuffix(".tar.xz"))
def release(request: pytest.FixtureRequest, tmp_path: Path) -> Release:
    """One of the kept builds."""
    return releases.unpack(request.param, tmp_path / "release")


class OldApp:
    """The page of an old build, used by the hand of its time."""

    def __init__(self, phone: Phone, release: Release) -> None:
        self._phone = phone
        self._release = release

    def use(self, name: str, *given: Any) -> Any:
        """One of the things that the hand can do."""
        call = f"(given) => ({self._release.hand})(...given)"
        return self._phone.page.evaluate(call, [name, *given])

    def open(self) -> None:
        """Open the app and wait for its start."""
        self._phone.goto()
        self.use("started")

    def write_all(self) -> None:
        """Write and seal everything that came with the build."""
        for report in self._release.reports:
            self.use("write", report["kind"], report["answers"])
            self.use("seal")


@pytest.mark.failure("F49")
def test_a_phone_that_slept_since_a_release_delivers_by_its_old_app_and_wakes_up_in_todays(
    organisation: Site, phone: Phone, release: Release
) -> None:
    zone, database = organisation.report, organisation.ground.database
    old = OldApp(phone, release)
    zone.deploy_release(release)
    slept = write_and_fall_asleep(organisation, phone, old)
    half_a_year_passes(organisation)
    phone.reopen()
    old.open()
    wait_until(lambda: phone.outbox() == [], "the old app did not deliver")
    assert phone.build == release.id
    assert rows.bodies(database) == sorted(posted(zone.proxy)) == slept
    assert len(slept) == len(release.reports)

    waiting = write_what_does_not_go_out(organisation, phone, old)
    assert phone.build == release.id
    if release.id != TODAY.id:
        phone.wait_for_update()
    phone.close()
    zone.proxy.clear()
    phone.reopen()
    phone.open()
    assert phone.build == TODAY.id
    phone.wait_sent()
    assert rows.bodies(database) == sorted(slept + waiting)
    notes = {organisation.open(body)["answers"]["note"] for body in rows.bodies(database)}
    assert notes == {report["answers"]["note"] for report in release.reports}


def write_and_fall_asleep(organisation: Site, phone: Phone, old: OldApp) -> list[bytes]:
    """The app is installed, reports are sealed without a network, the battery dies. The reports."""
    old.open()
    old.use("offline", True)
    wait_until(phone.has_keys, "the key set did not arrive")
    organisation.report.proxy.down()
    old.write_all()
    sealed = phone.outbox()
    assert rows.bodies(organisation.ground.database) == []
    phone.kill()
    return sealed


def write_what_does_not_go_out(organisation: Site, phone: Phone, old: OldApp) -> list[bytes]:
    """Reports are sealed that the network takes from nobody. The reports."""
    proxy = organisation.report.proxy
    proxy.always(modes.Refuse())
    old.write_all()
    proxy.wait_until(lambda: proxy.delivered(modes.Refuse))
    return phone.outbox()


def half_a_year_passes(organisation: Site) -> None:
    """Today's server, at the same address, with a new key set and another key for receipts."""
    home = organisation.ground.home
    jwk = ECKey.generate_key("P-256", auto_kid=False).as_dict(private=True)
    public = {name: str(jwk[name]) for name in ("crv", "kty", "x", "y")}
    later = replace(organisation.key_set, issued=clock.today() + HALF_A_YEAR, receipt=(public,))
    (home / KEY_SET_FILE).write_text(sign_key_set(later, organisation.ground.root))
    server = json.loads((home / SERVER_FILE).read_text())
    server["receipt"] = jwk
    (home / SERVER_FILE).write_text(json.dumps(server))
    organisation.report.deploy(TODAY)
    organisation.report.proxy.up()


def test_every_release_of_the_changelog_is_kept() -> None:
    changelog = (releases.FOLDER.parents[1] / "CHANGELOG.md").read_text("utf-8")
    released = re.findall(r"^## (\S+) \((?!unreleased)", changelog, re.MULTILINE)
    assert {f"{name}.tar.xz" for name in released} <= {path.name for path in releases.kept()}


def test_a_kept_build_is_what_was_given_out_and_a_name_stands_for_one_build_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases, "FOLDER", tmp_path)
    release = releases.unpack(releases.keep("now"), tmp_path / "unpacked")
    answers, root_print = given()
    assert release.id == TODAY.id
    assert release.answers(root_print) == answers
    assert releases.keep("now").name == "now.tar.xz"
    (tmp_path / "now.tar.xz").write_bytes(b"another")
    with pytest.raises(releases.AlreadyKept):
        releases.keep("now")


def test_a_kept_build_can_be_given_out_for_any_organisation(release: Release) -> None:
    root_print = "p" * 43
    answers = release.answers(root_print)
    page, worker = answers["/"].body, answers["/sw.js"].body
    assert f'"{root_print}"'.encode() in page
    assert hashlib.sha256(page).hexdigest().encode() in worker
