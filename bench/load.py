"""A small closed-loop load generator on loopback: N users, each asking again as soon as the answer is there.

It speaks HTTP/1.1 over kept-alive sockets and reads nothing but status, length and body size, so that it costs little
beside the server it measures. Bounded in time; the requests of the warm-up are not counted.
"""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run measured; latencies in milliseconds."""

    requests: int
    seconds: float
    requests_per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    bytes_per_page: int
    not_200: int

    def as_dict(self) -> dict[str, float]:
        """Return the figures, rounded for reading."""
        return {name: round(value, 2) for name, value in asdict(self).items()}


def run(port: int, path: str, cookies: Sequence[str], *, seconds: float, warm_up: float = 2.0) -> Figures:
    """Load one address with one user per cookie for so many seconds after the warm-up."""
    return asyncio.run(_run(port, path, cookies, seconds, warm_up))


async def _run(port: int, path: str, cookies: Sequence[str], seconds: float, warm_up: float) -> Figures:
    begin = time.perf_counter() + warm_up
    end = begin + seconds
    answers = await asyncio.gather(*(_user(port, path, cookie, begin, end) for cookie in cookies))
    times = sorted(taken for each in answers for taken, _, _ in each)
    statuses = [status for each in answers for _, status, _ in each]
    sizes = [size for each in answers for _, _, size in each]
    cuts = statistics.quantiles(times, n=100)
    return Figures(
        len(times), seconds, len(times) / seconds, cuts[49] * 1000, cuts[94] * 1000, cuts[98] * 1000,
        round(statistics.mean(sizes)), sum(status != 200 for status in statuses),
    )  # fmt: skip


async def _user(port: int, path: str, cookie: str, begin: float, end: float) -> list[tuple[float, int, int]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\n\r\n".encode()
    answers: list[tuple[float, int, int]] = []
    while (start := time.perf_counter()) < end:
        writer.write(request)
        status, size, closes = await _answer(reader)
        if start >= begin:
            answers.append((time.perf_counter() - start, status, size))
        if closes:
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()
    return answers


async def _answer(reader: asyncio.StreamReader) -> tuple[int, int, bool]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    closes = b"connection: close" in head
    if b"content-length:" in head:
        size = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(size)
    else:
        size = len(await reader.read())
        closes = True
    return int(head.split(b" ", 2)[1]), size, closes
