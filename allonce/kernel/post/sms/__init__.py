"""Text messages both ways, through a gateway; who says STOP gets none."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allonce.kernel.post.sms.numbers import NumberRefused, readable_number
    from allonce.kernel.post.sms.parts import count_parts
    from allonce.kernel.post.sms.senders import assign_number, number_of, release_number
    from allonce.kernel.post.sms.sending import NumberStopped, SmsNotOffered, recall_sms, send_sms, sms_offered
    from allonce.kernel.post.sms.stopping import is_stopped, start_number, stop_number

_HOMES = {
    "NumberRefused": "numbers",
    "readable_number": "numbers",
    "count_parts": "parts",
    "assign_number": "senders",
    "number_of": "senders",
    "release_number": "senders",
    "NumberStopped": "sending",
    "SmsNotOffered": "sending",
    "recall_sms": "sending",
    "send_sms": "sending",
    "sms_offered": "sending",
    "is_stopped": "stopping",
    "start_number": "stopping",
    "stop_number": "stopping",
}
__all__ = [
    "NumberRefused",
    "NumberStopped",
    "SmsNotOffered",
    "assign_number",
    "count_parts",
    "is_stopped",
    "number_of",
    "readable_number",
    "recall_sms",
    "release_number",
    "send_sms",
    "sms_offered",
    "start_number",
    "stop_number",
]


# Models may only be imported once Django has its apps, so the names that need them are looked up late.
def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
