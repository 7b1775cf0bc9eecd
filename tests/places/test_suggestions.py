from incidents.model.place import PlaceQuery
from incidents.places.suggestions import areas, suggestions


def test_a_name_spelled_alike_is_suggested_in_the_stated_province_alone(resolver):
    query = PlaceQuery("Zahedun", None, "Sistan-Baluchestan", "Iran")
    found = suggestions(resolver, query, resolver.resolve(query))
    assert ("Zahedan", "spelled alike") in [(place.name, place.why) for place in found]
    assert {place.country for place in found} == {"Iran"}
    assert resolver.resolve(query).geo_precision == "province"


def test_rasht_is_no_suggestion_for_rask(resolver):
    query = PlaceQuery("Rask", None, "Sistan-Baluchestan", "Iran")
    assert "Rasht" not in [place.name for place in suggestions(resolver, query, resolver.resolve(query))]


def test_the_areas_around_a_place_can_be_chosen(resolver):
    found = areas(resolver, PlaceQuery("Xyzzy", "Khash", "Sistan-Baluchestan", "Iran"))
    assert [place.geo_precision for place in found] == ["district", "province", "country"]
