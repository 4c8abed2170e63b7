"""Forms about bands and price tables."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from allonce.products.catalogue.figures import NotAFigure, parse_sizes
from allonce.products.catalogue.forms.extras import ALONG
from allonce.products.catalogue.forms.fields import (
    AreaField,
    MillimetreField,
    MoneyField,
    NameForm,
    PercentField,
    StyledForm,
)


class BandForm(NameForm):
    table = forms.ChoiceField(label=_("Price table"))

    def __init__(self, *args: Any, tables: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["table"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = tables


class TableForm(NameForm):
    kind = forms.ChoiceField(label=_("Prices by"), choices=[("grid", _("Width and drop")), ("width", _("Width only"))])


class SizesField(forms.CharField):
    """Sizes separated by spaces."""

    widget = forms.Textarea({"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return " ".join(str(size) for size in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[int]:
        try:
            return parse_sizes(super().clean(value))
        except NotAFigure as error:
            raise ValidationError(str(error)) from error


class AxesForm(StyledForm):
    widths = SizesField(label=_("Widths"), help_text=_("smallest first, with spaces between"))
    drops = SizesField(label=_("Drops"), help_text=_("0 alone for a table by width only"))


class UpliftForm(StyledForm):
    percent = PercentField(label=_("Change by"), required=True, help_text=_("%; negative to lower"))
    nearest = MoneyField(label=_("Then round to the nearest"), help_text=_("such as 0.05 or 1.00; empty for pennies"))
    everywhere = forms.BooleanField(label=_("In all tables of this product"), required=False)


class FiguresForm(StyledForm):
    """The figures of a table by area, by metre or by piece."""

    per_m2 = MoneyField(label=_("Price per m²"), required=True)
    per_m = MoneyField(label=_("Price per metre"), required=True)
    each = MoneyField(label=_("Price of one"), required=True)
    along = forms.ChoiceField(label=_("Length of"), choices=ALONG)
    minimum_price = MoneyField(label=_("Lowest price"))
    min_width = MillimetreField(label=_("Priced as at least this wide"), help_text=_("mm"))
    min_drop = MillimetreField(label=_("Priced as at least this high"), help_text=_("mm"))
    waste_bp = PercentField(label=_("Waste"), help_text=_("% added to the area"))
    pack_mm2 = AreaField(label=_("Sold in packs of"), help_text=_("m²; empty where sold by any area"))

    OF_KIND = {
        "area": ("per_m2", "minimum_price", "min_width", "min_drop", "waste_bp", "pack_mm2"),
        "metre": ("per_m", "along", "minimum_price"),
        "piece": ("each",),
    }

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.OF_KIND.get(kind, ())
        self.fields = {name: field for name, field in self.fields.items() if name in kept}
