"""What the search for duplicates compares: each incident's facts folded, and the keys under which it may be met."""

import unicodedata
from typing import Any

import ibis
from ibis import _

from incidents.model.mercator import WORLD
from incidents.queries.binding import bound
from incidents.queries.tables import incidents, sites

NEAR_KM = 5.0
LONGEST_DAYS = 400
"""An incident known no better than to several years meets everything and says nothing."""

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


def side(name: str, has_sites: bool) -> Any:
    """One dataset: a row for each place of an incident, with what the comparison needs and nothing else."""
    t: Any = incidents.filter(
        incidents.dataset_id == bound(name),
        incidents.event_date_end.epoch_days() >= bound("from_day", "int64") - 1,
        incidents.event_date.epoch_days() <= bound("to_day", "int64"),
    )
    other = "right" if name == "left" else "left"
    low, best, high = t.fatalities_low, t.fatalities, t.fatalities_high
    notes = _folded(t.notes).fill_null("")
    content = ibis.literal("|").join([t[column].cast("string").fill_null("") for column in _CONTENT])
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
        "rest": t.extra.hash(),
    }
    own = t.select(**facts, **_place(t))
    if not has_sites:
        return own
    s: Any = sites.filter(sites.dataset_id == bound(name)).select(
        site_of="incident_id", **{f"site_{column}": value for column, value in _place(sites).items()}
    )
    further = own.join(s, own.id == s.site_of)
    return own.union(
        further.select(
            **{column: further[column] for column in facts},
            **{column: further[f"site_{column}"] for column in _place(sites)},
        )
    )


def types_of(name: str) -> Any:
    """The words for types that a side uses: a type that the other side has no word for says nothing."""
    return incidents.filter(incidents.dataset_id == bound(name), incidents.event_type.notnull()).event_type.lower()


def _place(t: Any) -> dict[str, Any]:
    town = _folded(t.location).re_replace(_KIND_OF_TOWN, "")
    located = t.merc_x.notnull() & ~t.geo_precision.isin(_WIDE).fill_null(False)
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


def comparable(t: Any) -> Any:
    return t.filter(_.last - _.first <= LONGEST_DAYS)


def right_keys(t: Any) -> Any:
    """Once for each day, at its own cell and under its town's name."""
    days = _within_span(t.mutate(day=ibis.range(t.first, t.last + 1).unnest()))
    at_cell = days.filter(_.x.notnull()).mutate(
        key=(days.x >> _CELL_BITS) * _CELLS + (days.y >> _CELL_BITS), is_by_name=False
    )
    return at_cell.union(_by_name(days))


def left_keys(t: Any) -> Any:
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
