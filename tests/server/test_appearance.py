"""What the reporter app looks like: dull by default, the operator's where they say so."""

import hashlib
import json
import struct
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from amana import store
from amana.appearance import MAX_ICON, Appearance
from amana.config import Settings
from amana.organisation import OrganisationError
from amana.report import create_report_app

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 96, 48) + bytes(9)


def write(home: Path, **entries: Any) -> None:
    """The operator's own file."""
    (home / "appearance.json").write_text(json.dumps(entries), "utf-8")


def answer(settings: Settings, path: str) -> TestResponse:
    """What a server that starts now answers."""
    app = create_report_app(settings)
    with app.app_context():
        store.db.engine.dispose()
    return app.test_client().get(path)


def served(settings: Settings, path: str) -> str:
    return answer(settings, path).text


def test_nothing_that_a_searcher_sees_first_names_the_project_or_the_organisation(
    settings: Settings,
) -> None:
    manifest = json.loads(served(settings, "/manifest.webmanifest"))
    assert manifest["name"] == manifest["short_name"] == "ملاحظات"
    assert "<title>ملاحظات</title>" in served(settings, "/")
    for path in ("/page", "/manifest.webmanifest"):
        assert not {"amana", "أمانة", "test desk"} & set(served(settings, path).lower().split('"'))


def test_the_operators_title_and_colour_are_on_the_page_and_in_the_manifest(
    settings: Settings,
) -> None:
    write(settings.home, title="A & B", colour="#102030")
    page, manifest = served(settings, "/"), json.loads(served(settings, "/manifest.webmanifest"))
    assert "<title>A &amp; B</title>" in page
    assert '<meta name="theme-color" content="#102030">' in page
    assert (manifest["name"], manifest["short_name"]) == ("A & B", "A & B")
    assert (manifest["theme_color"], manifest["background_color"]) == ("#102030", "#102030")


def test_the_operators_ordinary_page_is_in_the_app_and_at_its_own_address(
    settings: Settings,
) -> None:
    write(settings.home, exit={"language": "en", "lines": ["Buses", "<b>6:10</b> & later"]})
    content = (
        '<main lang="en" dir="auto"><h1>Buses</h1><p>&lt;b&gt;6:10&lt;/b&gt; &amp; later</p></main>'
    )
    assert f"<template>{content}</template>" in served(settings, "/")
    assert "<title>Buses</title>" in served(settings, "/page")
    assert content in served(settings, "/page")


def test_the_worker_knows_the_pages_as_the_operator_has_them(settings: Settings) -> None:
    write(settings.home, title="Buses", exit={"lines": ["Buses", "6:10"]})
    worker = served(settings, "/sw.js")
    for path in ("/", "/page"):
        assert hashlib.sha256(served(settings, path).encode()).hexdigest() in worker


def test_the_operators_page_outside_is_on_the_way_out_and_the_link_stays_what_works_offline(
    settings: Settings,
) -> None:
    write(settings.home, exit={"address": 'https://weather.example/?a=1&b="2"'})
    outside = 'data-outside="https://weather.example/?a=1&amp;b=&quot;2&quot;"'
    assert f'<a href="/page" {outside}>' in served(settings, "/")


@pytest.mark.parametrize(
    ("name", "body", "kind", "sizes"),
    [("sun.png", PNG, "image/png", "96x48"), ("sun.svg", b"<svg/>", "image/svg+xml", "any")],
)
def test_the_operators_icon_takes_the_place_of_the_built_one_and_may_be_kept(
    settings: Settings, name: str, body: bytes, kind: str, sizes: str
) -> None:
    (settings.home / name).write_bytes(body)
    write(settings.home, icon=name)
    (icon,) = json.loads(served(settings, "/manifest.webmanifest"))["icons"]
    assert (icon["type"], icon["sizes"]) == (kind, sizes)
    for path in ("/", "/page"):
        assert f'<link rel="icon" href="{icon["src"]}">' in served(settings, path)
    picture = answer(settings, icon["src"])
    assert (picture.data, picture.content_type) == (body, kind)
    assert "immutable" in picture.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("entries", "wrong"),
    [
        ({"titel": "x"}, "titel"),
        ({"title": ""}, "title"),
        ({"title": "x" * 41}, "title"),
        ({"title": "two\nlines"}, "title"),
        ({"title": 7}, "title"),
        ({"colour": "red"}, "colour"),
        ({"exit": []}, "exit"),
        ({"exit": {"page": "x"}}, "exit.page"),
        ({"exit": {"address": "http://weather.example"}}, "exit.address"),
        ({"exit": {"address": "javascript:alert(1)"}}, "exit.address"),
        ({"exit": {"language": '"'}}, "exit.language"),
        ({"exit": {"lines": ["title only"]}}, "exit.lines"),
        ({"exit": {"lines": ["title", 7]}}, "exit.lines"),
        ({"icon": "../sun.png"}, "icon"),
        ({"icon": "nowhere.png"}, "icon"),
        ({"icon": "large.png"}, "icon"),
        ({"icon": "text.png"}, "icon"),
    ],
)
def test_an_entry_that_is_wrong_is_named_in_one_line(
    home: Path, entries: dict[str, Any], wrong: str
) -> None:
    (home / "large.png").write_bytes(PNG + bytes(MAX_ICON))
    (home / "text.png").write_text("no picture")
    (home.parent / "sun.png").write_bytes(PNG)
    write(home, **entries)
    with pytest.raises(OrganisationError, match=rf"^appearance\.json: {wrong} is not [^\n]+$"):
        Appearance.load(home)


@pytest.mark.parametrize("text", ["{", "[]", "7"])
def test_a_file_that_is_not_an_object_is_named_in_one_line(home: Path, text: str) -> None:
    (home / "appearance.json").write_text(text)
    with pytest.raises(OrganisationError, match=r"^appearance\.json[^\n]+$"):
        Appearance.load(home)
