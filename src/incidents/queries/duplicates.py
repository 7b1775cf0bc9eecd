"""Duplicates: pairs of incidents of two datasets, or of one, that may be the same event.

Rows meet where they share a day and a cell of the map, or a day and a town's name; so no row is compared with all.
"""

from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from incidents.queries.binding import bound
from incidents.queries.duplicate_keys import LONGEST_DAYS, NEAR_KM, comparable, left_keys, right_keys, side
from incidents.queries.shape import haversine_limit
from incidents.queries.tables import incidents

MOST_ALIKE = 10
"""More counterparts than this, none better than another: nothing tells them apart, so none is proposed."""

CROWDED = 600
"""Incidents of one day and cell, or day and town, beyond which that day and place is not compared."""

MOST_CANDIDATES = 100_000
"""Pairs that leave the engine for each span of days, the likeliest first."""

DAYS_COUNTED = 10
"""Incidents are counted by so many days, to cut a long time into spans."""

POINTS = {
    "days": {"same": 4, "overlap": 2, "beside": 0},
    "place": {"point": 4, "near": 2, "town": 2},
    "actors": {"all": 5, "one": 3, "not known": 0},
    "toll": {"equal": 4, "none": 1, "overlap": 1, "not known": 0},
    "words": {"same": 4, "other": 0},
    "type": {"same": 1, "other": 0},
    "ids": {"same": 6, "other": 0},
}
"""What each kind of agreement counts."""

EXACT = 100
"""What a pair of exact copies counts besides, so that it comes first."""


def candidates(is_one_dataset: bool, has_one_layout: bool, has_sites: bool) -> ir.Table:
    """The likeliest pairs, best first, with what agrees in each, and how many there were in all.

    `has_one_layout`: the file's own ids mean the same in both.
    """
    left = side("left", has_sites)
    right = left if is_one_dataset else side("right", has_sites)
    met = _met(left_keys(comparable(left)), right_keys(comparable(right)), is_one_dataset)
    told = _scored(_told(met, is_one_dataset, has_one_layout))
    if has_sites:  # a pair may meet at several places: the best counts
        best = ibis.row_number().over(group_by=("left_id", "right_id"), order_by=(_.score.desc(), _.angle))
        told = told.mutate(choice=best).filter(_.choice == 0).drop("choice")
    return _ranked(told)


def left_out(name: str, has_sites: bool) -> ir.Table:
    """How many incidents of a side are compared with none in this span: too many in one place on one day, or too long."""
    t = side(name, has_sites)
    long = t.filter(_.last - _.first > LONGEST_DAYS, _.first >= bound("from_day", "int64")).select("id")
    if name == "right":  # a crowd is left out on this side alone: that bounds the pairs
        keys = right_keys(comparable(t))
        long = long.union(keys.semi_join(_crowds(keys), ["key", "day"]).select("id"))
    return long.aggregate(incidents=_.id.nunique())


def by_days() -> ir.Table:
    """Incidents of both sides by their first day, in steps of `DAYS_COUNTED`."""
    t: Any = incidents.filter(incidents.dataset_id.isin([bound("left"), bound("right")]))
    step = (t.event_date.epoch_days() // DAYS_COUNTED).cast("int64")
    return t.group_by(step=step).aggregate(incidents=_.count()).order_by("step")


def named(count: int) -> ir.Table:
    """What a list of pairs shows of `count` incidents."""
    t: Any = incidents.filter(incidents.incident_id.isin([bound(f"incident_{number}") for number in range(count)]))
    return t.select("incident_id", "event_date", "location", "admin1", "country", "actor1", "actor2", "fatalities")


def _crowds(keys: Any) -> Any:
    return keys.group_by("key", "day").aggregate(n=_.count()).filter(_.n > CROWDED).select("key", "day")


def _met(left: Any, right: Any, is_one_dataset: bool) -> Any:
    """Pairs that satisfy every condition, each once for each of its two ways to meet."""
    right = right.anti_join(_crowds(right), ["key", "day"])
    r = right.view()
    conditions = [
        left.key == r.key,
        left.day == r.day,
        left.is_by_name == r.is_by_name,
        left.day == ibis.greatest(left.first - 1, r.first),  # the first common day alone
        (left.least.isnull()) | (r.least.isnull()) | ((left.least <= r.most) & (r.least <= left.most)),
        left.type.isnull()
        | r.type.isnull()
        | (left.type == r.type)
        | ~left.type_is_known_there
        | ~r.type_is_known_there,
    ]
    if is_one_dataset:
        conditions.append(left.id < r.id)
    return left.join(r, conditions, lname="left_{name}", rname="right_{name}")


def _told(met: Any, is_one_dataset: bool, has_one_layout: bool) -> Any:
    """What agrees in each pair, one word for each subject of `POINTS`."""
    m = met
    angle = _angle(m)
    is_near = (m.left_x.notnull() & m.right_x.notnull() & (angle <= haversine_limit(NEAR_KM))).fill_null(False)
    has_one_town = (m.left_town == m.right_town).fill_null(False)
    nobody = _nobody(m, "left") | _nobody(m, "right")
    shares_one = _shares(m.left_name1, m) | _shares(m.left_name2, m)
    shares_all = (m.left_name1.identical_to(m.right_name1) & m.left_name2.identical_to(m.right_name2)) | (
        m.left_name1.identical_to(m.right_name2) & m.left_name2.identical_to(m.right_name1)
    )
    has_one_id = (m.left_source_id == m.right_source_id).fill_null(False) if has_one_layout else ibis.literal(False)
    is_exact = (m.left_content == m.right_content) & (m.left_rest == m.right_rest)
    if has_one_layout:
        is_exact &= has_one_id | m.left_source_id.isnull() | m.right_source_id.isnull()
    told = m.filter(ibis.ifelse(m.left_is_by_name, has_one_town & ~is_near, is_near), nobody | shares_one).select(
        "left_id", "right_id", "left_source_row", "right_source_row", "left_first",
        angle=angle,
        days=ibis.cases(
            ((m.left_first == m.right_first) & (m.left_last == m.right_last), "same"),
            ((m.left_first <= m.right_last) & (m.right_first <= m.left_last), "overlap"),
            else_="beside",
        ),
        place=ibis.cases((is_near & (angle == 0.0), "point"), (is_near, "near"), else_="town"),
        actors=ibis.cases((nobody, "not known"), (shares_all, "all"), else_="one"),
        toll=ibis.cases(
            (m.left_least.isnull() | m.right_least.isnull(), "not known"),
            ((m.left_best == m.right_best) & (m.left_best > 0), "equal"),
            ((m.left_best == 0) & (m.right_best == 0), "none"),
            else_="overlap",
        ),
        words=ibis.ifelse((m.left_words == m.right_words).fill_null(False), "same", "other"),
        type=ibis.ifelse((m.left_type == m.right_type).fill_null(False), "same", "other"),
        ids=ibis.ifelse(has_one_id, "same", "other"),
        is_exact=is_exact,
    )  # fmt: skip
    if is_one_dataset:  # one day and one place alone say nothing within a file
        told = told.filter(
            _.is_exact | (_.actors != "not known") | (_.toll == "equal") | (_.words == "same") | (_.ids == "same")
        )
    return told


def _scored(told: Any) -> Any:
    points = [
        ibis.cases(*((told[subject] == word, count) for word, count in words.items()), else_=0)
        for subject, words in POINTS.items()
    ]
    return told.mutate(score=sum(points, ibis.ifelse(told.is_exact, EXACT, 0)))


def _ranked(scored: Any) -> Any:
    """Best first. Pairs whose incident has too many equal best counterparts come last, marked and counted."""
    for each in ("left", "right"):
        scored = scored.mutate(best=_.score.max().over(group_by=f"{each}_id"))
        scored = scored.mutate(**{f"{each}_alike": (_.score == _.best).sum().over(group_by=f"{each}_id")}).drop("best")
    marked = scored.mutate(
        is_undecided=~scored.is_exact & ((scored.left_alike > MOST_ALIKE) | (scored.right_alike > MOST_ALIKE))
    )
    counted = marked.mutate(of=(~marked.is_undecided).sum().over(), undecided=marked.is_undecided.sum().over())
    return counted.order_by(
        "is_undecided", _.score.desc(), "angle", "left_source_row", "right_source_row", "left_id", "right_id"
    ).limit(MOST_CANDIDATES)


def _angle(m: Any) -> Any:
    """The haversine of the angle between the two; exactly 0 at one point."""
    north = ((m.left_latitude - m.right_latitude).radians() / 2.0).sin()
    east = ((m.left_longitude - m.right_longitude).radians() / 2.0).sin()
    return north * north + m.left_latitude.radians().cos() * m.right_latitude.radians().cos() * east * east


def _nobody(m: Any, name: str) -> Any:
    return m[f"{name}_name1"].isnull() & m[f"{name}_name2"].isnull()


def _shares(name: Any, m: Any) -> Any:
    return (name == m.right_name1).fill_null(False) | (name == m.right_name2).fill_null(False)
