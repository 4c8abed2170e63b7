"""How many messages a text travels in, against counts made by hand from 3GPP TS 23.038."""

import pytest

from allonce.kernel.post.sms import count_parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        # An escaped character does not fit into the last septet of a part: 152 + 1 free + 152 + 1 free.
        ("a" + "€" * 76 + "€" * 76, 2),
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("Grüße, Ångström, Ñandú, à bientôt".replace("ú", "u").replace("ô", "o"), 1),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("я" * 134, 2),
        ("я" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        # A pair of units is not cut: 33 in each part of 67.
        ("😀" * 66, 2),
        ("😀" * 67, 3),
        ("a" * 69 + "ç", 1),
        ("a" * 70 + "ç", 2),
    ],
)
def test_a_text_is_counted_wrongly(text: str, parts: int) -> None:
    assert count_parts(text) == parts
