"""`incidents geocode`: one place, or every place of a CSV."""

import argparse
from dataclasses import asdict
from pathlib import Path

from incidents.cli.output import print_json
from incidents.ingest.places import resolver_for
from incidents.model.errors import BadFilter
from incidents.model.place import PlaceAnswer, PlaceQuery
from incidents.model.settings import settings
from incidents.places.bulk import geocode_csv


def run_geocode(options: argparse.Namespace) -> None:
    if bool(options.name) == bool(options.csv):
        raise BadFilter("geocode: give one NAME, or --csv IN.csv with -o OUT.csv.")
    if options.csv and not options.output:
        raise BadFilter("geocode: --csv needs -o OUT.csv to write the answers to.")
    resolver = resolver_for(settings(options.store))
    if options.csv:
        counts = geocode_csv(Path(options.csv), Path(options.output), resolver)
        if options.json:
            print_json(counts)
        else:
            print(", ".join(f"{key} {value:,}" for key, value in counts.items()))
        return
    query = PlaceQuery(options.name, options.district, options.province, options.country)
    answer = resolver.resolve(query)
    if options.json:
        print_json(answer_json(query, answer))
    else:
        print(answer_text(answer))


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
        lines.append(
            f"  candidate: {candidate.name}, {candidate.admin1 or '-'}, {candidate.country or '-'}: "
            f"{candidate.latitude:.4f} {candidate.longitude:.4f} ({candidate.geo_precision}, {candidate.source})"
        )
    return "\n".join(lines)
