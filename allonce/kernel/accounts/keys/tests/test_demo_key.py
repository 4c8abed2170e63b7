from uuid import uuid4

from allonce.kernel.accounts.keys.demo_key import DEMO_RECOVERY_CODE, demo_key
from allonce.kernel.accounts.keys.points import point_of
from allonce.kernel.accounts.keys.tests import reader
from allonce.kernel.accounts.keys.tests.reader import Context


def test_the_demos_printed_code_opens_the_demos_key() -> None:
    account = uuid4()
    made = demo_key(account)
    secret = reader.recovery_secret(DEMO_RECOVERY_CODE)
    paper = reader.open_lock(made.holders[0].locked, str(account), "recovery", "printed", secret)
    context = Context(str(account), 1, "recovery", "printed")
    pkcs8 = reader.open_wrap(made.wraps[0].wrapped, context, reader.private_key(paper))
    assert reader.point(reader.private_key(pkcs8)) == point_of(made.public_key)
