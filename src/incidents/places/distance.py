"""Distances on the sphere."""

import math


def kilometres(latitude1: float, longitude1: float, latitude2: float, longitude2: float) -> float:
    """Great-circle distance."""
    a, b = math.radians(latitude1), math.radians(latitude2)
    half = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(longitude2 - longitude1) / 2) ** 2
    )
    return 12742.0 * math.asin(math.sqrt(min(1.0, half)))
