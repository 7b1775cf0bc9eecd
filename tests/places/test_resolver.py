import pytest

from incidents.model.place import Candidate, PlaceQuery
from incidents.places.distance import kilometres
from incidents.places.resolver import Resolver, decision_key

SB, BALOCHISTAN = "Sistan-Baluchestan", "Balochistan"


def away(answer, latitude, longitude):
    return kilometres(answer.latitude, answer.longitude, latitude, longitude)


@pytest.mark.parametrize(
    "name", ["Chabahar", "Chah Bahar", "Chābahār", "چابهار", "Tchabahar", "CHABAHAR", "Chah-Bahar city"]
)
def test_every_spelling_of_chabahar_is_the_city(resolver, name):
    answer = resolver.resolve(PlaceQuery(name, None, SB, "Iran"))
    assert (answer.status, answer.geo_precision, answer.geo_source) == ("matched", "town", "gazetteer")
    assert away(answer, 25.29, 60.64) < 5


@pytest.mark.parametrize("name", ["Rask", "Rāsak", "راسک", "Rasak", "rask town"])
@pytest.mark.parametrize("province", [SB, None])
def test_rask_is_rasak_and_never_rasht_or_rusk(resolver, name, province):
    answer = resolver.resolve(PlaceQuery(name, None, province, "Iran"))
    assert (answer.matched_name, answer.matched_country) == ("Rāsak", "Iran")
    assert (round(answer.latitude, 3), round(answer.longitude, 3)) == (26.237, 61.399)


@pytest.mark.parametrize(
    ("name", "province", "country", "latitude", "longitude"),
    [
        ("Khash", SB, "Iran", 28.221, 61.216),
        ("Khash", None, "Iran", 28.221, 61.216),
        ("Khash", None, "Afghanistan", 31.529, 62.791),
        ("Khash", "Nimroz", "Afghanistan", 31.529, 62.791),
        ("Pishin", SB, "Iran", 26.079, 61.754),
        ("Pishin", BALOCHISTAN, "Pakistan", 30.582, 66.994),
        ("Pishin", None, "Iran", 26.079, 61.754),
        ("Pishin", None, "Pakistan", 30.582, 66.994),
        ("Kalat", BALOCHISTAN, "Pakistan", 29.027, 66.594),
        ("Kalat", None, "Pakistan", 29.027, 66.594),
        ("Kalat", "Zabul", "Afghanistan", 32.106, 66.908),
        ("Kerman", None, "Iran", 30.283, 57.079),
        ("Kerman", None, "United States", 36.724, -120.060),
        ("Zahedan", SB, "Iran", 29.496, 60.863),
        ("زاهدان", SB, "Iran", 29.496, 60.863),
        ("Zabol", SB, "Iran", 31.031, 61.495),
        ("Saravan", SB, "Iran", 27.371, 62.331),
        ("Iranshahr", SB, "Iran", 27.202, 60.685),
        ("Mirjaveh", SB, "Iran", 29.015, 61.450),
        ("Nikshahr", SB, "Iran", 26.226, 60.214),
        ("Nik Shahr", SB, "Iran", 26.226, 60.214),
        ("Mehrestan", SB, "Iran", 27.131, 61.674),
        ("Zaboli", SB, "Iran", 27.131, 61.674),
        ("Bent", SB, "Iran", 26.293, 59.518),
        ("Negour", SB, "Iran", 25.389, 61.138),
        ("Sarbaz", SB, "Iran", 26.632, 61.258),
        ("Quetta", BALOCHISTAN, "Pakistan", 30.184, 67.001),
        ("Taftan", BALOCHISTAN, "Pakistan", 28.947, 61.587),
        ("Ormara", BALOCHISTAN, "Pakistan", 25.210, 64.636),
        ("Panjgur", BALOCHISTAN, "Pakistan", 26.972, 64.095),
        ("Ar Raqqah town", "Ar Raqqah governorate", "Syria", 35.953, 39.008),
    ],
)
def test_towns_of_the_field(resolver, name, province, country, latitude, longitude):
    answer = resolver.resolve(PlaceQuery(name, None, province, country))
    assert (answer.status, answer.geo_precision, answer.matched_country) == ("matched", "town", country)
    assert away(answer, latitude, longitude) < 5


def test_zabol_in_afghanistan_is_the_province_of_that_name(resolver):
    answer = resolver.resolve(PlaceQuery("Zabol", None, None, "Afghanistan"))
    assert (answer.geo_precision, answer.matched_name, answer.matched_country) == ("province", "Zabul", "Afghanistan")


def test_kalat_in_iran_is_the_name_of_several_places_and_not_pakistans_town(resolver):
    answer = resolver.resolve(PlaceQuery("Kalat", None, None, "Iran"))
    assert (answer.status, answer.geo_precision, answer.matched_country) == ("ambiguous", "country", "Iran")
    assert {candidate.country for candidate in answer.candidates} == {"Iran"}


def test_rask_in_the_province_of_rasht_is_not_rasht(resolver):
    answer = resolver.resolve(PlaceQuery("Rask", None, "Gilan", "Iran"))
    assert (answer.status, answer.geo_precision, answer.matched_name) == ("fallback", "province", "Gilan")


@pytest.mark.parametrize("name", ["Sabz Koh", "Koh-e-Sabz", "Koh-i-Sabz"])
@pytest.mark.parametrize("district", ["Panjgur", None])
def test_sabz_koh_is_no_town_at_panjgur(resolver, name, district):
    answer = resolver.resolve(PlaceQuery(name, district, BALOCHISTAN, "Pakistan"))
    assert (answer.status, answer.geo_precision, answer.geo_radius_km) == ("fallback", "district", 100.0)


def test_tasuki_is_near_the_point_that_ucdp_uses(resolver):
    answer = resolver.resolve(PlaceQuery("Tasuki", None, SB, "Iran"))
    assert (answer.geo_precision, answer.latitude, answer.longitude) == ("near", 30.4034, 61.1567)


def test_jakigour_is_near_the_point_that_ucdp_uses(resolver):
    answer = resolver.resolve(PlaceQuery("Jakigour", None, SB, "Iran"))
    assert (answer.geo_precision, answer.latitude, answer.longitude) == ("near", 26.128974, 61.516919)


@pytest.mark.parametrize("name", ["Sib and Suran", "Sib va Suran", "Sib-Suran", "سیب و سوران", "Sib and Suran County"])
def test_sib_and_suran_is_one_district(resolver, name):
    answer = resolver.resolve(PlaceQuery(name, None, SB, "Iran"))
    assert (answer.matched_name, answer.geo_precision, answer.geo_radius_km) == ("Sib and Suran", "district", 50.0)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Sib and Suran", True),
        ("Sistan and Baluchestan", True),
        ("Chabahar and Rask", False),
        ("Iranshahr and Khash", False),
    ],
)
def test_one_place_with_and_is_known_from_two(resolver, text, is_one):
    assert resolver.knows(text, SB, "Iran") is is_one


def test_taftan_in_iran_is_the_county_not_pakistans_town(resolver):
    answer = resolver.resolve(PlaceQuery("Taftan", None, SB, "Iran"))
    assert (answer.geo_precision, answer.matched_country) == ("district", "Iran")
    assert away(answer, 28.55, 60.95) < 10


@pytest.mark.parametrize("name", ["Lulakdan", "Gohar Kuh", "Polan", "Koh-e-Sabz"])
def test_a_place_without_open_coordinates_says_so(resolver, name):
    country, province = ("Pakistan", BALOCHISTAN) if name == "Koh-e-Sabz" else ("Iran", SB)
    answer = resolver.resolve(PlaceQuery(name, None, province, country))
    assert (answer.status, answer.geo_precision) == ("fallback", "district")
    assert answer.geo_radius_km >= 60
    assert "No open coordinate found" in answer.why


@pytest.mark.parametrize(
    "province",
    [
        "Sistan-Baluchestan", "Sistan and Baluchestan", "Sistan va Baluchestan", "Sistan and Baluchistan", "Sistan & Balouchestan", "Sistan-o-Baluchestan",
        "Seistan and Baluchistan", "Ostan-e Sistan va Baluchestan", "Sistan Baluchistan province", "سیستان و بلوچستان", "استان سیستان و بلوچستان",
        "Sistan and Balcoochestan", "SISTAN-BALUCHESTAN", "Sistan and Balochistan", "Baluchestan and Sistan", "سيستان وبلوشستان",
    ],
)  # fmt: skip
def test_every_spelling_of_the_province(resolver, province):
    answer = resolver.resolve(PlaceQuery(None, None, province, "Iran"))
    assert (answer.status, answer.geo_precision, answer.matched_name) == (
        "matched",
        "province",
        "Sistan and Baluchestan",
    )
    assert answer.geo_radius_km == 330.0


def test_an_unknown_village_falls_back_to_its_province(resolver):
    answer = resolver.resolve(PlaceQuery("Xyzzyabad", None, SB, "Iran"))
    assert (answer.status, answer.geo_precision, answer.matched_name) == (
        "fallback",
        "province",
        "Sistan and Baluchestan",
    )
    assert answer.why.startswith('"Xyzzyabad" is not known in Sistan and Baluchestan')


def test_an_unknown_village_falls_back_to_its_district_first(resolver):
    answer = resolver.resolve(PlaceQuery("Xyzzyabad", "Khash county", SB, "Iran"))
    assert (answer.status, answer.geo_precision) == ("fallback", "district")
    assert away(answer, 28.221, 61.216) < 5


def test_a_town_far_from_the_stated_district_is_not_taken(resolver):
    answer = resolver.resolve(PlaceQuery("Zabol", "Chabahar county", SB, "Iran"))
    assert (answer.status, answer.geo_precision) == ("fallback", "district")
    assert away(answer, 25.29, 60.64) < 5
    assert [c.name for c in answer.candidates] == ["Zābol"]


def test_the_same_name_in_another_province_is_not_taken(resolver):
    answer = resolver.resolve(PlaceQuery("Rasht", None, SB, "Iran"))
    assert (answer.status, answer.geo_precision) == ("fallback", "province")
    assert "Rasht" in [c.name for c in answer.candidates]


def test_the_stated_country_is_never_overridden(resolver):
    answer = resolver.resolve(PlaceQuery("Quetta", None, None, "Iran"))
    assert (answer.status, answer.geo_precision, answer.matched_country) == ("fallback", "country", "Iran")


@pytest.mark.parametrize("country", ["Yemen (North Yemen)", "Myanmar (Burma)", "DR Congo (Zaire)"])
def test_the_country_comes_back_as_the_file_states_it(resolver, country):
    assert resolver.resolve(PlaceQuery("Xyzzy", None, None, country)).matched_country == country


def test_a_code_comes_back_as_the_countrys_name(resolver):
    assert resolver.resolve(PlaceQuery("Rask", None, None, "IRN")).matched_country == "Iran"


def test_an_unknown_country_is_not_found(resolver):
    answer = resolver.resolve(PlaceQuery("Rask", None, None, "Freedonia"))
    assert (answer.status, answer.is_located, answer.geo_radius_km) == ("not_found", False, None)
    assert answer.why == 'No country is called "Freedonia".'


def test_without_a_country_only_one_country_with_the_name_will_do(resolver):
    answer = resolver.resolve(PlaceQuery("Chabahar"))
    assert (answer.status, answer.matched_country) == ("matched", "Iran")
    assert "No country was stated" in answer.why


def test_without_a_country_the_province_may_tell(resolver):
    answer = resolver.resolve(PlaceQuery("Khash", None, "Sistan and Baluchestan"))
    assert (answer.matched_country, answer.geo_precision) == ("Iran", "town")


@pytest.mark.parametrize("name", ["Khash", "Kerman", "Pishin"])
def test_without_a_country_a_name_of_several_countries_is_ambiguous(resolver, name):
    answer = resolver.resolve(PlaceQuery(name))
    assert (answer.status, answer.is_located) == ("ambiguous", False)
    assert len({candidate.country for candidate in answer.candidates}) > 1


def test_places_of_one_name_far_apart_fall_back_to_the_province_and_are_kept(resolver):
    answer = resolver.resolve(PlaceQuery("Guadalupe", None, "Chihuahua", "Mexico"))
    assert (answer.status, answer.geo_precision) == ("ambiguous", "province")
    assert len(answer.candidates) >= 2


@pytest.mark.parametrize(
    "name", ["near Rask", "outskirts of Rask", "Rask border area", "10 km north of Rask", "Rask road"]
)
def test_words_beside_a_name_lower_the_precision(resolver, name):
    answer = resolver.resolve(PlaceQuery(name, None, SB, "Iran"))
    assert (answer.geo_precision, answer.geo_radius_km, answer.matched_name) == ("near", 30.0, "Rāsak")


@pytest.mark.parametrize("name", ["Khash-Zahedan road", "Road between Khash and Zahedan", "Khash – Zahedan highway"])
def test_a_road_between_two_towns_is_a_line(resolver, name):
    answer = resolver.resolve(PlaceQuery(name, None, SB, "Iran"))
    assert (answer.geo_precision, round(answer.latitude, 2), round(answer.longitude, 2)) == ("line", 28.86, 61.04)
    assert answer.geo_radius_km > 72  # half the way between them


def test_between_two_towns_is_near(resolver):
    assert resolver.resolve(PlaceQuery("Between Khash and Zahedan", None, SB, "Iran")).geo_precision == "near"


def test_a_road_with_one_known_end_is_near_that_end(resolver):
    answer = resolver.resolve(PlaceQuery("Rask-Xyzzyabad road", None, SB, "Iran"))
    assert (answer.status, answer.geo_precision, answer.matched_name) == ("fallback", "near", "Rāsak")


def test_a_province_in_the_place_cell_is_a_province(resolver):
    answer = resolver.resolve(PlaceQuery("Helmand province", None, "Helmand", "Afghanistan"))
    assert (answer.status, answer.geo_precision, answer.matched_name) == ("matched", "province", "Helmand")


def test_a_town_called_like_its_province_is_the_town(resolver):
    assert resolver.resolve(PlaceQuery("Kerman", None, "Kerman", "Iran")).geo_precision == "town"


def test_the_country_in_the_place_cell_is_the_country(resolver):
    assert resolver.resolve(PlaceQuery("Iran", None, None, "Iran")).geo_precision == "country"


def test_a_district_not_called_after_its_seat_is_known(resolver):
    answer = resolver.resolve(PlaceQuery("Xyzzy", "North Waziristan", "FATA", "Pakistan"))
    assert answer.geo_precision == "district"
    assert away(answer, 33.00, 70.07) < 5


def test_a_territory_is_looked_up_where_the_gazetteer_files_it(resolver):
    answer = resolver.resolve(PlaceQuery("Beit Hanoun", None, "Gaza Strip", "Israel"))
    assert (answer.geo_precision, answer.matched_country) == ("town", "Israel")
    assert away(answer, 31.54, 34.54) < 5


def test_a_decision_comes_before_the_gazetteer(gazetteer):
    query = PlaceQuery("Lulakdan", None, SB, "Iran")
    chosen = Candidate("Lulakdan", "Sistan and Baluchestan", "Iran", 28.9, 61.3, "town", "own data")
    answer = Resolver(gazetteer, {decision_key(query): chosen}).resolve(query)
    assert (answer.latitude, answer.longitude, answer.geo_source, answer.geo_precision) == (
        28.9,
        61.3,
        "decision",
        "town",
    )


def test_a_decision_holds_for_other_spellings_of_the_same_place():
    assert decision_key(PlaceQuery("LULAKDAN ", None, "Sistan and Baluchestan", "IRN")) == decision_key(
        PlaceQuery("Lulakdan", None, SB, "Iran")
    )


def test_a_decision_for_one_province_is_not_taken_for_another():
    assert decision_key(PlaceQuery("Kalat", None, SB, "Iran")) != decision_key(
        PlaceQuery("Kalat", None, BALOCHISTAN, "Pakistan")
    )


def test_nothing_named_is_not_found(resolver):
    assert resolver.resolve(PlaceQuery("", "", "", "")).status == "not_found"
    assert resolver.resolve(PlaceQuery(None)).status == "not_found"


def test_answers_come_in_the_order_of_the_queries(resolver):
    names = ["Rask", "Khash", "Rask"]
    answers = resolver.resolve_many([PlaceQuery(name, None, SB, "Iran") for name in names])
    assert [answer.matched_name for answer in answers] == ["Rāsak", "Khāsh", "Rāsak"]
