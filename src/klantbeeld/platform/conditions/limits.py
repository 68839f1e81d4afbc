"""How large a condition may be. The limits keep one condition to one query that a database can plan."""

from decimal import Decimal

DEPTH = 8
LEAVES = 100
NODES = 300
RELATED_DEPTH = 2
LIST_VALUES = 1000
TEXT_LENGTH = 1000
SENTENCE = 10_000
NAME_LENGTH = 100
SPAN = 10_000
DIGITS = 20
NUMBER = Decimal(10) ** DIGITS
FIRST_YEAR = 1000
LAST_YEAR = 9998
