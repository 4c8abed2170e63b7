"""What each field of the figures is for: technical data of visits, which belongs to nobody that we could name."""

from allonce.kernel.declarations import declare

_CUT = "an address without its last part: 256 households or more share it, and no other column narrows it to one"

declare(
    "analytics.Visit",
    subject=None,
    id="none",
    at="none",
    route="none",
    referrer="none",
    browser="none",
    system="none",
    network=("none", _CUT),
)
declare(
    "analytics.DailyCount",
    subject=None,
    id="none",
    day="none",
    measure="none",
    dimension="none",
    key="none",
    count="none",
    group="none",
    lot="none",
)
