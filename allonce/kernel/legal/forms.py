"""What people fill in about legal texts."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.forms import HouseForm
from allonce.kernel.legal.models import Version


class AgreeForm(HouseForm):
    """One unticked box for each version, named with document and number."""

    def __init__(self, versions: Iterable[Version], *args: Any, **kwargs: Any) -> None:
        self.versions = list(versions)
        super().__init__(*args, **kwargs)

    def more_fields(self) -> dict[str, forms.Field]:
        """A box for each."""
        return {f"version_{each.pk}": self._box(each) for each in self.versions}

    def rows(self) -> list[tuple[Version, forms.BoundField]]:
        """Each version with its box."""
        return [(each, self[f"version_{each.pk}"]) for each in self.versions]

    def _box(self, version: Version) -> forms.BooleanField:
        said = {"title": version.title, "number": version.number}
        return forms.BooleanField(
            label=_("I have read and agree to the %(title)s, version %(number)s.") % said,
            error_messages={"required": _("Tick the box to agree, or leave by one of the ways below.")},
        )


class DraftForm(HouseForm):
    """The next version of a text."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "true", "class": "legal-source"}),
        help_text=gettext_lazy("Markdown without HTML. Headings begin with two hashes."),
    )
    changes = forms.CharField(
        label=gettext_lazy("What changes"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In plain words. It stands above the text and in the notice to people."),
    )
    effective_on = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    material = forms.BooleanField(
        label=gettext_lazy("Material change: tell everybody it concerns before it comes into force"), required=False
    )
    reduces_rights = forms.BooleanField(
        label=gettext_lazy("Reduces rights: binds nobody until they agree"), required=False
    )
