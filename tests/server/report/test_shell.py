"""The app's page, worker, manifest and assets, and the key set."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from amana import store
from amana.assets import NotBuilt
from amana.config import Settings
from amana.organisation import Organisation, OrganisationError
from amana.report import create_report_app
from tests.server.conftest import ROOT_FILES

BROTLI = {"Accept-Encoding": "gzip, br"}
DOCUMENTS = {"index.html", "ordinary.html", "sw.js", "manifest.webmanifest"}
TYPES = {
    "/": "text/html; charset=utf-8",
    "/page": "text/html; charset=utf-8",
    "/sw.js": "text/javascript; charset=utf-8",
    "/manifest.webmanifest": "application/manifest+json",
    "/keys.jws": "application/jose",
}


def test_the_page_carries_this_deployments_root_print(
    sqlite_client: FlaskClient, organisation: Organisation
) -> None:
    page = sqlite_client.get("/").text
    assert f'<meta name="amana-root" content="{organisation.root_print}">' in page
    assert "__" not in page


@pytest.mark.parametrize("path", ["/", "/page"])
def test_the_worker_carries_the_hash_of_a_page_as_it_is_served(
    sqlite_client: FlaskClient, path: str
) -> None:
    digest = hashlib.sha256(sqlite_client.get(path).data).hexdigest()
    assert f'{{url: "{path}", sha256: "{digest}"}}' in sqlite_client.get("/sw.js").text


@pytest.mark.failure("F56")
def test_where_the_settings_ask_for_it_the_empty_worker_stands_at_the_workers_address(
    settings: Settings,
) -> None:
    app = create_report_app(replace(settings, empty_worker=True))
    response = app.test_client().get("/sw.js")
    assert (response.text, response.content_type) == (ROOT_FILES["empty.js"], TYPES["/sw.js"])
    assert response.headers["Cache-Control"] == "no-store"
    with app.app_context():
        store.db.engine.dispose()


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


@pytest.fixture
def next_settings(settings: Settings, tmp_path: Path) -> Settings:
    """Settings of a server with another build, after one with the first build has started."""
    made_and_gone(settings)
    folder = tmp_path / "next"
    shutil.copytree(settings.static, folder)
    (folder / "report/assets/app-0123456789.js").rename(folder / "report/assets/app-9876543210.js")
    return replace(settings, static=folder)


def made_and_gone(settings: Settings) -> FlaskClient:
    app = create_report_app(settings)
    with app.app_context():
        store.db.engine.dispose()
    return app.test_client()


@pytest.mark.failure("F51")
def test_the_files_of_the_build_before_are_still_given_to_the_pages_that_came_with_it(
    next_settings: Settings,
) -> None:
    client = made_and_gone(next_settings)
    for name in ("app-0123456789.js", "app-9876543210.js"):
        answer = client.get(f"/assets/{name}", buffered=True)
        assert answer.text == ROOT_FILES["assets/app-0123456789.js"]
    assert client.get("/assets/app-0000000000.js", buffered=True).status_code == 404


def test_in_a_folder_that_takes_no_files_the_app_is_served_all_the_same(
    next_settings: Settings,
) -> None:
    shutil.rmtree(next_settings.home / "assets")
    (next_settings.home / "assets").touch()
    client = made_and_gone(next_settings)
    assert client.get("/assets/app-9876543210.js", buffered=True).status_code == 200
    assert client.get("/assets/app-0123456789.js", buffered=True).status_code == 404


@pytest.mark.parametrize("missing", sorted(DOCUMENTS))
def test_a_client_that_is_not_built_is_told_at_start_in_one_line(
    settings: Settings, tmp_path: Path, missing: str
) -> None:
    folder = tmp_path / "static" / "report"
    (folder / "assets").mkdir(parents=True)
    for name in DOCUMENTS - {missing}:
        (folder / name).write_text(ROOT_FILES[name], "utf-8")
    with pytest.raises(NotBuilt, match=r"^the client is not built .*: run `make build`$"):
        create_report_app(replace(settings, static=folder.parent))


def test_a_page_without_room_for_the_root_print_is_refused(
    settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "static" / "report"
    (folder / "assets").mkdir(parents=True)
    for name in DOCUMENTS:
        (folder / name).write_text('{"icons": []}')
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


def test_whatever_an_operator_sets_in_a_hurry_brings_the_empty_worker() -> None:
    for value, is_on in {"1": True, "yes": True, "0": False, "": False}.items():
        assert Settings.from_environ({"AMANA_EMPTY_WORKER": value}).empty_worker is is_on
    assert not Settings.from_environ({}).empty_worker
