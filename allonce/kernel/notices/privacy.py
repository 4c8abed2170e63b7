"""What each field of the notices room is for."""

from allonce.kernel.declarations import PD, declare

_CHOICE = PD("preference", "account", "person_end", plain_because="codes of ours, found by a key to the sealed person")

declare(
    "notices.Notice",
    since="created_at",
    subject="person",
    id="none",
    person="none",
    kind=("none", "a code from our own list"),
    words=PD("activity", "account", "year_1", source="us"),
    created_at="none",
    read_at="none",
    in_app="none",
    for_digest="none",
)
declare(
    "notices.Choice",
    subject="person",
    id="none",
    person="none",
    kind=_CHOICE,
    in_app=_CHOICE,
    mail=_CHOICE,
    push=_CHOICE,
    chosen_at="none",
)
declare("notices.Digest", subject="person", id="none", person="none", day="none", created_at="none")
