"""Steps, which explain each penny, and problems, which say what is wrong."""

from typing import Any

from allonce.pricing.types import Problem
from allonce.pricing.types.work import Work


def add_step(work: Work, code: str, params: dict[str, Any], amount: int) -> None:
    """Explain `amount` minor units of the line; 0 for information."""
    if work["explain"]:
        work["steps"].append({"code": code, "params": params, "amount": amount})


def add_error(problems: list[Problem], code: str, field: str, params: dict[str, Any]) -> None:
    """Note what prevents a price."""
    problems.append({"code": code, "severity": "error", "field": field, "params": params})


def add_warning(problems: list[Problem], code: str, field: str, params: dict[str, Any]) -> None:
    """Note what a person should look at; the price stands."""
    problems.append({"code": code, "severity": "warning", "field": field, "params": params})


def has_errors(problems: list[Problem]) -> bool:
    """Whether any problem prevents a price."""
    for problem in problems:
        if problem["severity"] == "error":
            return True
    return False
