"""What the live installation's shop is called; no Django here, so that a driver of browsers may import it."""

SHOP_EMAIL = "hello@live.example"
OWNER_EMAIL = "owner@live.example"
