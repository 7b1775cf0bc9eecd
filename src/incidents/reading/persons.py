"""Lists of persons killed, a row each: recognised by their columns."""

import re
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from incidents.reading.vocabulary import normal

_TRAITS = frozenset(
    map(normal, ["age", "sex", "gender", "date_of_birth", "birth_date", "marital_status", "edad", "sexo", "genero", "sexe", "genre", "العمر", "الجنس", "سن", "جنس", "جنسیت"])
)  # fmt: skip
_NAMES = frozenset(
    map(
        normal,
        [
            "name",
            "full_name",
            "first_name",
            "last_name",
            "surname",
            "family_name",
            "victim_name",
            "name_of_victim",
            "name_of_deceased",
            "person",
            "father_s_name",
            "rank",
            "nombre",
            "apellido",
            "nombres",
            "apellidos",
            "nom",
            "prenom",
            "الاسم",
            "اسم",
            "نام",
            "نام_خانوادگی",
        ],
    )
)
_DEATH = re.compile(
    r"(^|_)(death|died|killed|deceased|martyr\w*|fatality|fallecimiento|muerte|deces|mort|الوفاة|الاستشهاد|فوت|شهادت)(_|$)"
)
STATUS = frozenset(
    [
        "status",
        "outcome",
        "condition",
        "fate",
        "result",
        "harm",
        "type_of_casualty",
        "casualty_type",
        "victim_status",
        "killed_or_injured",
    ]
)
FIGURES = ("fatalities", "fatalities_low", "fatalities_high", "casualties", "injured")
PLACES = ("location", "admin2", "admin1", "country", "latitude", "coordinates")


def lists_persons(columns: Iterable[str]) -> bool:
    """A trait such as the age and a name, or two traits."""
    headers = {normal(column) for column in columns}
    traits = len(headers & _TRAITS)
    return traits >= 2 or (traits == 1 and bool(headers & _NAMES))


def counts_persons(columns: Sequence[str], table: pa.Table, mapping: Mapping[str, object]) -> bool:
    """Whether each row is one person killed: persons, no column of figures, and a word that says killed."""
    if not lists_persons(columns) or any(figure in mapping for figure in FIGURES):
        return False
    return any(_DEATH.search(normal(column)) for column in columns) or any(
        _says_killed(table, column) for column in columns if normal(column) in STATUS
    )


def status_column(columns: Iterable[str]) -> str | None:
    """The column that tells the killed from the injured."""
    return next((column for column in columns if normal(column) in STATUS), None)


def _says_killed(table: pa.Table, column: str) -> bool:
    return bool(pc.any(pc.match_substring_regex(table.column(column), r"(?i)killed|dead|died|martyr|deceased")).as_py())
