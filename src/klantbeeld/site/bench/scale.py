"""How much there is in the database that is measured."""

from dataclasses import dataclass
from datetime import UTC, datetime

VERSION = 1
SEED = 2_002
BUSIEST = 10_000
END = datetime(2026, 1, 1, tzinfo=UTC)
YEARS = 6


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers of rows for a factor; 1 is a million customers. The busiest customer has 10,000 interactions always."""

    factor: float

    @property
    def customers(self) -> int:
        """How many customers."""
        return max(1000, round(1_000_000 * self.factor))

    @property
    def interactions(self) -> int:
        """How many interactions, those of the busiest customer included."""
        return 5 * self.customers + BUSIEST

    @property
    def orders(self) -> int:
        """How many orders."""
        return self.customers // 2

    @property
    def members(self) -> int:
        """How many colleagues."""
        return 40

    @property
    def deep_page(self) -> int:
        """The number of the page far down a list: 10,000 at full scale, of a view that holds most customers."""
        return max(2, self.customers // 100)
