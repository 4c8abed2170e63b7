"""Run in an installation's own process: opens a shop, registers its phone, prints the phone's token."""

import django

django.setup()

from allonce.kernel.accounts.devices.tests.scene import make_shop, registered_phone  # noqa: E402

print(registered_phone(make_shop()).token)  # noqa: T201
