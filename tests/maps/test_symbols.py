"""An event type has one colour, whatever the filter."""

from incidents.maps.symbols import COLOURS, OTHER, colour, slots


def test_known_types_keep_their_colour_whatever_the_order() -> None:
    assert slots(["Riots", "Battles"])["Battles"] == slots(["Battles"])["Battles"] == 0


def test_ucdp_and_acled_battles_share_a_colour() -> None:
    assert slots(["State-based violence"])["State-based violence"] == slots(["Battles"])["Battles"]


def test_unknown_types_take_free_colours_and_the_rest_are_grey() -> None:
    assert list(slots(["IED", "Battles", "Mine", "Rock", "Vest", "RPG", "Flood"]).values()) == [1, 0, 2, 3, 4, 5, OTHER]


def test_no_type_is_grey() -> None:
    assert colour(None, {"Battles": 0}) == COLOURS[OTHER]


def test_at_most_seven_colours() -> None:
    assert len(COLOURS) == len(set(COLOURS)) == 7
