"""HXL tags: which field a tagged column holds."""

_TAGS: tuple[tuple[str, str, frozenset[str]], ...] = tuple(
    (name, tag, frozenset(attributes.split()))
    for name, tag, attributes in (
        # the most specific first: a tag matches with all the attributes named here
        ("event_date", "#date", "start"),
        ("event_date_end", "#date", "end"),
        ("event_date", "#date", "occurred"),
        ("year", "#date", "year"),
        ("month", "#date", "month"),
        ("source_date", "#date", "reported"),
        ("event_date", "#date", ""),
        ("country", "#country", "name"),
        ("country", "#country", ""),
        ("admin1", "#adm1", "name"),
        ("admin1", "#adm1", ""),
        ("admin2", "#adm2", "name"),
        ("admin2", "#adm2", ""),
        ("location", "#loc", "name"),
        ("location", "#loc", ""),
        ("latitude", "#geo", "lat"),
        ("longitude", "#geo", "lon"),
        ("coordinates", "#geo", "coord"),
        ("fatalities_civilians", "#affected", "killed civilians"),
        ("fatalities", "#affected", "killed"),
        ("injured", "#affected", "injured"),
        ("injured", "#affected", "wounded"),
        ("actor1", "#group", "name first"),
        ("actor2", "#group", "name second"),
        ("actor1", "#group", "first"),
        ("actor2", "#group", "second"),
        ("actor1", "#group", "name"),
        ("actor1", "#group", ""),
        ("sub_event_type", "#event", "type sub"),
        ("event_type", "#event", "type"),
        ("event_type", "#event", ""),
        ("source_id", "#event", "id"),
        ("notes", "#description", ""),
        ("source_url", "#meta", "url"),
        ("source", "#meta", "source"),
        ("source_id", "#meta", "id"),
    )
)
_CODES = ("code", "id", "num")  # attributes that say "not a name"; used only where nothing better is tagged


def fields_of_tags(tags: dict[str, str]) -> dict[str, str]:
    """Field -> column, from column -> tag; a tag more than needed is allowed, a code is the last choice."""
    parsed = {column: (parts[0], frozenset(parts[1:])) for column, tag in tags.items() if (parts := tag.split("+"))}
    mapping: dict[str, str] = {}
    taken: set[str] = set()
    for allow_codes in (False, True):
        for name, tag, attributes in _TAGS:
            for column, (stem, found) in parsed.items():
                is_code = bool(found & set(_CODES)) and not attributes & set(_CODES)
                if name in mapping or column in taken or stem != tag or not attributes <= found:
                    continue
                if is_code and (not allow_codes or name not in ("country", "admin1", "admin2", "event_type")):
                    continue
                if stem == "#date" and not attributes and found - {"occurred", "event", "incident"}:
                    continue
                mapping[name] = column
                taken.add(column)
    return mapping
