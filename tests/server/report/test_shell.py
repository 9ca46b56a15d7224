"""The app's page, worker, manifest and assets, and the key set."""

import hashlib
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from amana.assets import NotBuilt
from amana.config import Settings
from amana.organisation import Organisation, OrganisationError
from amana.report import create_report_app
from tests.server.conftest import ROOT_FILES

BROTLI = {"Accept-Encoding": "gzip, br"}
TYPES = {
    "/": "text/html; charset=utf-8",
    "/sw.js": "text/javascript; charset=utf-8",
    "/manifest.webmanifest": "application/manifest+json",
    "/keys.jws": "application/jose",
}


def test_the_page_carries_this_deployments_root_print(
    sqlite_client: FlaskClient, organisation: Organisation
) -> None:
    page = sqlite_client.get("/").text
    assert f'<meta name="amana-root" content="{organisation.root_print}">' in page
    assert page == ROOT_FILES["index.html"].replace("__ROOT_PRINT__", organisation.root_print)


def test_the_worker_carries_the_hash_of_the_page_as_it_is_served(
    sqlite_client: FlaskClient,
) -> None:
    page = sqlite_client.get("/").data
    assert f'sha256: "{hashlib.sha256(page).hexdigest()}"' in sqlite_client.get("/sw.js").text


def test_the_key_set_is_served_as_it_was_signed(
    sqlite_client: FlaskClient, organisation: Organisation
) -> None:
    assert sqlite_client.get("/keys.jws").text == organisation.key_set_jws


@pytest.mark.parametrize("path", TYPES)
def test_a_document_comes_compressed_to_who_takes_it_so(
    sqlite_client: FlaskClient, path: str
) -> None:
    plain, small = sqlite_client.get(path), sqlite_client.get(path, headers=BROTLI)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.data) == plain.data
    assert plain.content_type == small.content_type == TYPES[path]


@pytest.mark.parametrize("path", TYPES)
@pytest.mark.parametrize("headers", [{}, BROTLI])
def test_a_document_is_never_kept_so_that_no_cut_one_is_confirmed_later(
    sqlite_client: FlaskClient, path: str, headers: dict[str, str]
) -> None:
    response = sqlite_client.get(path, headers=headers)
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_an_asset_may_be_kept_for_ever(sqlite_client: FlaskClient) -> None:
    response = sqlite_client.get("/assets/app-0123456789.js", buffered=True)
    assert response.text == ROOT_FILES["assets/app-0123456789.js"]
    assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert response.mimetype == "text/javascript"


def test_an_asset_comes_as_it_was_compressed_when_it_was_built(
    sqlite_client: FlaskClient, static: Path
) -> None:
    path = "assets/app-0123456789.js"
    response = sqlite_client.get(f"/{path}", headers=BROTLI, buffered=True)
    assert response.headers["Content-Encoding"] == "br"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.data == (static / "report" / f"{path}.br").read_bytes()


def test_an_asset_is_always_sent_whole(sqlite_client: FlaskClient) -> None:
    headers = {"Range": "bytes=99-"}
    response = sqlite_client.get("/assets/app-0123456789.js", headers=headers, buffered=True)
    assert (response.status_code, response.text) == (200, ROOT_FILES["assets/app-0123456789.js"])


@pytest.mark.parametrize("missing", ["index.html", "sw.js", "manifest.webmanifest"])
def test_a_client_that_is_not_built_is_told_at_start_in_one_line(
    settings: Settings, tmp_path: Path, missing: str
) -> None:
    folder = tmp_path / "static" / "report"
    (folder / "assets").mkdir(parents=True)
    for name in {"index.html", "sw.js", "manifest.webmanifest"} - {missing}:
        (folder / name).write_text(ROOT_FILES[name], "utf-8")
    with pytest.raises(NotBuilt, match=r"^the client is not built .*: run `make build`$"):
        create_report_app(replace(settings, static=folder.parent))


def test_a_page_without_room_for_the_root_print_is_refused(
    settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "static" / "report"
    (folder / "assets").mkdir(parents=True)
    for name in ("index.html", "sw.js", "manifest.webmanifest"):
        (folder / name).write_text("{}")
    with pytest.raises(NotBuilt):
        create_report_app(replace(settings, static=folder.parent))


def test_a_folder_without_an_organisation_is_told_at_start(
    settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(OrganisationError):
        create_report_app(replace(settings, home=tmp_path))


def test_settings_come_from_the_environment() -> None:
    found = Settings.from_environ({"AMANA_HOME": "/srv/amana"})
    assert found.home == Path("/srv/amana")
    assert found.database_url == "sqlite:////srv/amana/amana.sqlite3"
    other = Settings.from_environ({"AMANA_DATABASE_URL": "postgresql://desk:canary@db/amana"})
    assert other.home == Path.cwd() / "amana-home"
    assert other.database_url == "postgresql://desk:canary@db/amana"
    assert "canary" not in repr(other)
