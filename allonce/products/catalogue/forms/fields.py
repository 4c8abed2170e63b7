"""Fields for money, shares and millimetres. Each shows its advice beside itself."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from allonce.products.catalogue.figures import (
    NotAFigure,
    area,
    money,
    parse_area,
    parse_money,
    parse_percent,
    percent,
)


class FigureField(forms.CharField):
    """A text that stands for a whole number; empty gives None."""

    read: Callable[[str], int]
    show: Callable[[int], str]
    mode = "decimal"

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        self.widget.attrs.update(inputmode=self.mode, autocomplete="off")

    def prepare_value(self, value: Any) -> Any:
        return type(self).show(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return type(self).read(text)
        except NotAFigure as error:
            raise ValidationError(str(error)) from error


class MoneyField(FigureField):
    """Minor units, typed as 44.50."""

    read = staticmethod(parse_money)
    show = staticmethod(money)


class PercentField(FigureField):
    """Basis points, typed as 12.5."""

    read = staticmethod(parse_percent)
    show = staticmethod(lambda bp: percent(bp).removesuffix(" %"))


class AreaField(FigureField):
    """Square millimetres, typed as square metres."""

    read = staticmethod(parse_area)
    show = staticmethod(area)


def _millimetres(text: str) -> int:
    plain = text.replace(",", "").removesuffix("mm").strip()
    if not plain.removeprefix("-").isdigit() or len(plain) > 6:
        raise NotAFigure(_("Type whole millimetres, such as 1200."))
    return int(plain)


class MillimetreField(FigureField):
    """Whole millimetres; negative where a size is made smaller."""

    read = staticmethod(_millimetres)
    show = staticmethod(str)
    mode = "numeric"


class StyledForm(forms.Form):
    """A form whose controls wear the house's classes and are tied to their advice and errors."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = _style_of(field.widget)


def _style_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-check-input" if isinstance(widget, forms.CheckboxInput) else "form-control"


class NameForm(StyledForm):
    """Asks for one name."""

    name = forms.CharField(label=_("Name"), max_length=120)


def without_empty(values: dict[str, Any]) -> dict[str, Any] | None:
    """The values that say something, or None where none does."""
    kept = {key: value for key, value in values.items() if value not in (None, "", 0)}
    return kept or None
