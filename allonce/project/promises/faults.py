"""What is wrong between the register and the tests: a promise is claimed or named as coming later, never neither."""

from allonce.project.promises.claims import Claims
from allonce.project.promises.register import Register


def faults(register: Register, claims: Claims) -> list[str]:
    """One sentence a fault, none if every promise is accounted for."""
    unclaimed = register.ids - claims.keys() - register.later.keys()
    unknown = claims.keys() - register.ids
    return [
        *(f"{each}: no test claims it, and later.toml does not say when it comes" for each in sorted(unclaimed)),
        *(f"{each}: claimed by {claims[each][0]}, but not in the register" for each in sorted(unknown)),
        *(f"{each}: in later.toml, but not in the register" for each in sorted(register.later.keys() - register.ids)),
        *(f"{each}: in later.toml, but tests claim it now" for each in sorted(register.later.keys() & claims.keys())),
        *(f"{each}: in later.toml without a reason" for each, why in sorted(register.later.items()) if not why.strip()),
    ]
