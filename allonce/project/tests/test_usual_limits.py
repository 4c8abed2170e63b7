import pytest

from allonce.project.environment import Environment


@pytest.mark.promise("SEC-AUTOMATED-ACCESS")
def test_limits_are_on_by_default_and_leave_room_for_a_shop_at_work() -> None:
    usual = Environment.model_fields
    # The phone looks at most twice a minute; twenty of them behind one address send ten jobs of forty requests.
    assert usual["signed_in_requests"].default >= 20 * 2 + 10 * 40
    assert 0 < usual["stranger_requests"].default <= usual["signed_in_requests"].default
    assert usual["account_requests"].default > usual["signed_in_requests"].default
