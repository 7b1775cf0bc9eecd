"""`incidents decisions`: what people decided on places."""

import argparse
from dataclasses import asdict
from pathlib import Path

from incidents.cli.filters import numbers
from incidents.cli.output import candidate_text, plural, print_json, say
from incidents.ingest.decision_files import decisions_csv, parse_decisions
from incidents.ingest.decisions import decide, is_decided, undo
from incidents.ingest.places import resolver_for
from incidents.model.errors import BadFilter, IncidentsError, UnusableFile
from incidents.model.place import Candidate, PlaceQuery
from incidents.model.settings import settings
from incidents.places.resolver import Resolver
from incidents.places.suggestions import areas, suggestions
from incidents.store import open_store
from incidents.views.places_review import PlaceToSettle, places_to_settle


def query_of(options: argparse.Namespace) -> PlaceQuery:
    return PlaceQuery(options.name, options.district, options.province, options.country)


def run_open(options: argparse.Namespace) -> None:
    chosen = settings(options.store)
    with open_store(chosen.store) as store:
        resolver = resolver_for(chosen, store=store)
        found = places_to_settle(store.reader(), resolver).places[: options.most]
        shown = [(place, suggestions(resolver, place.query, place.answer)) for place in found]
    if options.json:
        print_json({"places": [_as_json(place, candidates) for place, candidates in shown]})
        return
    for place, candidates in shown:
        say(f"{name_of(place.query)}: {plural(place.incidents, 'incident')}, {place.status}")
        say(f"  {place.answer.why}")
        for number, candidate in enumerate(candidates, start=1):
            say(f"  {number}  {candidate_text(candidate)}")
    if not shown:
        say("Nothing to settle.")


def _as_json(place: PlaceToSettle, candidates: tuple[Candidate, ...]) -> dict[str, object]:
    return {
        **asdict(place.query), "incidents": place.incidents, "status": place.status, "why": place.answer.why,
        "candidates": [asdict(candidate) for candidate in candidates],
    }  # fmt: skip


def run_settle(options: argparse.Namespace) -> None:
    query, chosen = query_of(options), settings(options.store)
    with open_store(chosen.store) as store:
        place = _chosen(options, query, resolver_for(chosen, store=store))
        changed = decide(store, chosen, {query: place})
    if options.json:
        print_json({**asdict(query), "chosen": asdict(place), "incidents_changed": changed})
    else:
        say(f"{name_of(query)}: {candidate_text(place)}; {plural(changed, 'incident')} placed anew")


def _chosen(options: argparse.Namespace, query: PlaceQuery, resolver: Resolver) -> Candidate:
    if options.at is not None:
        latitude, longitude = numbers(options.at, "--at", "LAT,LON")
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise BadFilter(f"--at: {options.at!r} is not a point on earth; latitude comes first.")
        return Candidate(query.name or "", query.admin1, query.country, latitude, longitude, options.precision, "decision", "typed")  # fmt: skip
    if options.area is not None:
        for area in areas(resolver, query):
            if area.geo_precision == options.area:
                return area
        raise IncidentsError(f"{name_of(query)}: its {options.area} is not known; give --at LAT,LON.")
    candidates = suggestions(resolver, query, resolver.undecided(query))
    if not 1 <= options.candidate <= len(candidates):
        raise IncidentsError(
            f"{name_of(query)}: it has {plural(len(candidates), 'candidate')}, not {options.candidate}."
        )
    return candidates[int(options.candidate) - 1]


def run_undo(options: argparse.Namespace) -> None:
    query, chosen = query_of(options), settings(options.store)
    with open_store(chosen.store) as store:
        if not is_decided(store, query):
            raise IncidentsError(f"{name_of(query)}: nothing was decided on this place; see incidents decisions list.")
        changed = undo(store, chosen, [query])
    if options.json:
        print_json({**asdict(query), "incidents_changed": changed})
    else:
        say(f"{name_of(query)}: undone; {plural(changed, 'incident')} placed anew")


def run_list(options: argparse.Namespace) -> None:
    with open_store(settings(options.store).store) as store:
        decisions = store.decisions()
    if options.json:
        print_json({"decisions": [{**asdict(query), "chosen": asdict(place)} for query, place in decisions.items()]})
    elif not decisions:
        say("No decisions.")
    for query, place in decisions.items() if not options.json else ():
        say(f"{name_of(query)}: {candidate_text(place)}")


def run_export(options: argparse.Namespace) -> None:
    with open_store(settings(options.store).store) as store:
        decisions = store.decisions()
    try:
        Path(options.output).write_text(decisions_csv(decisions), encoding="utf-8")
    except OSError as problem:
        raise IncidentsError(f"{options.output}: cannot be written ({problem.strerror}).") from problem
    if options.json:
        print_json({"decisions": len(decisions), "file": options.output})
    else:
        say(f"{plural(len(decisions), 'decision')} written to {options.output}")


def run_import(options: argparse.Namespace) -> None:
    path, chosen = Path(options.file), settings(options.store)
    try:
        read = parse_decisions(path.read_bytes(), path.name)
    except OSError as problem:
        raise UnusableFile(f"{path.name}: cannot be read ({problem.strerror}).") from problem
    with open_store(chosen.store) as store:
        changed = decide(store, chosen, read.decisions) if read.decisions else 0
    if options.json:
        print_json({
            "read": read.read, "decisions": len(read.decisions), "faults": list(read.faults), "incidents_changed": changed,
        })  # fmt: skip
        return
    say(
        f"{plural(read.read, 'row')} read, {plural(len(read.decisions), 'decision')}, {len(read.faults):,} left out; {plural(changed, 'incident')} placed anew"
    )
    for fault in read.faults:
        say(f"  {fault}")


def name_of(query: PlaceQuery) -> str:
    return ", ".join(part for part in (query.name, query.admin2, query.admin1, query.country) if part)
