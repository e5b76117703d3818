/** Goes on in an obvious way, certain on any processor (test/model/certainTexts.test.ts): as the function before it did. */
export const statistics = `"""Small statistics for lists of numbers."""


def mean(values: list[float]) -> float:
    """Arithmetic mean of a list of numbers."""
    if not values:
        raise ValueError("mean of an empty list")
    return sum(values) / len(values)


def variance(values: list[float]) -> float:
    """Mean squared distance from the mean."""
`;
