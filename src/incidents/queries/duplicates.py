"""Duplicates: pairs of incidents of two datasets, or of one, that may be the same event.

Rows meet where they share a day and a cell of the map, or a day and a town's name; so no row is compared with all.
"""

import unicodedata
from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from incidents.model.mercator import WORLD
from incidents.queries.binding import bound
from incidents.queries.shape import haversine_limit
from incidents.queries.tables import incidents, sites

NEAR_KM = 5.0
LONGEST_DAYS = 400
"""An incident known no better than to several years meets everything and says nothing."""

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

_CELL_BITS = 20  # 1,024 cells around the equator, 39 km each there: a circle of 5 km lies in one or two
_CELLS = WORLD >> _CELL_BITS
_NEAR_UNITS = 1.02 * NEAR_KM / 40_075.017 * WORLD  # mercator integers at the equator, a little wider
_WIDE = ("country", "province", "sea")  # their coordinates are the middle of an area, near to nothing
_NOBODY = r"^(civilians?|unknown|unidentified|unspecified|nan|none|n a)?$|^(unknown|unidentified|unspecified) "
_KIND_OF_TOWN = r" (town|city|village|municipality)$"
_ARABIC, _PERSIAN = "يىئكةأإآٱؤ", "یییکهااااو"
_LETTERS = [(chr(code), unicodedata.normalize("NFKD", chr(code))[0]) for code in range(0xE0, 0x250)]
_ACCENTED = "".join(letter for letter, plain in _LETTERS if plain.isascii())
_PLAIN = "".join(plain for _, plain in _LETTERS if plain.isascii())
_NO_END = 2**31 - 1
_CONTENT = (
    "event_date", "event_date_end", "event_type", "sub_event_type", "actor1", "actor2", "country", "admin1", "admin2", "location",
    "latitude", "longitude", "fatalities_low", "fatalities", "fatalities_high", "injured_low", "injured", "injured_high",
    "source", "source_date", "source_url", "notes",
)  # fmt: skip


def candidates(is_one_dataset: bool, has_one_layout: bool, has_sites: bool) -> ir.Table:
    """The likeliest pairs, best first, with what agrees in each, and how many there were in all.

    `has_one_layout`: the file's own ids mean the same in both.
    """
    left, right = _side("left", has_sites), _side("right", has_sites)
    met = _met(_left_keys(_comparable(left)), _right_keys(_comparable(right)), is_one_dataset)
    told = _scored(_told(met, is_one_dataset, has_one_layout))
    if has_sites:  # a pair may meet at several places: the best counts
        best = ibis.row_number().over(group_by=("left_id", "right_id"), order_by=(_.score.desc(), _.angle))
        told = told.mutate(choice=best).filter(_.choice == 0).drop("choice")
    return _ranked(told)


def left_out(side: str, has_sites: bool) -> ir.Table:
    """How many incidents of a side are compared with none in this span: too many in one place on one day, or too long."""
    t = _side(side, has_sites)
    keys = _right_keys(_comparable(t))
    hot = keys.semi_join(_crowds(keys), ["key", "day"]).select("id")
    long = t.filter(_.last - _.first > LONGEST_DAYS, _.first >= bound("from_day", "int64")).select("id")
    return hot.union(long).aggregate(incidents=_.id.nunique())


def by_days() -> ir.Table:
    """Incidents of both sides by their first day, in steps of `DAYS_COUNTED`."""
    t: Any = incidents.filter(incidents.dataset_id.isin([bound("left"), bound("right")]))
    step = (t.event_date.epoch_days() // DAYS_COUNTED).cast("int64")
    return t.group_by(step=step).aggregate(incidents=_.count()).order_by("step")


def named(count: int) -> ir.Table:
    """What a list of pairs shows of `count` incidents."""
    t: Any = incidents.filter(incidents.incident_id.isin([bound(f"incident_{number}") for number in range(count)]))
    return t.select("incident_id", "event_date", "location", "admin1", "country", "actor1", "actor2", "fatalities")


def types_of(side: str) -> Any:
    return incidents.filter(incidents.dataset_id == bound(side), incidents.event_type.notnull()).event_type.lower()


def _side(side: str, has_sites: bool) -> Any:
    """One dataset: a row for each place of an incident, with what the comparison needs and nothing else."""
    t: Any = incidents.filter(
        incidents.dataset_id == bound(side),
        incidents.event_date_end.epoch_days() >= bound("from_day", "int64") - 1,
        incidents.event_date.epoch_days() <= bound("to_day", "int64"),
    )
    other = "right" if side == "left" else "left"
    low, best, high = t.fatalities_low, t.fatalities, t.fatalities_high
    notes = _folded(t.notes)
    content = ibis.literal("|").join([t[name].cast("string").fill_null("") for name in _CONTENT])
    facts = {
        "source_id": t.source_id,
        "source_row": t.source_row,
        "type": t.event_type.lower(),
        "type_is_known_there": t.event_type.lower().isin(types_of(other)),
        "id": t.incident_id,
        "first": t.event_date.epoch_days(),
        "last": t.event_date_end.epoch_days(),
        "name1": _actor(t.actor1),
        "name2": _actor(t.actor2),
        "least": ibis.least(low, best, high),
        "best": best,
        # an open high has no end; some files state a high below their low
        "most": ibis.ifelse(
            high.isnull() & ibis.coalesce(low, best).notnull(), _NO_END, ibis.greatest(low, best, high)
        ),
        "words": ibis.ifelse(notes == "", ibis.null("int64"), notes.hash()),
        "content": content.hash(),
    }
    own = t.select(**facts, **_place(t))
    if not has_sites:
        return own
    s: Any = sites.filter(sites.dataset_id == bound(side)).select(
        site_of="incident_id", **{f"site_{name}": value for name, value in _place(sites).items()}
    )
    further = own.join(s, own.id == s.site_of)
    return own.union(
        further.select(
            **{name: further[name] for name in facts}, **{name: further[f"site_{name}"] for name in _place(sites)}
        )
    )


def _place(t: Any) -> dict[str, Any]:
    town = _folded(t.location).re_replace(_KIND_OF_TOWN, "")
    located = t.merc_x.notnull() & ~t.geo_precision.isin(_WIDE)
    return {
        "latitude": t.latitude,
        "longitude": t.longitude,
        "x": ibis.ifelse(located, t.merc_x.cast("int64"), ibis.null("int64")),
        "y": t.merc_y.cast("int64"),
        # two names in one: the town's and its country's
        "town": ibis.ifelse(town == "", ibis.null("string"), town + "|" + _folded(t.country).fill_null("")),
    }


def _folded(text: Any) -> Any:
    """As `fold_words` folds, as far as the engine can."""
    small = text.lower()
    # the engine is slow to translate, and few texts need it
    foreign = small.re_search(r"[^\x00-\x7F]")
    plain = ibis.ifelse(foreign, small.translate(_ARABIC + _ACCENTED, _PERSIAN + _PLAIN), small)
    return plain.re_replace(r"['`’‘ʿʾ]", "").re_replace(r"[^\pL\pN]+", " ").strip()


def _actor(name: Any) -> Any:
    """Null where it names nobody: civilians of two events are not an actor that they share."""
    folded = _folded(name)
    return ibis.ifelse(folded.re_search(_NOBODY), ibis.null("string"), folded)


def _comparable(t: Any) -> Any:
    return t.filter(_.last - _.first <= LONGEST_DAYS)


def _right_keys(t: Any) -> Any:
    """Once for each day, at its own cell and under its town's name."""
    days = _within_span(t.mutate(day=ibis.range(t.first, t.last + 1).unnest()))
    at_cell = days.filter(_.x.notnull()).mutate(
        key=(days.x >> _CELL_BITS) * _CELLS + (days.y >> _CELL_BITS), is_by_name=False
    )
    return at_cell.union(_by_name(days))


def _left_keys(t: Any) -> Any:
    """Once for each day and the days beside, at every cell that its circle touches and under its town's name."""
    days = _within_span(t.mutate(day=ibis.range(t.first - 1, t.last + 2).unnest()))
    wide = (_NEAR_UNITS / days.latitude.clip(-85.0, 85.0).radians().cos()).ceil().cast("int64")
    at: Any = days.filter(_.x.notnull()).mutate(wide=wide)
    columns = at.mutate(
        column=ibis.range((at.x - at.wide) >> _CELL_BITS, ((at.x + at.wide) >> _CELL_BITS) + 1).unnest()
    )
    cells = columns.mutate(
        row=ibis.range(
            (columns.y - columns.wide) >> _CELL_BITS, ((columns.y + columns.wide) >> _CELL_BITS) + 1
        ).unnest()
    )
    # the world goes round: the cell west of the first is the last
    keyed = cells.mutate(key=((cells.column + _CELLS) % _CELLS) * _CELLS + cells.row, is_by_name=False)
    return keyed.drop("wide", "column", "row").union(_by_name(days))


def _within_span(days: Any) -> Any:
    """A pair meets on one day only, so that spans of days can be compared one after the other."""
    return days.filter(_.day >= bound("from_day", "int64"), _.day < bound("to_day", "int64"))


def _by_name(days: Any) -> Any:
    return days.filter(_.town.notnull()).mutate(key=days.town.hash(), is_by_name=True)


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
    is_exact = m.left_content == m.right_content
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
    for side in ("left", "right"):
        scored = scored.mutate(best=_.score.max().over(group_by=f"{side}_id"))
        scored = scored.mutate(**{f"{side}_alike": (_.score == _.best).sum().over(group_by=f"{side}_id")}).drop("best")
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


def _nobody(m: Any, side: str) -> Any:
    return m[f"{side}_name1"].isnull() & m[f"{side}_name2"].isnull()


def _shares(name: Any, m: Any) -> Any:
    return (name == m.right_name1).fill_null(False) | (name == m.right_name2).fill_null(False)
