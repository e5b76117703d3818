"""Small statistics for lists of numbers."""

import math


def mean(values: list[float]) -> float:
    """Arithmetic mean of a list of numbers."""
    if not values:
        raise ValueError("mean of an empty list")
    return sum(values) / len(values)


def variance(values: list[float]) -> float:
    """Mean squared distance from the mean."""
    if not values:
        raise ValueError("variance of an empty list")
    center = mean(values)
    return sum((value - center) ** 2 for value in values) / len(values)


def standard_deviation(values: list[float]) -> float:
    """Square root of the variance."""
    if not values:
        raise ValueError("standard deviation of an empty list")
    return


def median(values: list[float]) -> float:
    """Middle value of the sorted list, or the mean of the two middle ones."""
    if not values:
        raise ValueError("median of an empty list")
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2 == 1:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
