"""Names as analysts bring them: other spellings, other scripts, distances, areas in the place cell, towns at borders."""

import pytest

from incidents.model.place import PlaceQuery
from incidents.places.distance import kilometres


@pytest.mark.parametrize(
    ("name", "province", "country", "latitude", "longitude"),
    [
        ("Al-Hasakah", None, "Syria", 36.50, 40.75),
        ("Deir Ezzor", None, "Syria", 35.34, 40.14),
        ("Deir al-Zour", "Deir-ez-Zor", "Syria", 35.34, 40.14),
        ("Kamishli", "Al-Hasakah", "Syria", 37.05, 41.23),
        ("Kobani", "Aleppo", "Syria", 36.89, 38.35),
        ("Kiev", None, "Ukraine", 50.45, 30.52),
        ("Київ", None, "Ukraine", 50.45, 30.52),
        ("Artemivsk", "Donetsk", "Ukraine", 48.59, 38.00),
        ("Бахмут", "Донецька область", "Ukraine", 48.59, 38.00),
        ("Donetsk", None, "Russia", 48.34, 39.95),
        ("Al Fashir", "North Darfur", "Sudan", 13.63, 25.35),
        ("Goma", "Nord-Kivu", "DR Congo (Zaire)", -1.67, 29.23),
        ("Saint-Louis", None, "Senegal", 16.02, -16.49),
        ("N’Djaména", None, "Chad", 12.11, 15.04),
        ("Port au Prince", "Ouest", "Haiti", 18.54, -72.34),
        ("Mogadishu (Hodan)", "Banadir", "Somalia", 2.04, 45.34),
        ("Las Anod", None, "Somalia", 8.48, 47.36),
        ("Tripoli", None, "Libya", 32.89, 13.19),
        ("Tripoli", None, "Lebanon", 34.43, 35.84),
        ("خان يونس", None, "Palestine", 31.34, 34.31),
        ("Khan Younis", "Gaza Strip", "Palestine", 31.34, 34.31),
        ("Gaza", None, "Palestine", 31.50, 34.47),
        ("Rafah", "North Sinai", "Egypt", 31.28, 34.24),
        ("Mekelle", "Tigray", "Ethiopia", 13.50, 39.48),
        ("Coxs Bazar", None, "Bangladesh", 21.44, 92.01),
        ("Hodeidah", None, "Yemen", 14.80, 42.95),
        ("Port Sudan", None, "Sudan", 19.62, 37.22),
        ("Sadr City", "Baghdad", "Iraq", 33.39, 44.46),
    ],
)
def test_a_town_in_another_spelling_is_the_town(resolver, name, province, country, latitude, longitude):
    answer = resolver.resolve(PlaceQuery(name, None, province, country))
    assert (answer.status, answer.geo_precision, answer.matched_country) == ("matched", "town", country)
    assert kilometres(answer.latitude, answer.longitude, latitude, longitude) < 5


@pytest.mark.parametrize("name", ["Tripoli", "Rafah", "Goma", "Saint Louis"])
def test_a_name_of_several_countries_is_not_guessed(resolver, name):
    answer = resolver.resolve(PlaceQuery(name))
    assert (answer.status, answer.is_located) == ("ambiguous", False)


@pytest.mark.parametrize(
    ("text", "radius"),
    [
        ("10 km south of Herat", 30.0),
        ("60 km south of Herat", 70.0),
        ("60km from Herat", 70.0),
        ("about 80 kilometres north of Herat", 90.0),
        ("30-40 km south of Herat", 50.0),
        ("100 miles west of Herat", 170.9),
        ("Herat, 60 km south", 70.0),
        ("Herat (60 km to the south)", 70.0),
    ],
)
def test_the_radius_reaches_as_far_as_the_stated_distance(resolver, text, radius):
    answer = resolver.resolve(PlaceQuery(text, None, "Herat", "Afghanistan"))
    assert (answer.matched_name, answer.geo_precision, answer.geo_radius_km) == ("Herāt", "near", radius)


def test_a_distance_from_a_place_that_is_itself_a_rough_point_is_added(resolver):
    answer = resolver.resolve(PlaceQuery("40 km north of Jakigour", None, "Sistan-Baluchestan", "Iran"))
    assert (answer.geo_precision, answer.geo_radius_km) == ("near", 50.0)


@pytest.mark.parametrize("country", ["Mexico", "Colombia", "Mozambique", "Kazakhstan", "Algeria", "Malta"])
def test_the_countrys_name_is_not_a_town_or_province_that_shares_it(resolver, country):
    answer = resolver.resolve(PlaceQuery(country, None, None, country))
    assert (answer.status, answer.geo_precision, answer.matched_country) == ("matched", "country", country)


@pytest.mark.parametrize("country", ["Djibouti", "Luxembourg", "Singapore"])
def test_the_biggest_town_called_as_its_country_is_the_town(resolver, country):
    assert resolver.resolve(PlaceQuery(country, None, None, country)).geo_precision == "town"


def test_a_town_called_as_its_country_is_found_where_its_province_is_stated(resolver):
    answer = resolver.resolve(PlaceQuery("Colombia", None, "Huila", "Colombia"))
    assert (answer.geo_precision, answer.matched_admin1) == ("town", "Huila")


@pytest.mark.parametrize(
    ("name", "country", "province"),
    [
        ("Cauca", "Colombia", "Cauca"),
        ("North Darfur", "Sudan", "North Darfur"),
        ("Kharkiv oblast", "Ukraine", "Kharkiv"),
        ("Gaza Strip", "Palestine", "Gaza"),
    ],
)
def test_a_province_without_a_town_of_that_name_is_the_province(resolver, name, country, province):
    answer = resolver.resolve(PlaceQuery(name, None, None, country))
    assert (answer.status, answer.geo_precision, answer.matched_name) == ("matched", "province", province)


@pytest.mark.parametrize(
    ("name", "country", "province"),
    [
        ("Rafah", "Egypt", "North Sinai"),
        ("Kobani", "Syria", "Aleppo"),
        ("Quneitra", "Syria", "Quneitra"),
        ("Arauca", "Colombia", "Arauca"),
    ],
)
def test_a_town_at_the_border_is_in_a_province_of_its_own_country(resolver, name, country, province):
    assert resolver.resolve(PlaceQuery(name, None, None, country)).matched_admin1 == province


@pytest.mark.parametrize("name", ["Kivu", "Donbas", "Sinai", "Lake Chad", "Mount Elgon"])
def test_a_region_that_is_no_unit_falls_back_to_the_country(resolver, name):
    country = {"Kivu": "DR Congo", "Donbas": "Ukraine", "Sinai": "Egypt", "Lake Chad": "Chad", "Mount Elgon": "Kenya"}
    answer = resolver.resolve(PlaceQuery(name, None, None, country[name]))
    assert (answer.status, answer.geo_precision, answer.matched_country) == ("fallback", "country", country[name])


@pytest.mark.parametrize("name", ["Khash/Zahedan", "Khash or Zahedan", "Zahedan / Khash city"])
def test_either_of_two_towns_is_not_the_first(resolver, name):
    answer = resolver.resolve(PlaceQuery(name, None, "Sistan-Baluchestan", "Iran"))
    assert (answer.status, answer.geo_precision) == ("ambiguous", "province")
    assert {candidate.name for candidate in answer.candidates} == {"Khāsh", "Zahedan"}


@pytest.mark.parametrize("name", ["Kyiv/Kiev", "Kiev / Київ", "Kyiv or Xyzzy"])
def test_two_spellings_of_one_town_are_the_town(resolver, name):
    answer = resolver.resolve(PlaceQuery(name, None, None, "Ukraine"))
    assert (answer.status, answer.geo_precision, answer.matched_name) == ("matched", "town", "Kyiv")


@pytest.mark.parametrize(
    ("name", "province", "country", "latitude", "longitude"),
    [
        ("100 Mile House", "British Columbia", "Canada", 51.65, -121.29),
        ("Raabs / Thaya", "Lower Austria", "Austria", 48.85, 15.50),
    ],
)
def test_a_name_with_a_distance_or_a_stroke_in_it_is_a_name(resolver, name, province, country, latitude, longitude):
    answer = resolver.resolve(PlaceQuery(name, None, province, country))
    assert (answer.status, answer.geo_precision) == ("matched", "town")
    assert kilometres(answer.latitude, answer.longitude, latitude, longitude) < 5
