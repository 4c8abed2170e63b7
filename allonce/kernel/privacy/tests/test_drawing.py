"""The picture of where data lies, as the public page shows it."""

import re

import pytest
from django.test import Client

from allonce.kernel.privacy.drawing import WIDTH

# Of the typeface at the picture's size, on average and rounded up.
LETTER_PIXELS = 6.6
NAME = re.compile(r'<text x="(\d+)" y="\d+" text-anchor="(start|end)">([^<]+)</text>')


@pytest.mark.django_db
def test_a_name_is_cut_off_at_the_edge_of_the_picture() -> None:
    names = NAME.findall(Client().get("/privacy/register/").content.decode())
    assert {anchor for _x, anchor, _name in names} == {"start", "end"}
    rooms = {name: WIDTH - int(x) if anchor == "start" else int(x) for x, anchor, name in names}
    assert [name for name, room in rooms.items() if len(name) * LETTER_PIXELS > room] == []
