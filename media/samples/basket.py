"""What a customer is about to buy."""

from dataclasses import dataclass, field


@dataclass
class Item:
    name: str
    price: float
    weight: float
    quantity: int = 1


@dataclass
class Basket:
    items: list[Item] = field(default_factory=list)

    def add(self, item: Item) -> None:
        self.items.append(item)

    def total(self) -> float:
        return sum(item.price * item.quantity for item in self.items)

    def cheapest(self) -> Item:
        return min(self.items, key=lambda item: item.price)

    def largest(self) -> Item:
