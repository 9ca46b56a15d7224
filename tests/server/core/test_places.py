"""Areas and places hang together."""

from amana.core.places import Areas, adm1_of, adm2_of

AREAS = Areas.load()


def test_every_area_lies_in_one_of_the_level_above() -> None:
    assert {adm1_of(code) for code in AREAS.adm2} <= set(AREAS.adm1)
    assert {adm2_of(code) for code in AREAS.adm3} <= set(AREAS.adm2)


def test_every_community_lies_in_a_subdistrict() -> None:
    assert all(AREAS.exists(adm3) for adm3 in AREAS.communities.values())


def test_every_area_has_a_name_in_both_languages() -> None:
    for level in (AREAS.adm1, AREAS.adm2, AREAS.adm3):
        assert all(names["ar"] and names["en"] for names in level.values())


def test_a_place_gives_its_subdistrict() -> None:
    assert AREAS.place_adm3("C3575") == "SY060200"
    assert AREAS.place_adm3("C0000000") is None


def test_an_area_that_is_not_known_does_not_exist() -> None:
    assert not AREAS.exists("SY999999")
