"""The demo shop's letterhead."""

import io
from dataclasses import asdict

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from allonce.kernel.accounts.models import Account
from allonce.kernel.clock import now
from allonce.products.quoting.documents.contract import Brand
from allonce.products.quoting.models import DocumentSettings

SHOP_EMAIL = "hello@harbourblinds.example"
TEAL = "#0b6e6e"
BRAND = Brand(
    name="Harbour Blinds",
    email=SHOP_EMAIL,
    phone="01632 960 001",
    address=("3 Harbour Road", "Littleport", "ZZ1 1AA"),
    website="harbourblinds.example",
    vat_number="GB 123 4567 89",
    payment_details="By bank transfer to the account named on our website, with the number of this document.",
    terms=(
        "Blinds, curtains and shutters are made to the sizes above and cannot be returned.\n\n"
        "We order when the deposit has arrived and fit within four weeks. The balance is due on fitting.\n\n"
        "Corded blinds are fitted with the child safety devices that EN 13120 asks for."
    ),
)


def load() -> None:
    """Give Harbour Blinds its letterhead, unless it has one."""
    shop = Account.objects.with_email(SHOP_EMAIL)
    if shop is None or DocumentSettings.objects.filter(account=shop).exists():
        return
    fields = {name: value for name, value in asdict(BRAND).items() if name != "logo"}
    DocumentSettings.objects.create(account=shop, brand=fields, logo=draw_logo(), changed_at=now())


def draw_logo() -> bytes:
    """An awning over a line of waves, and the name beside it, as PNG."""
    image = Image.new("RGBA", (860, 180), (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    pen.rectangle((10, 20, 170, 56), fill=TEAL)
    for left in range(10, 170, 40):
        pen.pieslice((left, 36, left + 40, 76), 0, 180, fill=TEAL)
    for left in range(10, 150, 40):
        pen.arc((left, 110, left + 40, 150), 180, 360, fill=TEAL, width=7)
    pen.text((205, 44), "Harbour Blinds", font=_font(84), fill="#16202a")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    built = settings.BUILD_DIR / "fonts" / "Inter-SemiBold.ttf"
    return ImageFont.truetype(str(built), size) if built.exists() else ImageFont.load_default(size)
