"""One file with every payload in every column: a row for each pair, and headers that are payloads too."""

import csv
import io
from pathlib import Path

from tests.hostile.payloads import PAYLOADS

from incidents.normalise.options import ImportOptions

GOOD = {
    "event_id": "",
    "event_date": "2024-04-03",
    "event_type": "Battle",
    "sub_event_type": "Armed clash",
    "actor1": "Jaish al-Adl",
    "actor2": "Police",
    "country": "Iran",
    "admin1": "Sistan and Baluchestan",
    "admin2": "Chabahar",
    "location": "Chabahar",
    "latitude": "25.2919",
    "longitude": "60.6430",
    "geo_precision": "town",
    "time_precision": "day",
    "fatalities": "2",
    "injured": "1",
    "source": "A paper",
    "source_date": "2024-04-04",
    "source_url": "https://paper.invalid/1",
    "notes": "a note",
}
OWN_COLUMNS = (
    "{{7*7}}",
    "=HYPERLINK(1)",
    "<img src=x onerror=window.pwned=1>",
    "${window.pwned=1}`",
    ":red[x] **b**",
    "__proto__",
)
"""Headers of the file's own columns."""

TEXT = ("event_type", "sub_event_type", "actor1", "actor2", "country", "admin1", "admin2", "location", "source", "source_url", "notes")  # fmt: skip
"""Columns that are kept as text."""

OPTIONS = ImportOptions(
    layout="proposed", mapping={name: name for name in GOOD if name != "event_id"} | {"event_id": "source_id"}
)


def canary_templates(canary: Path) -> tuple[str, ...]:
    """Templates, formulas and commands that would make a file, if anything ran them on this machine."""
    python = f"__import__('pathlib').Path('{canary}').touch()"
    return (
        f"{{{{ self.__init__.__globals__.__builtins__.open('{canary}','w') }}}}",
        f"{{{{ cycler.__init__.__globals__.os.system('touch {canary}') }}}}",
        f"{{% set x = namespace.__init__.__globals__.__builtins__.open('{canary}','w') %}}",
        f"{python}",
        f"{{{python}}}",
        f"$(touch {canary})",
        f"`touch {canary}`",
        f"; touch {canary} #",
        f"=cmd|'/C touch {canary}'!A0",
        f"'; COPY (SELECT 1) TO '{canary}'; --",
        f"' || (SELECT 1 FROM read_csv('{canary}')) || '",
        f'<!--#exec cmd="touch {canary}" -->',
        f"!!python/object/apply:os.system ['touch {canary}']",
    )


def hostile_rows(canary: Path) -> list[dict[str, str]]:
    texts = [*PAYLOADS.values(), *canary_templates(canary)]
    pairs = [(column, text) for text in texts for column in (*GOOD, *OWN_COLUMNS)]
    return [
        {**GOOD, **dict.fromkeys(OWN_COLUMNS, "own"), "event_id": f"H{number}"} | {column: text}
        for number, (column, text) in enumerate(pairs, 1)
    ]


def hostile_csv(canary: Path) -> bytes:
    return _csv(hostile_rows(canary))


def whole_rows() -> list[dict[str, str]]:
    """Two rows for each payload, which stands in every column of text at once; the second has no coordinates."""
    return [
        {**GOOD, **dict.fromkeys((*TEXT, *OWN_COLUMNS), text), "event_id": f"W{number}{end}", **place}
        for number, text in enumerate(PAYLOADS.values(), 1)
        for end, place in (("a", {}), ("b", {"latitude": "", "longitude": "", "geo_precision": "", "country": "Iran"}))
    ]


def whole_csv() -> bytes:
    return _csv(whole_rows())


def _csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, [*GOOD, *OWN_COLUMNS], lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")
