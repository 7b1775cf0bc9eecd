"""`incidents geocode`: one place, or every place of a CSV."""

import argparse
from dataclasses import asdict
from pathlib import Path

from incidents.cli.output import candidate_text, print_json, say
from incidents.model.errors import BadFilter
from incidents.model.place import PlaceAnswer, PlaceQuery
from incidents.model.settings import Settings, settings
from incidents.places.bulk import geocode_csv, unsettled_in_csv
from incidents.places.gazetteer import open_index
from incidents.places.online import ATTRIBUTION, Online, online_settings
from incidents.places.online_settling import Settled, settle_online
from incidents.places.resolver import Resolver


def run_geocode(options: argparse.Namespace) -> None:
    if bool(options.name) == bool(options.csv):
        raise BadFilter("geocode: give one NAME, or --csv IN.csv with -o OUT.csv.")
    if options.csv and not options.output:
        raise BadFilter("geocode: --csv needs -o OUT.csv to write the answers to.")
    chosen = settings(options.store)
    geocoder = Online(online_settings(), chosen.index_folder)
    if options.online:
        geocoder.refuse_unless_on()
    resolver = _resolver(chosen)
    if options.csv:
        source, target = Path(options.csv), Path(options.output)
        counts: dict[str, object] = {}
        if options.online:
            settled = settle_online(geocoder, unsettled_in_csv(source, resolver), options.online)
            resolver = resolver.with_decisions(settled.places)
            counts["online"] = settled.as_json()
        counts = {**geocode_csv(source, target, resolver), **counts}
        if options.json:
            print_json(counts)
        else:
            say(", ".join(f"{key} {value:,}" for key, value in counts.items() if isinstance(value, int)))
            if options.online:
                say(online_text(settled))
        return
    query = PlaceQuery(options.name, options.district, options.province, options.country)
    answer = resolver.resolve(query)
    found = geocoder.look_up(query) if options.online else ()
    if options.json:
        as_online = {"online": [asdict(place) for place in found], "attribution": ATTRIBUTION} if options.online else {}
        print_json({**answer_json(query, answer), **as_online})
        return
    say(answer_text(answer))
    for place in found:
        say(f"  online: {candidate_text(place)}")
    if options.online:
        say(f"  {ATTRIBUTION}" if found else "  online: no such place")


def _resolver(chosen: Settings) -> Resolver:
    """With the store's decisions and gazetteers, where there is a store; a look-up makes none. Never with its datasets' coordinates.

    What reads stores takes some 200 MB, and is imported only where there is one.
    """
    if "://" not in chosen.store and not chosen.store_folder.exists():
        return Resolver(open_index(chosen.index_folder))
    from incidents.ingest.places import resolver_for
    from incidents.store import open_store

    with open_store(chosen.store) as store:
        return resolver_for(chosen, store=store, with_own_data=False)


def online_text(settled: Settled) -> str:
    lines = [
        f"online: {settled.asked:,} asked, {len(settled.places):,} with one answer, {len(settled.several):,} with several, {len(settled.unknown):,} not known"
    ]
    lines += [settled.fault] if settled.fault else []
    return "\n".join([*lines, ATTRIBUTION])


def answer_json(query: PlaceQuery, answer: PlaceAnswer) -> dict[str, object]:
    flat = {key: value for key, value in asdict(answer).items() if key != "candidates"}
    return {"name": query.name, **flat, "candidates": [asdict(candidate) for candidate in answer.candidates]}


def answer_text(answer: PlaceAnswer) -> str:
    if not answer.is_located:
        lines = [f"not found: {answer.why}" if answer.why else "not found"]
    else:
        named = f"{answer.matched_name}, {answer.matched_admin1 or '-'}, {answer.matched_country or '-'}"
        lines = [
            f"{named}: {answer.latitude:.4f} {answer.longitude:.4f}",
            f"  precision {answer.geo_precision}, within {answer.geo_radius_km:g} km, {answer.geo_source}, {answer.status}",
            *([f"  {answer.why}"] if answer.why else []),
        ]
    for candidate in answer.candidates:
        lines.append(f"  candidate: {candidate_text(candidate)}")
    return "\n".join(lines)
