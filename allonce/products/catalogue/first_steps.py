"""The Catalogue's part of a new account's first steps."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from allonce.kernel.accounts.first_steps import FirstStep
from allonce.products.catalogue import paths
from allonce.products.catalogue.models import Catalogue, Part


class CatalogueSteps:
    """Prices first, then publishing them."""

    place = 20

    def steps(self, account_id: UUID) -> list[FirstStep]:
        """Two steps: a product in the draft or published, and a published version."""
        catalogue = Catalogue.objects.filter(account_id=account_id).first()
        published = catalogue is not None and catalogue.version > 0
        drafted = Part.objects.filter(
            catalogue__account_id=account_id, path__startswith=paths.product(""), body__isnull=False
        )
        prices = _("Your supplier's price list as a spreadsheet, or a product of your own.")
        publishing = _("Phones then take your products and prices. You can change and publish again at any time.")
        return [
            FirstStep(
                _("Bring your prices in"),
                prices,
                published or drafted.exists(),
                reverse("catalogue:import"),
                _("Import prices"),
            ),
            FirstStep(_("Publish"), publishing, published, reverse("catalogue:publish"), _("Look and publish")),
        ]
