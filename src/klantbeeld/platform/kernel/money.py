"""Money: an amount and a currency, never a float, never two currencies in one sum."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Self

# Active codes and minor units of ISO 4217. CLDR's digits are not used: they tell what is customary
# (no fils in Iraq), while invoices and payment providers go by the standard.
_IN_USE = """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF
    CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF
    GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD
    LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP
    PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP
    TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"""
_WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_WITH_THREE = "BHD IQD JOD KWD LYD OMR TND"
_WITH_FOUR = "CLF UYW"

_MINOR_UNITS = (
    dict.fromkeys(_IN_USE.split(), 2)
    | dict.fromkeys(_WITHOUT_DECIMALS.split(), 0)
    | dict.fromkeys(_WITH_THREE.split(), 3)
    | dict.fromkeys(_WITH_FOUR.split(), 4)
)


def minor_units(currency: str) -> int:
    """How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD. ValueError if there is no such currency."""
    try:
        return _MINOR_UNITS[currency]
    except KeyError:
        raise ValueError(f"{currency!r} is not the ISO 4217 code of a currency in use") from None


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount of one currency (ISO 4217 code).

    Sums and comparisons need the same currency on both sides, factors must be whole or Decimal; ValueError and
    TypeError otherwise. Nothing is rounded until `quantize` is called.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError(f"money needs a Decimal, not {type(self.amount).__name__}")
        if not self.amount.is_finite():
            raise ValueError(f"{self.amount} is not an amount")
        minor_units(self.currency)

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> Self:
        """Money from text ("12.50"), a whole number or a Decimal; ValueError if the text is no number."""
        if isinstance(amount, bool) or not isinstance(amount, str | int | Decimal):
            raise TypeError(f"money needs text, a whole number or a Decimal, not {type(amount).__name__}")
        try:
            return cls(Decimal(amount), currency)
        except InvalidOperation:
            raise ValueError(f"{amount!r} is not an amount") from None

    @classmethod
    def from_minor(cls, units: int, currency: str) -> Self:
        """Money from its smallest unit, as payment providers write it: 1250 cents are 12.50."""
        return cls(Decimal(units).scaleb(-minor_units(currency)), currency)

    def to_minor(self) -> int:
        """The amount in its smallest unit; ValueError if that would round."""
        units = self.amount.scaleb(minor_units(self.currency))
        if units != units.to_integral_value():
            raise ValueError(f"{self} has more decimals than {self.currency}; quantize it first")
        return int(units)

    def quantize(self, rounding: str = ROUND_HALF_UP) -> Self:
        """Rounded to the decimals of the currency; halves away from zero, as on Dutch invoices."""
        digits = Decimal(1).scaleb(-minor_units(self.currency))
        return type(self)(self.amount.quantize(digits, rounding=rounding), self.currency)

    def __str__(self) -> str:
        return f"{self.currency} {self.amount}"

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __add__(self, other: Self) -> Self:
        return type(self)(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.amount - self._same(other), self.currency)

    def __neg__(self) -> Self:
        return type(self)(-self.amount, self.currency)

    def __mul__(self, factor: int | Decimal) -> Self:
        return type(self)(self.amount * _factor(factor), self.currency)

    __rmul__ = __mul__

    def __truediv__(self, divisor: int | Decimal) -> Self:
        return type(self)(self.amount / _factor(divisor), self.currency)

    def __lt__(self, other: Self) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Self) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Self) -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: Self) -> bool:
        return self.amount >= self._same(other)

    def _same(self, other: Self) -> Decimal:
        if not isinstance(other, Money):
            raise TypeError(f"money can't be combined with {type(other).__name__}")
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} can't be combined without a rate")
        return other.amount


def _factor(factor: int | Decimal) -> int | Decimal:
    if isinstance(factor, bool) or not isinstance(factor, int | Decimal):
        raise TypeError(f"money is multiplied by a whole number or a Decimal, not {type(factor).__name__}")
    return factor
