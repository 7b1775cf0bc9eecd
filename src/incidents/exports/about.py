"""What an export says of itself: the filter, the counts, where the rows came from and whom to credit."""

from datetime import date
from typing import Any

import incidents
from incidents.model.filters import IncidentFilter
from incidents.model.sentences import sentence
from incidents.queries.shape import chosen_datasets
from incidents.store import Reader
from incidents.views.cards import cards_view

CREDITS = (
    "Place names and coordinates that the files did not give: GeoNames (https://www.geonames.org), CC BY 4.0.",
    "Province and country outlines and points: Natural Earth (https://www.naturalearthdata.com), public domain.",
)
CHANGES = (
    "Columns were renamed to common names, dates and figures read into one form, places located and some actor names"
    " brought to one spelling; the program lists each repaired and each rejected row."
)


def about(reader: Reader, wanted: IncidentFilter) -> dict[str, Any]:
    """Ready for `json.dumps`."""
    cards = cards_view(reader, wanted)
    return {
        "program": f"Incidents {incidents.__version__}",
        "exported_on": date.today().isoformat(),  # noqa: DTZ011 the user's day
        "filter": sentence(wanted),
        "incidents": cards.incidents,
        "of_incidents": cards.of_incidents,
        "unlocated": cards.unlocated,
        "reported_fatalities": {**cards.fatalities.as_json(), "incidents_without_a_figure": cards.fatalities.unknown},
        "datasets": [
            {
                "dataset_id": each.dataset_id,
                "name": each.name,
                "file": each.file,
                "sha256": each.sha256,
                "attribution": each.attribution,
                "imported_on": each.imported_at.date().isoformat() if each.imported_at else None,
            }
            for each in chosen_datasets(wanted, reader.datasets)
        ],
        "changes": CHANGES,
        "credits": list(CREDITS),
    }
