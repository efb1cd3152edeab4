"""What several test files share."""

import pytest

from scripts.desk.context import locked_desk
from tests.lifecycle.workshop import Workshop


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    with locked_desk() as desk:
        desk.databases.template()
    workshop = Workshop(desk, tmp_path_factory.mktemp("past"))
    yield workshop
    workshop.drop()
