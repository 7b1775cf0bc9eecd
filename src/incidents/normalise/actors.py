"""Names of actors: known spellings to one name; the rest as the file has them."""

import csv
from dataclasses import dataclass
from functools import lru_cache

from incidents.model.errors import IncidentsError
from incidents.model.resources import data_file
from incidents.normalise.digits import plain
from incidents.normalise.folding import fold_words

_NOBODY = frozenset(("", "n/a", "na", "nan", "null", "none", "-", "--", "?", "."))


@dataclass(frozen=True, slots=True)
class ActorNames:
    """`anywhere` is folded spelling -> name; `by_country` is (folded spelling, folded country) -> name."""

    anywhere: dict[str, str]
    by_country: dict[tuple[str, str], str]
    kinds: dict[str, str]

    def canonical(self, cell: str, country: str | None = None) -> str | None:
        """The one name for a spelling; None for an empty cell."""
        name = " ".join(plain(cell).split())
        if name.lower() in _NOBODY:
            return None
        folded = fold_words(name)
        if country and (found := self.by_country.get((folded, fold_words(country)))):
            return found
        return self.anywhere.get(folded, name)


@lru_cache(maxsize=1)
def actor_names() -> ActorNames:
    """From data/actors.csv: name, alias, country (the alias holds only there), kind, source."""
    anywhere: dict[str, str] = {}
    by_country: dict[tuple[str, str], str] = {}
    kinds: dict[str, str] = {}
    with data_file("actors.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            name, alias, country = row["name"].strip(), row["alias"].strip(), row["country"].strip()
            kinds.setdefault(name, row["kind"].strip())
            key = fold_words(alias or name)
            if country:
                by_country[key, fold_words(country)] = name
                continue
            if anywhere.get(key, name) != name:
                raise IncidentsError(f"data/actors.csv: {alias} stands for {anywhere[key]} and for {name}.")
            anywhere[key] = name
            anywhere.setdefault(fold_words(name), name)
    return ActorNames(anywhere, by_country, kinds)
