"""One row of the range table, the changes for many rows, and the filter above the table."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from allonce.products.catalogue.draft.ranges import Row
from allonce.products.catalogue.forms.fields import MillimetreField, StyledForm

Bands = list[tuple[str, str]]


class RowForm(StyledForm):
    range = forms.CharField(label=_("Range"), max_length=120)
    colour = forms.CharField(label=_("Colour"), max_length=120)
    band = forms.ChoiceField(label=_("Band"))
    min_width = MillimetreField(label=_("Smallest width"))
    max_width = MillimetreField(label=_("Largest width"))
    min_drop = MillimetreField(label=_("Smallest drop"))
    max_drop = MillimetreField(label=_("Largest drop"))
    fabric_width = MillimetreField(label=_("Fabric width"))
    repeat = MillimetreField(label=_("Pattern repeat"))
    picture = forms.FileField(label=_("Picture"), required=False, help_text=_("a photograph of the colour"))
    discontinued = forms.BooleanField(label=_("No longer sold"), required=False)

    def row(self) -> dict[str, Any]:
        """The row without its picture, which is set on its own."""
        return {name: value for name, value in self.cleaned_data.items() if name != "picture"}

    def __init__(self, *args: Any, bands: Bands, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["band"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = bands


@dataclass(frozen=True)
class RangeFilter:
    """What the range table shows. It stands in the address, so a reload keeps it."""

    text: str = ""
    band: str = ""
    state: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "RangeFilter":
        """The filter that an address asks for."""
        return cls(query.get("q", "").strip(), query.get("band", ""), query.get("state", ""))

    def matches(self, row: Row) -> bool:
        """Whether the row is shown: every word of the text occurs in its range or colour."""
        if self.band and row["band"] != self.band:
            return False
        if self.state and (self.state == "discontinued") != bool(row.get("discontinued")):
            return False
        named = f"{row['range']} {row['colour']}".casefold()
        return all(word in named for word in self.text.casefold().split())

    def as_query(self) -> str:
        """The filter as part of an address."""
        return urlencode([("q", self.text), ("band", self.band), ("state", self.state)])
