"""The README names every command, option, setting, layout and link parameter."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from incidents.cli.parser import build_parser
from incidents.reading.layouts import LAYOUTS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def parsers(parser: argparse.ArgumentParser, name: str = "incidents") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, child in action.choices.items():
                yield f"{name} {word}", child
                yield from parsers(child, f"{name} {word}")


COMMANDS = dict(parsers(build_parser()))
OPTIONS = sorted(
    {option for command in COMMANDS.values() for action in command._actions for option in action.option_strings}
    - {"-h", "--help"}
)
SETTINGS = sorted(
    {
        name
        for file in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"\bINCIDENTS_[A-Z_]+\b", file.read_text(encoding="utf-8"))
    }
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`{command}" in README


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_is_in_the_readme(option: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", README)


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_is_in_the_readme(setting: str) -> None:
    assert f"`{setting}`" in README


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_in_the_readme(layout: str) -> None:
    assert f"`{layout}`" in README


def test_something_is_checked() -> None:
    assert len(COMMANDS) >= 9
    assert "--near" in OPTIONS
    assert "INCIDENTS_STORE" in SETTINGS
