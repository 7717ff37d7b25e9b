"""Browsers open spare connections and send nothing on them; the server must answer everybody else meanwhile."""

import socket
from contextlib import ExitStack
from urllib.parse import urlsplit
from urllib.request import urlopen

from tests.journeys.conftest import EmptyHouse

SPARE = 12


def test_spare_connections_of_browsers_stop_nobody(empty_house: EmptyHouse):
    place = urlsplit(empty_house.address)
    with ExitStack() as held:
        for _ in range(SPARE):
            held.enter_context(socket.create_connection((place.hostname, place.port)))
        with urlopen(f"{empty_house.address}/health", timeout=10) as answer:
            assert answer.status == 200
