"""Whose rows they are: a line for each known layout, shown with the data and written into exports."""

from datetime import date

SOURCES = {
    "acled": "Armed Conflict Location & Event Data (ACLED), acleddata.com; ACLED's terms of use apply",
    "ucdp-ged": "Uppsala Conflict Data Program (UCDP) Georeferenced Event Dataset, CC BY 4.0; Sundberg and Melander 2013",
    "gtd": "Global Terrorism Database (GTD), START, University of Maryland; START's terms of use apply",
    "sample": "Incidents' sample, compiled by hand from the public reports that each row names",
}


def attribution(layout: str, file: str, accessed: date) -> str:
    """Source and day of access; a layout of nobody's is attributed to its file."""
    source = SOURCES.get(layout, file)
    return source if layout == "sample" else f"{source}; accessed {accessed.isoformat()}"
