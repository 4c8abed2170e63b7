"""The documents' part of a new account's first steps."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from allonce.kernel.accounts.first_steps import FirstStep
from allonce.products.quoting.models import DocumentSettings


class DocumentSteps:
    """How quotes look comes after what they cost."""

    place = 40

    def steps(self, account_id: UUID) -> list[FirstStep]:
        saved = DocumentSettings.objects.filter(account_id=account_id).exists()
        text = _("Your logo, address and colour on every quote, with a preview beside it.")
        look = reverse("quoting:documents")
        return [FirstStep(_("Say how your documents look"), text, saved, look, _("Documents"))]
