"""Any filter over the made incidents, as a Hypothesis strategy."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from tests.views.made_data import ACTORS, TOWNS, TYPES

from incidents.model.filters import ALL_DATASETS, EVERYTHING, Box, IncidentFilter, Near, Where

PLACES = list(TOWNS.values())


def some(values: Any) -> st.SearchStrategy[tuple[str, ...]]:
    return st.one_of(
        st.just(()), st.lists(st.sampled_from([v for v in values if v]), min_size=1, max_size=3, unique=True).map(tuple)
    )


def _where(text: str) -> Where:
    column, _, value = text.partition("=")
    return Where(column.removesuffix("!"), value, not column.endswith("!"))


days = st.integers(0, 4000).map(lambda number: date(2015, 1, 1) + timedelta(days=number))
filters = st.builds(
    IncidentFilter,
    start=st.none() | days,
    end=st.none() | days,
    country=some(sorted({place[0] for place in PLACES})),
    admin1=some(sorted({place[1] for place in PLACES})),
    admin2=some(sorted({place[2] or "" for place in PLACES})),
    location=some(TOWNS),
    near=st.none()
    | st.builds(
        Near,
        st.sampled_from((25.5, -16.0, 89.0)),
        st.sampled_from((60.0, 179.0, -179.5)),
        st.sampled_from((90.0, 3000.0)),
    ),
    bbox=st.none() | st.sampled_from((Box(20, 55, 32, 70), Box(-30, 170, 0, -160), Box(-90, -180, 90, 180))),
    actor=some(ACTORS),
    event_type=some(TYPES),
    fatalities_least=st.none() | st.integers(0, 8),
    fatalities_most=st.none() | st.integers(0, 8),
    geo_precision=some(("town", "near", "province", "sea", "unlocated")),
    words=st.sampled_from(("", "", "ambush", "Naive POLICE", "50%", "گشت", "_ x")),
    where=some(("Weapon=rifle", "Weapon!=bomb", "Weapon=", "source=A", "source!=", "source!=B")).map(
        lambda texts: tuple(_where(text) for text in texts)
    ),
    leave_out_words=st.booleans(),
    dataset=st.sampled_from(((), ("made",), ALL_DATASETS)),
)


@st.composite
def narrow_filters(draw: st.DrawFn) -> IncidentFilter:
    """At most three fields set, so that most filters find something."""
    drawn = draw(filters)
    kept = draw(st.sets(st.sampled_from(drawn.set_fields() or ("words",)), max_size=3))
    return EVERYTHING.with_(**{name: getattr(drawn, name) for name in kept}, dataset=drawn.dataset)
