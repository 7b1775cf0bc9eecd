"""The filter once more, as plain pandas over all rows of a store: written from the words of model.filters alone."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from incidents.model.filters import Box, IncidentFilter, Near
from incidents.normalise.folding import fold_words
from incidents.store import Store

PLACES = ("country", "admin1", "admin2", "location")


@dataclass(frozen=True)
class Found:
    ids: frozenset[str]
    dead: int
    unlocated: int


class PlainPandas:
    def __init__(self, store: Store, dataset_id: str) -> None:
        self.rows = pd.concat(batch.to_pandas() for batch in store.rows(dataset_id, "incidents")).set_index(
            "incident_id", drop=False
        )
        further = [batch.to_pandas() for batch in store.rows(dataset_id, "sites") if batch.num_rows]
        places = ["incident_id", *PLACES, "latitude", "longitude"]
        self.sites = pd.concat([self.rows[places], *(each[places] for each in further)], ignore_index=True)
        for name in PLACES:
            self.sites[name] = self.sites[name].astype("object").where(self.sites[name].notna(), "")
        self.extra = {key: dict(value) for key, value in self.rows["extra"].items()}

    def found(self, wanted: IncidentFilter) -> Found:
        rows = self.rows[self._mask(wanted)]
        return Found(frozenset(rows["incident_id"]), int(rows["fatalities"].sum()), int(rows["latitude"].isna().sum()))

    def _mask(self, wanted: IncidentFilter) -> "pd.Series[bool]":
        rows = self.rows
        mask = pd.Series(True, index=rows.index)
        if wanted.start:
            mask &= pd.to_datetime(rows["event_date_end"]) >= pd.Timestamp(wanted.start)
        if wanted.end:
            mask &= pd.to_datetime(rows["event_date"]) <= pd.Timestamp(wanted.end)
        for some_site in self._site_masks(wanted):
            mask &= rows["incident_id"].isin(self.sites.loc[some_site, "incident_id"])
        if wanted.actor:
            mask &= rows["actor1"].isin(wanted.actor) | rows["actor2"].isin(wanted.actor)
        if wanted.event_type:
            mask &= rows["event_type"].isin(wanted.event_type)
        if wanted.fatalities_least is not None:
            mask &= rows["fatalities"].ge(wanted.fatalities_least).fillna(False).astype(bool)
        if wanted.fatalities_most is not None:
            mask &= rows["fatalities"].le(wanted.fatalities_most).fillna(False).astype(bool)
        if wanted.geo_precision:
            known = rows["geo_precision"].where(rows["latitude"].notna(), "unlocated")
            mask &= known.isin(wanted.geo_precision)
        for word in fold_words(wanted.words).split():
            mask &= rows["folded"].fillna("").str.contains(word, regex=False)
        for column in {each.column for each in wanted.where}:
            cells = self._cells(column)
            included = [each.value for each in wanted.where if each.column == column and each.include]
            excluded = [each.value for each in wanted.where if each.column == column and not each.include]
            if included:
                mask &= cells.isin(included)
            mask &= ~cells.isin(excluded)
        if wanted.leave_out_words:
            mask &= ~rows["from_words"].fillna(False).astype(bool)
        return mask

    def _site_masks(self, wanted: IncidentFilter) -> "list[pd.Series[bool]]":
        sites, masks = self.sites, []
        if any(getattr(wanted, name) for name in PLACES):
            mask = pd.Series(True, index=sites.index)
            for name in PLACES:
                if values := getattr(wanted, name):
                    mask &= sites[name].isin(values)
            masks.append(mask)
        if wanted.near:
            masks.append(_distance(sites, wanted.near) <= wanted.near.km)
        if wanted.bbox:
            masks.append(_inside(sites, wanted.bbox))
        return masks

    def _cells(self, column: str) -> "pd.Series[Any]":
        if column in self.rows:
            cells = self.rows[column]
            return cells.astype("object").where(cells.notna(), "").astype(str)
        return pd.Series({key: cells.get(column, "") or "" for key, cells in self.extra.items()})


def _inside(sites: pd.DataFrame, box: Box) -> "pd.Series[bool]":
    east = sites["longitude"].between(box.west, box.east)
    return sites["latitude"].between(box.south, box.north) & east


def _distance(sites: pd.DataFrame, near: Near) -> "pd.Series[float]":
    """Kilometres by the law of cosines, which the program does not use."""
    here, there = np.radians(near.latitude), np.radians(sites["latitude"])
    cosine = np.sin(here) * np.sin(there) + np.cos(here) * np.cos(there) * np.cos(
        np.radians(sites["longitude"] - near.longitude)
    )
    return 6371.0088 * np.arccos(cosine.clip(-1.0, 1.0))
