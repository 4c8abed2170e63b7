"""How Django finds the person of a session; checking who it is happens in `services.sign_in`."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend

from allonce.kernel.accounts.models import Person


class PersonBackend(BaseBackend):
    def get_user(self, user_id: Any) -> Person | None:
        """The person, unless gone or suspended."""
        person = Person.objects.filter(pk=UUID(str(user_id))).first()
        return person if person is not None and person.is_active else None
