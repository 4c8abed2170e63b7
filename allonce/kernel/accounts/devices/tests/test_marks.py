from allonce.kernel.accounts.devices.marks import next_mark


def test_no_two_devices_of_a_user_ever_share_a_mark() -> None:
    marks = [next_mark(earlier) for earlier in range(5000)]
    assert len(set(marks)) == len(marks)
    assert max(len(mark) for mark in marks) <= 4
    assert marks[0] == "K7"
