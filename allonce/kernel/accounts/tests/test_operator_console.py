import csv
import io
from datetime import timedelta

import pytest

from allonce.kernel.accounts import activity, entitlements
from allonce.kernel.accounts.devices.tests.scene import make_shop, registered_phone
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import add_months, now, today, travel

pytestmark = pytest.mark.django_db
REASON = "Ticket 31: cannot publish the catalogue"


def base(of: Inhabitant) -> str:
    return f"/operator/accounts/{of.account.id}"


def look(sam: Inhabitant, olivia: Inhabitant, minutes: int = 15) -> None:
    assert sam.client.post(f"{base(olivia)}/look/", {"reason": REASON, "minutes": minutes}).status_code == 302


def test_the_console_does_not_exist_for_subscribers(olivia: Inhabitant) -> None:
    assert olivia.client.get("/operator/").status_code == 404
    assert olivia.client.post(f"{base(olivia)}/grant/", {"service": "field"}).status_code == 404


def test_the_list_and_the_account_page_open_nothing_personal(olivia: Inhabitant, sam: Inhabitant) -> None:
    for path in ("/operator/", f"{base(olivia)}/"):
        page = sam.client.get(path).content.decode()
        assert str(olivia.account.id) in page
        assert "Harbour" not in page
        assert "Olivia" not in page


def test_a_granted_service_runs_through_its_day_and_can_be_withdrawn(olivia: Inhabitant, sam: Inhabitant) -> None:
    until = add_months(today(), 1)
    sam.client.post(f"{base(olivia)}/grant/", {"service": "field", "until": until.isoformat()})
    assert entitlements.allows(olivia.account.id, "field")
    assert not entitlements.allows(olivia.account.id, "chat")
    with travel(now() + timedelta(days=33)):
        assert not entitlements.allows(olivia.account.id, "field")
    granted = entitlements.standing(olivia.account.id).get()
    sam.client.post(f"{base(olivia)}/withdraw/{granted.pk}/")
    with pytest.raises(entitlements.NotSubscribed):
        entitlements.require(olivia.account.id, "field")
    recorded = Entry.objects.filter(account_id=olivia.account.id, actor_kind="staff", actor_id=sam.person.id)
    assert list(recorded.order_by("number").values_list("action", flat=True)) == [
        "entitlement.granted",
        "entitlement.withdrawn",
    ]


def test_a_day_that_is_past_is_refused_beside_its_field(olivia: Inhabitant, sam: Inhabitant) -> None:
    answer = sam.client.post(f"{base(olivia)}/grant/", {"service": "field", "until": "2020-01-01"})
    assert answer.status_code == 422
    assert b"Choose today or later" in answer.content


def test_nothing_of_an_account_opens_without_a_reason(olivia: Inhabitant, sam: Inhabitant) -> None:
    assert sam.client.get(f"{base(olivia)}/details/").status_code == 404
    assert sam.client.post(f"{base(olivia)}/enter/").status_code == 404
    for reason in ("", "because", "          "):
        assert sam.client.post(f"{base(olivia)}/look/", {"reason": reason, "minutes": "15"}).status_code == 422
    assert sam.client.get(f"{base(olivia)}/details/").status_code == 404


def test_a_look_is_limited_in_time_and_seen_by_the_account(olivia: Inhabitant, sam: Inhabitant) -> None:
    look(sam, olivia)
    assert b"Olivia Marsh" in sam.client.get(f"{base(olivia)}/details/").content
    seen = olivia.client.get("/account/looks/").content.decode()
    assert REASON in seen
    assert "Sam Reed" in seen
    with travel(now() + timedelta(minutes=16)):
        assert sam.client.get(f"{base(olivia)}/details/").status_code == 404


def test_one_staff_members_look_opens_nothing_for_another(olivia: Inhabitant, sam: Inhabitant) -> None:
    look(sam, olivia)
    other = people.colleague(sam, Role.OFFICE, "kim@operator.example")
    assert other.client.get(f"{base(olivia)}/details/").status_code == 404


def test_under_a_look_office_pages_can_be_read_and_nothing_changed(olivia: Inhabitant, sam: Inhabitant) -> None:
    look(sam, olivia)
    sam.client.post(f"{base(olivia)}/enter/")
    for path in ("/account/", "/account/people/", "/account/passkeys/"):
        page = sam.client.get(path).content
        assert b"Harbour Blinds" in page
        assert b"Nothing can be changed" in page
    assert sam.client.get("/account/details/").status_code == 404
    assert sam.client.post("/account/people/", {"email": "x@y.example", "role": "owner"}).status_code == 404
    sam.client.post("/account/leave-look/")
    assert b"Harbour Blinds" not in sam.client.get("/account/").content


def test_whoever_leaves_the_staff_loses_a_running_look_at_once(olivia: Inhabitant, sam: Inhabitant) -> None:
    look(sam, olivia)
    sam.client.post(f"{base(olivia)}/enter/")
    assert b"Harbour Blinds" in sam.client.get("/account/").content
    sam.person.memberships.all().delete()
    assert sam.client.get("/account/people/").status_code == 404
    assert b"Harbour Blinds" not in sam.client.get("/account/").content


def test_ending_a_look_closes_the_account_at_once(olivia: Inhabitant, sam: Inhabitant) -> None:
    look(sam, olivia)
    sam.client.post(f"{base(olivia)}/enter/")
    running = olivia.account.staff_looks.get()
    sam.client.post(f"/operator/looks/{running.pk}/end/")
    assert sam.client.get(f"{base(olivia)}/details/").status_code == 404
    assert b"Harbour Blinds" not in sam.client.get("/account/").content


def test_the_owner_sees_who_did_what_from_which_device_and_can_filter(olivia: Inhabitant) -> None:
    people.sign_in(olivia.person.email)
    olivia.client.post("/account/details/", {"name": "Harbour & Sons"})
    page = olivia.client.get("/account/activity/").content.decode()
    assert "Renamed the account" in page
    assert "Firefox on Windows" in page
    narrowed = olivia.client.get("/account/activity/?action=session.started").content.decode()
    assert "<td>Renamed the account</td>" not in narrowed
    later = (today() + timedelta(days=2)).isoformat()
    assert "Nothing here" in olivia.client.get(f"/account/activity/?since={later}").content.decode()
    assert olivia.client.get("/account/activity/?since=nonsense&person=x&page=99").status_code == 200


def test_what_a_phone_did_names_its_user_and_the_phone() -> None:
    shop = make_shop()
    registered_phone(shop)
    page = people.browser_of(shop.access.person).get("/account/activity/").content.decode()
    assert "Registered a phone" in page
    assert "User JB" in page
    assert "Pixel 8" in page


def test_the_record_can_be_exported_and_runs_no_formulas(olivia: Inhabitant) -> None:
    olivia.person.name = "=HYPERLINK(1)"
    olivia.person.save(update_fields=["name"])
    answer = olivia.client.get("/account/activity.csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode())))
    assert rows[0][:4] == ["Time", "Who", "What", "Device"]
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert not [cell for row in rows for cell in row if cell == "'"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_cell_of_the_exported_record_starts_like_a_formula(start: str) -> None:
    assert activity._csv_rows([[f"{start}1+1", ""]]).lstrip('"').startswith("'")
