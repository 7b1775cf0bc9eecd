"""The place index, built once for all tests in the folder that the application uses."""

import pytest

from incidents.model.settings import settings
from incidents.places.gazetteer import Gazetteer, open_index
from incidents.places.resolver import Resolver


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return open_index(settings().index_folder)


@pytest.fixture(scope="session")
def resolver(gazetteer: Gazetteer) -> Resolver:
    return Resolver(gazetteer)
