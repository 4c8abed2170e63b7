"""What the office keeps in a browser's tab, for the public list of such things."""

from django.utils.translation import gettext_lazy as _

from allonce.kernel.legal.marketing.cookies import Kept

TRIAL = Kept(
    "/setup/product/*",
    _("The figures that you typed into a trial price, so that they stay while you change the product."),
    _("Until the tab is closed"),
    where="device",
)
