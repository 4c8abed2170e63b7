"""How much fabric a curtain takes."""

from allonce.pricing.engine.arithmetic import divide_up, up_to_multiple
from allonce.pricing.engine.notes import add_error, add_step
from allonce.pricing.engine.primitives import is_whole, times
from allonce.pricing.types import Curtain, Making
from allonce.pricing.types.work import Work


def work_out_curtain(work: Work) -> None:
    """Number of widths, cut drop and fabric length; leaves `making`."""
    curtain = work["product"].get("curtain")
    if curtain is None:
        return
    panels = read_panels(work, curtain)
    fabric_width = work["row"].get("fabric_width", curtain["fabric_width"])
    if fabric_width < 1:
        add_error(work["problems"], "fabric_width_missing", "product", {})
        return
    widths = count_widths(curtain, gathered_width(work, curtain, panels), fabric_width, panels)
    cut_drop = cut_length(work["priced_drop"] + curtain["hem_allowance"], work["row"].get("repeat", 0))
    making: Making = {
        "widths": widths,
        "cut_drop": cut_drop,
        "fabric_length": times(widths, cut_drop),
        "panels": panels,
    }
    work["making"] = making
    params = {
        "widths": widths,
        "fabric_width": fabric_width,
        "cut_drop": cut_drop,
        "fabric_length": times(widths, cut_drop),
        "fullness_bp": fullness(work, curtain),
    }
    add_step(work, "fabric", params, 0)


def read_panels(work: Work, curtain: Curtain) -> int:
    """A pair (2) or a single curtain (1), as the item says or else the product."""
    panels = work["item"].get("panels", curtain["panels"])
    if is_whole(panels) and (panels == 1 or panels == 2):
        return panels
    add_error(work["problems"], "panels_bad", "panels", {})
    return 1


def fullness(work: Work, curtain: Curtain) -> int:
    """Basis points of fullness; the heading that was chosen may set it."""
    result = curtain["fullness_bp"]
    for chosen in work["chosen"]:
        result = chosen["extra"].get("fullness_bp", result)
    return result


def gathered_width(work: Work, curtain: Curtain, panels: int) -> int:
    """Millimetres of fabric across, before it is gathered."""
    flat = divide_up(times(work["priced_width"], fullness(work, curtain)), 10000)
    return flat + times(curtain["side_allowance"], times(2, panels))


def count_widths(curtain: Curtain, across: int, fabric_width: int, panels: int) -> int:
    """Whole widths of fabric; per panel where panels may not share a width."""
    if curtain.get("whole_each", False):
        return times(divide_up(across, times(fabric_width, panels)), panels)
    return divide_up(across, fabric_width)


def cut_length(length: int, repeat: int) -> int:
    """Cut drop in whole pattern repeats, so that the widths match."""
    if repeat <= 0:
        return length
    return up_to_multiple(length, repeat)
