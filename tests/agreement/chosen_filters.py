"""Random filters over given data: values that occur, few enough shapes for each to be compiled once and used again."""

import random
from datetime import date, timedelta
from typing import Any

import pandas as pd
from tests.agreement.plain_pandas import PlainPandas

from incidents.model.filters import EVERYTHING, Box, IncidentFilter, Near, Where

SHAPES = (
    ("dates",),
    ("country", "dates"),
    ("admin1",),
    ("admin1", "location"),
    ("admin2", "words"),
    ("location", "actor"),
    ("near", "dates"),
    ("bbox", "least"),
    ("actor", "least", "most"),
    ("event_type", "geo_precision"),
    ("geo_precision", "dates"),
    ("words", "leave_out_words"),
    ("own_is", "dates"),
    ("own_is_not", "event_type"),
    ("source_is", "most"),
    ("location", "near", "bbox"),
)


class Chooser:
    def __init__(self, data: PlainPandas, own_column: str, seed: int) -> None:
        self.chance = random.Random(seed)
        self.data, self.own_column = data, own_column
        self.days = sorted(data.rows["event_date"])
        self.located = data.sites[data.sites["latitude"].notna()]
        self.words = sorted({word for text in data.rows["folded"].dropna() for word in text.split() if len(word) > 3})

    def filters(self, count: int) -> list[IncidentFilter]:
        """The first finds everything."""
        made = [EVERYTHING]
        for number in range(count - 1):
            parts = [
                getattr(self, f"_{part}", None) or (lambda part=part: self._choice(part))
                for part in SHAPES[number % len(SHAPES)]
            ]
            changes: dict[str, Any] = {}
            for part in parts:
                changes |= part()
            made.append(EVERYTHING.with_(**changes))
        return made

    def _choice(self, field: str) -> dict[str, Any]:
        column = self.data.sites[field] if field in ("country", "admin1", "admin2", "location") else self._known(field)
        values = sorted({value for value in column if value})
        if not values:
            return {}
        return {field: tuple(self.chance.sample(values, min(len(values), self.chance.choice((1, 2)))))}

    def _known(self, field: str) -> "pd.Series[Any]":
        rows = self.data.rows
        if field == "actor":
            return pd.concat([rows["actor1"], rows["actor2"]]).dropna()
        return rows[field].dropna()

    def _dates(self) -> dict[str, Any]:
        start: date = self.chance.choice(self.days)
        kind = self.chance.random()
        end = start + timedelta(days=self.chance.choice((0, 30, 400)))
        return {"start": start if kind < 0.9 else None, "end": end if kind > 0.1 else None}

    def _near(self) -> dict[str, Any]:
        at = self.located.iloc[self.chance.randrange(len(self.located))]
        moved = self.chance.uniform(-0.3, 0.3)
        return {
            "near": Near(
                round(at["latitude"] + moved, 3), round(at["longitude"] - moved, 3), self.chance.choice((20.0, 150.0))
            )
        }

    def _bbox(self) -> dict[str, Any]:
        at = self.located.iloc[self.chance.randrange(len(self.located))]
        size = self.chance.choice((0.5, 3.0))
        south, west = round(at["latitude"] - size, 3), round(at["longitude"] - size, 3)
        return {"bbox": Box(south, west, south + 2 * size, west + 2 * size)}

    def _least(self) -> dict[str, Any]:
        return {"fatalities_least": self.chance.choice((0, 1, 2, 10))}

    def _most(self) -> dict[str, Any]:
        return {"fatalities_most": self.chance.choice((3, 20))}

    def _words(self) -> dict[str, Any]:
        return {"words": self.chance.choice(self.words).upper()}

    def _geo_precision(self) -> dict[str, Any]:
        return {
            "geo_precision": self.chance.choice(
                (("town",), ("near", "district"), ("unlocated",), ("town", "unlocated"))
            )
        }

    def _leave_out_words(self) -> dict[str, Any]:
        return {"leave_out_words": True}

    def _own_is(self) -> dict[str, Any]:
        return {"where": (Where(self.own_column, self._own_value()), Where(self.own_column, ""))}

    def _own_is_not(self) -> dict[str, Any]:
        return {"where": (Where(self.own_column, self._own_value(), include=False),)}

    def _source_is(self) -> dict[str, Any]:
        values = sorted(self.data.rows["source"].dropna())
        return {"where": (Where("source", self.chance.choice(values)),)} if values else {}

    def _own_value(self) -> str:
        values = sorted({cells[self.own_column] for cells in self.data.extra.values() if self.own_column in cells})
        return self.chance.choice(values) if values else "none"
