"""The command line: all that the page does, for schedulers, notebooks and tests."""

import sys
from collections.abc import Sequence

from incidents.cli.parser import build_parser
from incidents.model.errors import BadFilter, IncidentsError

DONE, UNUSABLE, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 the input cannot be used (nothing was stored), 2 wrong usage."""
    options = build_parser().parse_args(_signed(sys.argv[1:] if arguments is None else arguments))
    try:
        return int(options.run(options) or DONE)
    except BadFilter as problem:
        print(f"incidents: {problem}", file=sys.stderr)
        return WRONG_USAGE
    except IncidentsError as problem:
        print(f"incidents: {problem}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:  # the reader of our output has gone, as with `| head`
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        print("incidents: stopped; nothing was stored.", file=sys.stderr)
        return INTERRUPTED


def _signed(arguments: Sequence[str]) -> list[str]:
    """`--near -25.1,28,5` as `--near=-25.1,28,5`: argparse would take the value for an option."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] in ("--near", "--bbox") and argument.startswith("-"):
            joined[-1] = f"{joined[-1]}={argument}"
        else:
            joined.append(argument)
    return joined
