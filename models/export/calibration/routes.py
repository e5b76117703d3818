"""Shortest routes in a small road network, with tolls and closed roads."""

from __future__ import annotations

import heapq
import json
import logging
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterable, Iterator

logger = logging.getLogger(__name__)


@dataclass(frozen=True, order=True)
class Road:
    """A one-way road; the length is in kilometres and the toll in euros."""

    start: str
    end: str
    length: float
    toll: float = 0.0
    closed: bool = False

    @property
    def usable(self) -> bool:
        return not self.closed and self.length >= 0


@dataclass
class Route:
    towns: list[str] = field(default_factory=list)
    length: float = 0.0
    toll: float = 0.0

    def __str__(self) -> str:
        return f"{' -> '.join(self.towns)} ({self.length:.1f} km, {self.toll:.2f} EUR)"


class NoRouteError(LookupError):
    """There is no way from one town to the other."""

    def __init__(self, start: str, end: str):
        super().__init__(f"no route from {start!r} to {end!r}")
        self.start = start
        self.end = end


class RoadNetwork:
    def __init__(self, roads: Iterable[Road] = ()):
        self._roads: dict[str, list[Road]] = defaultdict(list)
        for road in roads:
            self.add(road)

    def add(self, road: Road) -> None:
        if road.length < 0:
            raise ValueError(f"length must not be negative, got {road.length}")
        self._roads[road.start].append(road)

    def __contains__(self, town: str) -> bool:
        return town in self._roads or any(r.end == town for r in self)

    def __iter__(self) -> Iterator[Road]:
        for roads in self._roads.values():
            yield from roads

    def __len__(self) -> int:
        return sum(len(roads) for roads in self._roads.values())

    @classmethod
    def load(cls, path: Path) -> "RoadNetwork":
        """Read a JSON file with a list of roads."""
        with open(path, encoding="utf-8") as file:
            rows = json.load(file)
        return cls(Road(**row) for row in rows)

    def shortest(self, start: str, end: str, euros_per_km: float = 0.0) -> Route:
        """Dijkstra's algorithm.

        Args:
            start: the town to leave from.
            end: the town to arrive at.
            euros_per_km: how many euros a kilometre is worth; 0 ignores tolls.

        Returns:
            The route with the smallest cost.

        Raises:
            NoRouteError: if the towns are not connected.
        """
        best: dict[str, float] = {start: 0.0}
        previous: dict[str, Road] = {}
        queue: list[tuple[float, str]] = [(0.0, start)]
        done: set[str] = set()
        while queue:
            cost, town = heapq.heappop(queue)
            if town in done:
                continue
            if town == end:
                return self._trace(previous, start, end)
            done.add(town)
            for road in self._roads.get(town, []):
                if not road.usable:
                    logger.debug("skipping %s", road)
                    continue
                price = road.toll / euros_per_km if euros_per_km else 0.0
                candidate = cost + road.length + price
                if candidate < best.get(road.end, float("inf")):
                    best[road.end] = candidate
                    previous[road.end] = road
                    heapq.heappush(queue, (candidate, road.end))
        raise NoRouteError(start, end)

    @staticmethod
    def _trace(previous: dict[str, Road], start: str, end: str) -> Route:
        route = Route([end])
        while route.towns[0] != start:
            road = previous[route.towns[0]]
            route.towns.insert(0, road.start)
            route.length += road.length
            route.toll += road.toll
        return route


if __name__ == "__main__":
    network = RoadNetwork([Road("A", "B", 4), Road("B", "C", 3, toll=2.5), Road("A", "C", 9)])
    print(network.shortest("A", "C"))
