"""A newer build on a phone that has an older one: when it comes, what it costs, what it leaves."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.e2e import rows
from tests.e2e.builds import TODAY, Build, changed
from tests.e2e.phone import Phone, wait_until
from tests.e2e.samples import as_tapped, sample
from tests.e2e.servers import Site
from tests.faults import modes
from tests.faults.exchange import Passage
from tests.faults.proxy import FaultProxy

ARABIC, ENGLISH = sample("S04"), sample("S03")

AS_THE_BROWSER_LIKES = ("/manifest.webmanifest", "/assets/icon")
BUDGET = 75_000
"""Bytes for everything that is needed without a network, compressed."""

HOUR, DAY = 3_600_000, 86_400_000
LOOKED_AT = 15_000
"""Milliseconds that somebody looks at the phone: more than a look for updates is put off."""


LATIN_NAMES = "places-latin.txt"
ENGLISH_WORDS, ALEPPO, HOMS = "language-en.json", "places-SY02.json", "places-SY04.json"
"""What is fetched when somebody asks for it, and kept from then on."""


@pytest.fixture
def later(tmp_path: Path) -> Build:
    """The next build: the English words and the places of Aleppo have changed."""
    return changed(TODAY, tmp_path / "later", ENGLISH_WORDS, ALEPPO)


class Wire:
    """What went over the wire since one began to listen."""

    def __init__(self, proxy: FaultProxy) -> None:
        self._proxy = proxy
        self._before = len(proxy.seen())

    @property
    def passages(self) -> list[Passage]:
        return self._proxy.seen()[self._before :]

    @property
    def asked(self) -> Counter[str]:
        """How often each address was asked for, leaving out what the browser asks as it likes."""
        paths = [each.request.path for each in self.passages]
        return Counter(path for path in paths if not path.startswith(AS_THE_BROWSER_LIKES))

    def is_quiet(self, phone: Phone) -> bool:
        """Whether nothing but this very question comes by, in the order of things."""
        phone.page.evaluate("fetch('/healthz', { cache: 'no-store' }).then(() => null)")
        return self.asked == {"/healthz": 1}


def look(phone: Phone, after: int) -> None:
    """Time passes with the phone in a pocket, then somebody looks at it for a while."""
    phone.page.clock.fast_forward(after)
    phone.look_at()
    phone.page.clock.fast_forward(LOOKED_AT)


def stay(phone: Phone) -> None:
    """Use the app for as long as it takes until the worker brings what few need, too."""
    phone.page.evaluate("navigator.serviceWorker.controller.postMessage('soon')")
    wait_until(lambda: kept(phone) >= TODAY.soon, "what few need did not come")


def has(phone: Phone, url: str) -> bool:
    """Whether the open page gets a file, from wherever it comes."""
    ask = "(url) => fetch(url).then((answer) => answer.ok, () => false)"
    return bool(phone.page.evaluate(ask, url))


def kept(phone: Phone) -> set[str]:
    """The addresses of all files that the worker keeps, of whatever build."""
    ask = "caches.open('amana-shell').then((cache) => cache.keys())"
    urls = phone.page.evaluate(f"{ask}.then((keys) => keys.map(({{ url }}) => url))")
    return {urlsplit(url).path for url in urls}


def on_wire(build: Build, url: str) -> int:
    """The length of an asset's content as the server sends it."""
    file = build.static / f"report{url}"
    compressed = file.with_name(f"{file.name}.br")
    return (compressed if compressed.exists() else file).stat().st_size


@pytest.mark.failure("F50", "F51", "F57")
def test_under_an_open_form_nothing_changes_until_the_app_is_opened_the_next_time(
    organisation: Site, phone: Phone, later: Build
) -> None:
    zone = organisation.report
    phone.page.clock.install()
    phone.visit()
    stay(phone)
    begin_to_write(phone)
    zone.deploy(later)
    wire = Wire(zone.proxy)
    look(phone, HOUR)
    assert wire.is_quiet(phone)
    look(phone, DAY)
    phone.wait_for_update()

    wire = Wire(zone.proxy)
    finish_in_english(phone)
    latin = TODAY.asset(LATIN_NAMES)
    english = {TODAY.asset(ENGLISH_WORDS): 1, later.asset(ENGLISH_WORDS): 1, latin: 1}
    zone.proxy.wait_until(lambda: wire.asked == english)
    phone.seal()
    phone.wait_sent()
    assert phone.build == TODAY.id
    assert kept(phone) > TODAY.shell | later.shell
    (sealed,) = rows.bodies(organisation.ground.database)
    assert organisation.open(sealed)["answers"] == as_tapped(ENGLISH)
    open_without_network(organisation, phone)
    assert phone.build == later.id
    assert kept(phone) == later.shell | later.soon | {later.asset(ENGLISH_WORDS), latin}


def begin_to_write(phone: Phone) -> None:
    """A form that is open and half filled, in Arabic."""
    phone.page.locator(f"[data-kind={ENGLISH.kind}]").tap()
    phone.act("more")
    phone.answer("note", ENGLISH.answers["note"], "ar")


def finish_in_english(phone: Phone) -> None:
    """The rest of it, up to the review, with words that were not on this page before."""
    phone.speak("en")
    for code, value in ENGLISH.answers.items():
        phone.answer(code, value, "en")
    phone.act("review")


def open_without_network(organisation: Site, phone: Phone) -> None:
    """Close the app, lose the network, and open the app again."""
    phone.close()
    organisation.report.proxy.down()
    phone.reopen()
    phone.open()


@pytest.mark.failure("F51")
def test_a_first_visit_into_which_a_deployment_falls_seals_with_the_build_that_it_began_with(
    organisation: Site, phone: Phone, tmp_path: Path
) -> None:
    zone = organisation.report
    zone.proxy.always(modes.Refuse(), method="GET", path="/assets/seal-")
    phone.open()
    phone.write(ARABIC)
    assert zone.proxy.delivered(modes.Refuse)
    zone.deploy(changed(TODAY, tmp_path / "sealing", "seal.js"))
    zone.proxy.clear()
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.seal()
    phone.wait_sent()
    assert phone.build == TODAY.id
    assert len(rows.envelopes(organisation.ground.database)) == 1


@pytest.mark.failure("F51", "F59", "F72")
def test_an_update_fetches_what_changed_and_drops_nothing_that_was_kept_for_offline(
    organisation: Site, phone: Phone, later: Build
) -> None:
    zone = organisation.report
    phone.visit()
    stay(phone)
    fetch_more(phone)
    zone.proxy.always(modes.Refuse())
    phone.write(ARABIC)
    phone.seal()
    waiting = phone.outbox()

    shutil.rmtree(organisation.ground.home / "assets")  # a server that never had this build
    zone.deploy(later)
    wire = Wire(zone.proxy)
    phone.open()
    assert phone.build == TODAY.id
    phone.wait_for_update()
    assert_it_cost_what_changed(wire, later)

    open_without_network(organisation, phone)
    assert phone.build == later.id
    assert [has(phone, later.asset(name)) for name in (ALEPPO, HOMS)] == [True, True]
    for report in (ARABIC, ENGLISH):
        phone.write(report)
        phone.seal()
    assert len(phone.outbox()) == 3
    assert set(waiting) < set(phone.outbox())


def fetch_more(phone: Phone) -> None:
    """What does not come by itself: the English words, and places of two more governorates."""
    phone.speak("en")
    assert [has(phone, TODAY.asset(name)) for name in (ALEPPO, HOMS)] == [True, True]


def assert_it_cost_what_changed(wire: Wire, later: Build) -> None:
    """Every file that changed came once, compressed, and nothing else but what tells of it."""
    new = (later.shell - TODAY.shell) | {later.asset(ALEPPO), later.asset(ENGLISH_WORDS)}
    del (asked := wire.asked)["/api/v1/parcels"]
    assert asked == Counter({"/", "/sw.js", "/keys.jws", *new})
    content = {each.request.path: each.content for each in wire.passages}
    assert {url: content[url] for url in new} == {url: on_wire(later, url) for url in new}
    assert content["/sw.js"] + content["/"] + content["/keys.jws"] < 6_000


@pytest.mark.failure("F59")
def test_what_was_fetched_while_an_update_waited_is_brought_up_to_it_once_there_is_a_network(
    organisation: Site, phone: Phone, later: Build
) -> None:
    zone = organisation.report
    words = later.asset(ENGLISH_WORDS)
    phone.visit()
    zone.deploy(later)
    phone.open()
    phone.wait_for_update()
    zone.proxy.script(modes.Refuse(), method="GET", path=words)
    phone.speak("en")
    zone.proxy.wait_until(lambda: zone.proxy.delivered(modes.Refuse))
    english = TODAY.asset(ENGLISH_WORDS).encode()
    wait_until(lambda: phone.has_written(english), "the words are not written")
    phone.close()
    phone.reopen()
    phone.open()
    assert phone.build == later.id
    zone.proxy.wait_until(lambda: len(zone.proxy.seen("GET", words)) == 2)
    wait_until(lambda: words in kept(phone), "the words did not come")


@pytest.mark.failure("F72")
def test_a_first_visit_costs_every_file_once_and_an_idle_day_costs_nothing(
    organisation: Site, phone: Phone
) -> None:
    wire = Wire(organisation.report.proxy)
    phone.page.clock.install()
    phone.visit()
    wire.is_quiet(phone)
    once = TODAY.shell | {"/sw.js", "/keys.jws", "/healthz"}
    # The page itself is the only file that the browser may not keep on its own account.
    assert wire.asked == Counter([*once, "/"])
    content = {each.request.path: each.content for each in wire.passages}
    assert sum(content[url] for url in TODAY.shell | {"/sw.js"}) < BUDGET

    wire = Wire(organisation.report.proxy)
    stay(phone)
    assert wire.asked == Counter(TODAY.soon)

    wire = Wire(organisation.report.proxy)
    for _ in range(24):
        phone.page.clock.fast_forward(HOUR)
    assert wire.is_quiet(phone)


@pytest.mark.failure("F59", "F72")
def test_an_update_that_cannot_succeed_is_tried_twice_a_day_at_most_and_then_resumed(
    organisation: Site, phone: Phone, later: Build
) -> None:
    zone = organisation.report
    phone.page.clock.install()
    phone.visit()
    stay(phone)
    assert has(phone, TODAY.asset(ALEPPO))
    zone.deploy(later)
    missing = later.asset(ALEPPO)
    zone.proxy.always(modes.PortalHtml(), method="GET", path=missing)
    wire = Wire(zone.proxy)
    look(phone, DAY)
    zone.proxy.wait_until(lambda: len(zone.proxy.delivered(modes.PortalHtml)) == 2)
    phone.wait_for_installation()
    came = {"/", *(later.shell - TODAY.shell)}
    assert wire.asked == Counter({"/sw.js": 1, missing: 2}) + Counter(came)
    wire = Wire(zone.proxy)
    for _ in range(5):
        look(phone, 2 * HOUR)
    assert wire.is_quiet(phone)
    assert has(phone, TODAY.asset(ALEPPO))

    zone.proxy.clear()
    wire = Wire(zone.proxy)
    look(phone, DAY)
    phone.wait_for_update()
    assert wire.asked == {"/sw.js": 1, missing: 1}
