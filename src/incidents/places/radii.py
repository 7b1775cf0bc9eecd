"""How far off an answer may be, in kilometres: the true place lies inside about 95 times in 100.

Set by hand on 3,239 real places of known coordinates (tests/places/test_score.py). With half of the districts to set the scale on, the other
half is covered 94.8 times in 100. Outside Syria and Pakistan, which make up most of those places, coverage is 94.
"""

import math

from incidents.places.gazetteer import Found, Province

TOWN = {0: 10.0, 1: 10.0, 2: 15.0}  # by how the name matched: its own, another name, only its sound
NEAR = 30.0
DISTRICT_SCALE, DISTRICT_POWER = (
    1.85,
    0.75,
)  # of its province's radius: bigger provinces have more districts as well as bigger ones
DISTRICT_LEAST, DISTRICT_MOST = 42.0, 160.0
DECIDED = {"town": 5.0, "near": NEAR, "line": 50.0, "district": 60.0, "province": 250.0, "country": 1000.0}
UNKNOWN_PROVINCE = 200.0  # around the town that a province unknown to Natural Earth is named after
UNGUARDED = 1.5  # no province was stated, or none of that name is known


def town(place: Found, is_near: bool, is_guarded: bool, province: Province | None, away_km: float = 0.0) -> float:
    """`away_km`: how far from the place the row says to be; in which direction is not made use of."""
    if place.geo_precision == "district":
        radius = district(place, province)
    else:
        # a city of 4 million reaches 20 km
        stated = place.radius_km or max(TOWN[place.level], math.sqrt(place.population) / 100)
        radius = max(stated, NEAR) if is_near else stated if is_guarded else stated * UNGUARDED
    return max(radius, away_km + TOWN[0]) if away_km else radius


def district(seat: Found, province: Province | None) -> float:
    if seat.radius_km is not None and seat.geo_precision == "district":
        return seat.radius_km
    if province is None:
        return DISTRICT_MOST
    scaled = DISTRICT_SCALE * math.pow(province.radius_km, DISTRICT_POWER)
    return min(max(scaled, DISTRICT_LEAST), DISTRICT_MOST)


def line(length_km: float) -> float:
    """From the middle of a straight line to past its ends: roads bend."""
    return length_km / 2 * 1.1 + 10.0
