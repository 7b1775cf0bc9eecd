"""What the columns are called on the page; the file's own keep the name that the file gave them."""

from incidents.model.dataset import Dataset
from incidents.model.schema import FIGURES, PUBLIC_COLUMNS, figure_columns

HOW_FOUND = "geo_match"

_FIGURES = {
    "fatalities": "Dead",
    "fatalities_actor1": "Dead of actor 1",
    "fatalities_actor2": "Dead of actor 2",
    "fatalities_civilians": "Dead civilians",
    "fatalities_unknown": "Dead, side not known",
    "injured": "Injured",
}
WORDS = {
    "incident_id": "Incident id",
    "dataset_id": "Dataset id",
    "source_id": "The file's own id",
    "event_date": "Date",
    "event_date_end": "Last date",
    "time_precision": "Date known to",
    "event_type": "Type",
    "sub_event_type": "Type, closer",
    "actor1": "Actor 1",
    "actor2": "Actor 2",
    "responsibility": "Claim",
    "country": "Country",
    "admin1": "Province",
    "admin2": "District",
    "location": "Town",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "geo_precision": "Place known to",
    "geo_radius_km": "Within km",
    "geo_source": "Position from",
    HOW_FOUND: "How the place was found",
    "n_sites": "Sites",
    "attackers_included": "Attackers among the dead",
    "from_words": "Figure from words",
    "source": "Source",
    "source_date": "Date of the source",
    "source_url": "Link of the source",
    "notes": "Notes",
    "source_row": "Line of the file",
    **{
        column: words + end
        for figure, words in _FIGURES.items()
        for column, end in zip(figure_columns(figure), (", low", "", ", high"), strict=True)
    },
}
NUMBERS = frozenset(
    [
        *(column for figure in FIGURES for column in figure_columns(figure)),
        "latitude",
        "longitude",
        "geo_radius_km",
        "n_sites",
        "source_row",
    ]
)


def label(column: str) -> str:
    return WORDS.get(column, column)


def all_columns(chosen: tuple[Dataset, ...]) -> list[str]:
    """Every public column, how the place was found, and the files' own."""
    own = [column for dataset in chosen for column in dataset.columns]
    return list(dict.fromkeys([*PUBLIC_COLUMNS, HOW_FOUND, *own]))
