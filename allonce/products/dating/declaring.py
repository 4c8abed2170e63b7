"""Facts that the declarations of Dating have in common."""

from typing import Literal

from allonce.kernel.declarations import PD

CODE: tuple[Literal["none"], str] = ("none", "a state or a code of ours")
SHOWN = ("members",)
DEED = "times and states are asked for in every query; whose they are is an opaque id"


def profile(category: str = "content", *, free_text: bool = False, shown: bool = True, rectify: bool = False) -> PD:
    """What somebody says of themselves; `shown` to their dates and matches."""
    who = SHOWN if shown else ()
    return PD(category, "dating", "person_end", free_text=free_text, recipients=who, rectify=rectify)


def sensitive(category: str = "orientation") -> PD:
    """What stands on explicit consent."""
    return PD(category, "dating_sensitive", "person_end")


def deed(*, shown: bool = False) -> PD:
    """That and when somebody did something."""
    return PD("activity", "dating", "person_end", source="us", plain_because=DEED, recipients=SHOWN if shown else ())


HIDDEN = PD("activity", "dating", "person_end", source="us", export=False, plain_because=DEED)


def safety(category: str, *, export: bool = True, free_text: bool = False, source: str = "us") -> PD:
    """What keeps members safe from each other."""
    return PD(category, "dating", "person_end", export=export, free_text=free_text, source=source)
