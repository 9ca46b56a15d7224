"""Tables of every tier, alone and one after the other, against somebody who solves for what they
withhold; and rules that were weakened, which the same attacker sees through."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from amana.core import disclosure
from amana.core.cells import Cell, CellKey
from amana.core.disclosure import Divisions, Period, Told, disclose
from amana.core.ledger import Ledger, Release, Settled, mondays
from amana.core.places import Areas, adm2_of
from amana.core.summary import NO_ARRIVAL, Assessed
from amana.core.tiers import Rules, Thresholds
from amana.core.vocabulary import Vocabulary

from .attack import Attack, breaches
from .counting import arrivals, categories, summarise

VOCABULARY = Vocabulary.load()
DISTRICTS = ("SY0602", "SY0603", "SY0604", "SY1002")
SUBDISTRICTS = [
    adm3
    for district in DISTRICTS
    for adm3 in sorted(each for each in Areas.load().adm3 if adm2_of(each) == district)[:2]
]
MARCH = Period(date(2031, 3, 3), date(2031, 3, 24))
KIND = "displacement"
TABLES = 300
HISTORIES = 250
AT_ONCE = 150
WEAK = 60
GOALS = 3
"""How many of a table's withheld numbers are gone after, drawn for each table."""


@dataclass
class Country:
    """A month of reports, drawn from a seed."""

    chance: random.Random
    leaves: Sequence[CellKey]
    rows: list[Assessed]

    @classmethod
    def of(cls, seed: int, leaves: Sequence[CellKey]) -> "Country":
        """A month in which more or less happened."""
        country = cls(random.Random(seed), leaves, [])
        busy = country.chance.choice((0.15, 0.35, 0.6)) * len(LEAVES) / len(leaves)
        for leaf in leaves:
            while country.chance.random() < busy:
                country.event(leaf, country.chance.choice((1, 1, 1, 2, 3, 5)))
        return country

    def event(self, leaf: CellKey, reports: int) -> None:
        """Let something happen that so many tell of."""
        name = f"{len(self.rows):016x}"
        band = self.chance.choice(("hh1", "hh1", "hh2_5", "hh6_20", "unknown"))
        for _ in range(reports):
            row = Assessed(
                envelope_id=len(self.rows).to_bytes(32, "big"),
                assessed=date(2031, 4, 1),
                decision="accept",
                kind=KIND,
                adm3=leaf.area,
                adm3_arrival=f"{leaf.arrival}00" if leaf.arrival in DISTRICTS else None,
                category=leaf.category or None,
                day=leaf.start,
                event_id=name,
                verification=self.chance.choice(("v1", "v2", "v3")),
                severity="3",
                households=band,
                release_tier=self.chance.choices(("public", "partners"), (12, 1))[0],
            )
            self.rows.append(row)

    def goes_on(self) -> None:
        """Let a few reports come late, and sometimes many."""
        for leaf in self.chance.sample(self.leaves, self.chance.choice((1, 1, 2, 4))):
            for reports in self.chance.choice(((1,), (1,), (2,), (1, 1), (2, 2), (3, 3))):
                self.event(leaf, reports)

    def counted(self) -> list[Cell]:
        """Its cells of districts and their parts; by arrival where leaves have one."""
        areas = summarise(self.rows, VOCABULARY, (str, adm2_of))
        places = arrivals(self.rows, VOCABULARY) if self.leaves[0].arrival else []
        return [*areas, *categories(self.rows), *places]


LEAVES = [
    CellKey(monday, adm3, KIND)
    for monday in mondays(MARCH.first, MARCH.last)
    for adm3 in SUBDISTRICTS
]
PARTED = [
    leaf._replace(category=category, arrival=arrival)
    for leaf in LEAVES
    if leaf.start == MARCH.first
    for category in ("fear", "threats", "clashes")
    for arrival in (*DISTRICTS, NO_ARRIVAL)
]
"""A week's leaves, parted by why people left and where they went."""
TYPED = [leaf._replace(category=category) for leaf in LEAVES for category in ("fear", "threats")]
THRESHOLDS = Thresholds()


def divisions(leaves: Sequence[CellKey]) -> Divisions:
    """Into how many parts the rows over some leaves can fall."""
    categories = {leaf.category for leaf in leaves}
    return Divisions(Counter(map(adm2_of, SUBDISTRICTS)), {KIND: len(categories)})


Since = dict[CellKey, int]
"""Until which release a table counts what came in, leaf by leaf."""


@dataclass
class Reader:
    """Whoever is given tables, one after the other, and has sent one report."""

    chance: random.Random
    attack: Attack
    events: int = 2
    told: set[object] = field(default_factory=set)
    hidden: list[tuple[CellKey, Since]] = field(default_factory=list)

    @classmethod
    def of(cls, country: Country, tier: str) -> "Reader":
        """A reader of a tier's tables whose own report was there from the beginning."""
        attack = Attack(country.leaves, in_steps=tier != "internal")
        own = [leaf for leaf in country.leaves if any(_is_at(leaf, row) for row in country.rows)]
        if own:
            attack.own(country.chance.choice(own))
        return cls(country.chance, attack)

    def read(self, table: Sequence[Cell], truth: Sequence[Cell], since: Since) -> None:
        """Take in a table, and go after whatever is true and in no table."""
        self.attack.read(table, since)
        reports = {cell.key: cell.reports or 0 for cell in truth}
        self.hidden += [(cell.key, since) for cell in truth]
        for cell in table:
            if not cell.suppressed:
                self.told.add(self._of(cell.key, since))
                continue
            self.hidden.append((cell.key, since))
            if reports.get(cell.key, 0) < THRESHOLDS.k_reports:
                self.attack.guess("reports", cell.key, THRESHOLDS.k_reports - 1, since)

    def allow(self, table: Sequence[Cell], since: Since) -> None:
        """Do not go after what a table tells that was not read."""
        self.told |= {self._of(cell.key, since) for cell in table if not cell.suppressed}

    def seek(self, goals: int) -> Attack:
        """Go after some of what no table tells."""
        hidden = [each for each in self.hidden if self._of(*each) not in self.told]
        for each in self.chance.sample(hidden, min(goals, len(hidden))):
            sums = [(leaf, at) for leaf, last in self._of(*each)[1] for at in range(last + 1)]
            self.attack.want("reports", sums, THRESHOLDS.k_reports - 1)
            self.attack.want("events", sums, self.events)
        return self.attack

    def _of(self, key: CellKey, since: Since) -> tuple[CellKey, tuple[tuple[CellKey, int], ...]]:
        return key, tuple((leaf, since[leaf]) for leaf in self.attack.under(key))


def _is_at(leaf: CellKey, row: Assessed) -> bool:
    arrival = adm2_of(row.adm3_arrival) if row.adm3_arrival else NO_ARRIVAL
    is_there = (leaf.start, leaf.area, leaf.category) == (row.day, row.adm3, row.category or "")
    return is_there and leaf.arrival in ("", arrival)


def single(seed: int, tiers: Sequence[str], leaves: Sequence[CellKey]) -> Attack:
    """An attack on the tables of some tiers at one moment."""
    country = Country.of(seed, leaves)
    reader = Reader.of(country, tiers[0])
    counted, new, of = country.counted(), dict.fromkeys(leaves, 0), divisions(leaves)
    most = disclose(counted, Rules.of("partners", THRESHOLDS), MARCH, of)
    for tier in tiers:
        rules = Rules.of(tier, THRESHOLDS)
        within = most if tier == "public" else None
        reader.read(disclose(counted, rules, MARCH, of, within), counted, new)
        reader.events = rules.m_events
    return reader.seek(GOALS)


def families(seed: int, tier: str, leaves: Sequence[CellKey]) -> Attack:
    """An attack on the numbers of families that are too small for their rows, and on those that
    came to a district which no table tells."""
    country = Country.of(seed, leaves)
    reader = Reader.of(country, tier)
    counted, since = country.counted(), dict.fromkeys(leaves, 0)
    table = disclose(counted, Rules.of(tier, THRESHOLDS), MARCH, divisions(leaves))
    reader.read(table, counted, since)
    truth = {cell.key: cell.hh_min or 0 for cell in counted}
    few = [
        cell.key
        for cell in table
        if not cell.suppressed and 0 < truth.get(cell.key, 0) < THRESHOLDS.k_people
    ]
    for key in few:
        reader.attack.guess("hh_min", key, THRESHOLDS.k_people - 1, since)
        unknowns = [(leaf, 0) for leaf in reader.attack.under(key)]
        reader.attack.want("hh_min", unknowns, THRESHOLDS.k_people - 1)
    told = {cell.key for cell in table if cell.came_min is not None}
    named = [leaf for leaf in leaves if leaf.arrival in DISTRICTS]
    places = {leaf._replace(area=leaf.arrival, category="", arrival="") for leaf in named}
    for key in sorted(places - told):
        left = reader.attack.came(table, key)
        if any(_is_at(leaf, row) for leaf in left for row in country.rows):
            reader.attack.want("hh_min", [(leaf, 0) for leaf in left], THRESHOLDS.k_people - 1)
    return reader.attack


def history(seed: int, keeps_ledger: bool = True, leaves: Sequence[CellKey] = LEAVES) -> Attack:
    """An attack on three releases, between which reports come in; and on what came in."""
    country = Country.of(seed, leaves)
    reader = Reader.of(country, "partners")
    releases: list[Release] = []
    since: Since = {}
    counted: list[Cell] = []
    last = country.chance.choice(mondays(MARCH.first, MARCH.last))
    for number in range(3):
        came, counted = counted, country.counted()
        period = Period(MARCH.first, country.chance.choice([last, MARCH.last]))
        tier = country.chance.choice(("partners", "public"))
        book = Ledger(releases if keeps_ledger else [], divisions(leaves))
        draft = book.draft(tier, THRESHOLDS, period, counted)
        releases.append(
            Release(tier, period.first, period.last, THRESHOLDS, draft.settles, before=None)
        )
        since |= {
            leaf: number
            for leaf in leaves
            if period.has_week(leaf.start)
            and (
                leaf.start not in book.settled
                or of_row(leaf, book.settled) != of_row(leaf, draft.weeks)
            )
        }
        truth = [
            cell for week in draft.weeks.values() for each in week.blocks.values() for cell in each
        ]
        given = {leaf: at for leaf, at in since.items() if period.has_week(leaf.start)}
        reader.read(draft.tells, truth, given)
        # What partners may be told is no secret that the ledger keeps from the public's readers.
        reader.allow(book.tell("partners", period, draft.weeks), given)
        seek_what_came(reader, came, counted, number)
        country.goes_on()
    return reader.seek(GOALS)


def of_row(leaf: CellKey, weeks: Settled) -> list[tuple[CellKey, int | None, int | None]]:
    """Reports and events of a leaf's row and its parts as they are settled."""
    blocks = weeks[leaf.start].blocks
    cells = blocks.get((leaf.start, leaf.area[:4], KIND), [])
    return sorted(
        (cell.key, cell.reports, cell.events)
        for cell in cells
        if adm2_of(cell.key.area) == adm2_of(leaf.area)
    )


def seek_what_came(
    reader: Reader, before: Sequence[Cell], after: Sequence[Cell], number: int
) -> None:
    """Go after rows to which too few reports came for the difference to be a row."""
    were = {cell.key: cell.reports or 0 for cell in before}
    few = [
        cell.key
        for cell in after
        if number and 0 < (cell.reports or 0) - were.get(cell.key, 0) < THRESHOLDS.k_reports
    ]
    for key in reader.chance.sample(few, min(GOALS, len(few))):
        unknowns = [(leaf, number) for leaf in reader.attack.under(key)]
        reader.attack.want("reports", unknowns, THRESHOLDS.k_reports - 1)


def found(make: Callable[[int], Attack], seeds: range) -> int:
    """How many withheld numbers are known too well."""
    batches = (seeds[start : start + AT_ONCE] for start in range(0, len(seeds), AT_ONCE))
    return sum(len(breaches([make(seed) for seed in batch])) for batch in batches)


@pytest.mark.parametrize("tiers", [["internal"], ["partners"], ["public"], ["partners", "public"]])
def test_nothing_withheld_is_known_better_than_to_be_withheld(tiers: list[str]) -> None:
    assert found(lambda seed: single(seed, tiers, LEAVES), range(TABLES)) == 0


@pytest.mark.parametrize("tiers", [["internal"], ["partners"], ["partners", "public"]])
def test_no_category_is_known_that_is_not_told(tiers: list[str]) -> None:
    assert found(lambda seed: single(seed, tiers, PARTED), range(TABLES // 2)) == 0


@pytest.mark.parametrize("tier", ["internal", "partners"])
def test_few_families_stay_few_and_no_more(tier: str) -> None:
    assert found(lambda seed: families(seed, tier, LEAVES), range(TABLES)) == 0


def test_families_that_came_tell_of_no_district_and_no_row_that_is_withheld() -> None:
    assert found(lambda seed: families(seed, "internal", PARTED), range(TABLES // 2)) == 0


@pytest.mark.parametrize(("leaves", "number"), [(LEAVES, HISTORIES), (TYPED, HISTORIES // 2)])
def test_nothing_that_came_in_between_two_releases_can_be_told_apart(
    leaves: list[CellKey], number: int
) -> None:
    assert found(lambda seed: history(seed, leaves=leaves), range(number)) == 0


@pytest.mark.parametrize("tier", ["internal", "partners", "public"])
def test_totals_that_ignore_what_is_withheld_are_seen_through(
    tier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disclosure.Rest, "is_safe", lambda _rest, _rules: True)
    assert found(lambda seed: single(seed, [tier], LEAVES), range(TABLES)) > 0


@pytest.mark.parametrize("leaves", [LEAVES, PARTED])
def test_parts_shown_without_a_second_one_hidden_are_seen_through(
    leaves: list[CellKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disclosure._Judge, "_hides", lambda *_: True)
    assert found(lambda seed: single(seed, ["partners"], leaves), range(WEAK)) > 0


def test_families_that_came_shown_without_a_second_district_hidden_are_seen_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(disclosure._Judge, "_hides", lambda *_: True)
    monkeypatch.setattr(disclosure._Judge, "_subdistricts", lambda *_: [])
    assert found(lambda seed: families(seed, "internal", PARTED), range(WEAK)) > 0


def test_totals_over_a_row_of_few_families_are_seen_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def careless(*values: Any, **flags: Any) -> Told:
        return Told(*values, **flags | {"has_people": True})

    monkeypatch.setattr(disclosure, "Told", careless)
    assert found(lambda seed: families(seed, "internal", LEAVES), range(WEAK)) > 0


def test_releases_without_a_ledger_are_seen_through() -> None:
    assert found(lambda seed: history(seed, keeps_ledger=False), range(WEAK)) > 0
