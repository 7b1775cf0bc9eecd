"""The user's own gazetteers and datasets as sources of the resolver."""

from incidents.model.place import Candidate, PlaceQuery
from incidents.places.own_candidates import WithOwnPlaces
from incidents.places.own_data import GivenPlace, OwnData
from incidents.places.own_gazetteer import parse_own_gazetteer
from incidents.places.resolver import Resolver, decision_key

HEADER = "name,district,province,country,latitude,longitude,source\n"
SISTAN = "Sistan-Baluchestan"


def with_own(gazetteer, rows):
    return Resolver(WithOwnPlaces(gazetteer, [parse_own_gazetteer((HEADER + rows).encode(), "own.csv")]))


def given(
    name, latitude, longitude, *, admin2=None, admin1=SISTAN, country="Iran", precision="town", dataset="last year"
):
    return GivenPlace(dataset, name, admin2, admin1, country, latitude, longitude, precision, 3)


def with_data(gazetteer, *places):
    return Resolver(gazetteer, None, OwnData(lambda: places))


def test_an_own_place_is_found_with_its_file_as_the_reason(gazetteer):
    answer = with_own(gazetteer, "Zzgour,,Sistan and Baluchestan,Iran,26.2,61.47,field team\n").resolve(
        PlaceQuery("Zzgour", None, SISTAN, "Iran")
    )
    assert (answer.latitude, answer.longitude, answer.geo_precision, answer.geo_source) == (
        26.2,
        61.47,
        "town",
        "gazetteer",
    )
    assert answer.why.endswith("Line 2 of your gazetteer own.csv (field team).")


def test_an_own_place_goes_before_the_shipped_gazetteer_in_its_province_alone(gazetteer):
    resolver = with_own(gazetteer, "Zahedan,,Sistan and Baluchestan,Iran,29.0,60.0,\n")
    assert resolver.resolve(PlaceQuery("Zahedan", None, SISTAN, "Iran")).latitude == 29.0
    assert resolver.resolve(PlaceQuery("Zahedan", None, "Kerman", "Iran")).latitude != 29.0


def test_an_own_place_without_a_province_gets_the_one_that_holds_its_point(gazetteer):
    answer = with_own(gazetteer, "Zzgour,,,IR,26.2,61.47,\n").resolve(PlaceQuery("Zzgour", None, SISTAN, "Iran"))
    assert (answer.latitude, answer.geo_precision) == (26.2, "town")


def test_two_own_places_of_one_name_far_apart_are_ambiguous(gazetteer):
    rows = "Zzgour,,Sistan and Baluchestan,Iran,26.2,61.47,\nZzgour,,Sistan and Baluchestan,Iran,28.2,61.47,\n"
    answer = with_own(gazetteer, rows).resolve(PlaceQuery("Zzgour", None, SISTAN, "Iran"))
    assert (answer.status, answer.geo_precision, len(answer.candidates)) == ("ambiguous", "province", 2)


def test_coordinates_of_another_dataset_place_a_name_that_no_gazetteer_has(gazetteer):
    answer = with_data(gazetteer, given("Zzgour", 26.2, 61.47)).resolve(
        PlaceQuery("zzgour", None, "Sistan and Baluchestan", "IRN")
    )
    assert (answer.latitude, answer.geo_precision, answer.geo_source, answer.geo_radius_km) == (
        26.2,
        "town",
        "own data",
        15.0,
    )
    assert "Your dataset last year gives these coordinates in 3 incidents" in answer.why


def test_own_data_never_outweighs_the_gazetteer(gazetteer):
    answer = with_data(gazetteer, given("Zahedan", 25.5, 60.0)).resolve(PlaceQuery("Zahedan", None, SISTAN, "Iran"))
    assert answer.geo_source == "gazetteer"
    assert round(answer.latitude, 1) == 29.5


def test_own_data_stays_in_its_country_and_province(gazetteer):
    resolver = with_data(gazetteer, given("Zzgour", 26.2, 61.47))
    for query in (
        PlaceQuery("Zzgour", None, "Kerman", "Iran"),
        PlaceQuery("Zzgour", None, None, "Iran"),
        PlaceQuery("Zzgour", None, "Balochistan", "Pakistan"),
    ):
        assert resolver.resolve(query).geo_source != "own data"


def test_own_data_of_another_district_is_not_taken(gazetteer):
    resolver = with_data(gazetteer, given("Zzgour", 26.2, 61.47, admin2="Rask"))
    assert resolver.resolve(PlaceQuery("Zzgour", "Zabol", SISTAN, "Iran")).geo_source == "gazetteer"
    assert resolver.resolve(PlaceQuery("Zzgour", "Rask", SISTAN, "Iran")).geo_source == "own data"


def test_a_point_without_a_stated_precision_is_near_the_place(gazetteer):
    resolver = with_data(gazetteer, given("Zzgour", 26.2, 61.47, precision="unstated"))
    answer = resolver.resolve(PlaceQuery("Zzgour", None, SISTAN, "Iran"))
    assert (answer.geo_precision, answer.geo_radius_km) == ("near", 30.0)


def test_a_point_that_stands_for_many_names_is_no_place_of_any(gazetteer):
    names = [given(f"Zz{letter}gour", 28.0, 61.3) for letter in "abcd"]
    assert with_data(gazetteer, *names).resolve(PlaceQuery("Zzagour", None, SISTAN, "Iran")).geo_source == "gazetteer"


def test_points_of_one_name_far_apart_are_ambiguous(gazetteer):
    resolver = with_data(gazetteer, given("Zzgour", 26.2, 61.47), given("Zzgour", 28.2, 61.47, dataset="older"))
    answer = resolver.resolve(PlaceQuery("Zzgour", None, SISTAN, "Iran"))
    assert (answer.status, answer.geo_precision, len(answer.candidates)) == ("ambiguous", "province", 2)


def test_points_of_one_name_close_together_widen_the_radius(gazetteer):
    resolver = with_data(gazetteer, given("Zzgour", 26.2, 61.47), given("Zzgour", 26.29, 61.47, dataset="older"))
    answer = resolver.resolve(PlaceQuery("Zzgour", None, SISTAN, "Iran"))
    assert (answer.status, answer.geo_precision) == ("matched", "town")
    assert 24.5 < answer.geo_radius_km < 25.5  # 15 and the 10 between the two


def test_own_data_is_not_read_before_it_is_needed(gazetteer):
    def read():
        raise AssertionError

    resolver = Resolver(gazetteer, None, OwnData(read))
    assert resolver.resolve(PlaceQuery("Zahedan", None, SISTAN, "Iran")).geo_precision == "town"


def test_a_decision_for_the_province_alone_has_the_provinces_radius(gazetteer):
    query = PlaceQuery("Zahedan", None, SISTAN, "Iran")
    province = Resolver(gazetteer).resolve(PlaceQuery(None, None, SISTAN, "Iran"))
    chosen = Candidate("Sistan and Baluchestan", "Sistan and Baluchestan", "Iran", 28.0, 61.3, "province", "decision")
    answer = Resolver(gazetteer, {decision_key(query): chosen}).resolve(query)
    assert (answer.geo_precision, answer.geo_source) == ("province", "decision")
    assert answer.geo_radius_km == province.geo_radius_km
