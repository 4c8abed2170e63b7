"""Live evidence that accounts can take all of their content with them."""

from django.utils.translation import ngettext

from allonce.kernel.clock import now
from allonce.kernel.declarations import Evidence
from allonce.project.backup.account.tables import staying, tables


def every_table_has_its_place() -> Evidence:
    """Worked out from the running installation's own tables, so that no product can forget one."""
    copied, left = len(tables()), len(staying())
    says = ngettext(
        "Of all tables that hold something of an account, %(copied)d is in its backup; ",
        "Of all tables that hold something of an account, %(copied)d are in its backup; ",
        copied,
    ) + ngettext(
        "%(left)d stays behind for a stated reason.",
        "%(left)d stay behind, each for a stated reason.",
        left,
    )
    return Evidence(says % {"copied": copied, "left": left}, at=now(), holds=copied > 0)
