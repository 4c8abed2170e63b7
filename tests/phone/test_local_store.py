"""What lies on the phone's disk: nothing to read, nothing lost, and nothing left after unregistering."""

import base64
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.live.installation import LiveInstallation
from tests.phone.driver import PIN, Phone

pytestmark = [pytest.mark.real, pytest.mark.django_db]

NO_STORE = "indexedDB.databases().then(all => all.every(one => one.name !== 'allonce-phone'))"
WHAT_THE_DOOR_KEEPS = """new Promise((resolve, reject) => {
  const opening = indexedDB.open("allonce-phone");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const found = {}, walk = opening.result.transaction("door").objectStore("door").openCursor();
    walk.onsuccess = () => {
      const at = walk.result;
      if (!at) return opening.result.close(), resolve(found);
      const isKey = at.value instanceof CryptoKey;
      found[at.key] = isKey ? { kind: "CryptoKey", extractable: at.value.extractable } : { ...at.value };
      at.continue();
    };
  };
})"""
# Chromium remembers for half a minute how much room there was.
QUOTA_IS_REMEMBERED_MS = 31_000

PLANTED = ("Zebedee Quillfeather", "zebedee@quillfeather.example", "Nightjar Passage", "PLANTEDNOTE77")


def disguises(word: str) -> Iterator[bytes]:
    """The forms in which a browser might have written a text."""
    yield word.encode()
    yield word.encode("utf-16-le")
    for shift in range(3):  # whatever stands before it in a base64 text
        yield base64.b64encode(b"\0" * shift + word.encode())[4:-4]


def plant(phone: Phone) -> None:
    phone.whole_quote(PLANTED[0], PLANTED[1])
    phone.page.get_by_role("link", name="Customer", exact=True).click()
    phone.page.get_by_label("Address").fill(PLANTED[2])
    phone.to_windows()
    phone.page.locator("a.entry", has_text="Window 1").click()
    phone.page.get_by_label("Notes for this window").fill(PLANTED[3])
    phone.page.wait_for_timeout(500)


@pytest.mark.promise("MOBILE-LOCAL-STORE")
def test_the_stored_bytes_hold_no_planted_value(phone: Phone) -> None:
    plant(phone)
    phone.switch_off()
    stored = phone.stored_bytes()
    assert b"allonce-phone" in stored or "allonce-phone".encode("utf-16-le") in stored
    assert not {word for word in PLANTED for form in disguises(word) if form in stored}

    phone.switch_on(offline=True)
    phone.unlock()
    expect(phone.page.locator("a.entry", has_text=PLANTED[0])).to_be_visible()


@pytest.mark.promise("MOBILE-LOCAL-STORE")
def test_the_pin_goes_through_a_slow_derivation_and_a_key_that_cannot_be_taken_away(phone: Phone) -> None:
    door = phone.page.evaluate(WHAT_THE_DOOR_KEEPS)
    keys = {name: kept["extractable"] for name, kept in door.items() if kept.get("kind") == "CryptoKey"}
    assert keys["device-key"] is False
    assert not any(keys.values())
    assert door["pin"]["iterations"] >= 600_000


@pytest.mark.promise("MOBILE-LOCAL-STORE")
def test_wrong_pins_open_nothing_and_soon_have_to_wait(phone: Phone) -> None:
    phone.switch_off()
    phone.switch_on(offline=True)
    for _ in range(4):
        phone.type_pin("111112")
        phone.expect_words("That is not the PIN.")
    phone.type_pin("111112")
    phone.expect_words("seconds before the next try")
    expect(phone.button("1", exact=True)).to_be_disabled()
    phone.switch_off()
    phone.switch_on(offline=True)
    phone.expect_words("seconds before the next try")


@pytest.mark.promise("MOBILE-UNREGISTER")
def test_an_unregistered_phone_wipes_itself_at_its_next_contact_and_a_new_one_registers(
    phone: Phone, live_installation: LiveInstallation, new_phone: Callable[[], Phone]
) -> None:
    phone.start_quote("Wipe Me")
    phone.home()
    live_installation.scene("scene.unregister('JB')")
    phone.button("Check now").click()
    phone.expect_words("This phone was unregistered")
    phone.page.wait_for_function(NO_STORE)
    phone.switch_off()
    phone.switch_on()
    expect(phone.page.get_by_text("Set this phone up")).to_be_visible()
    new_phone().set_up("JB")


@pytest.mark.promise("MOBILE-REGISTER")
def test_an_unknown_email_and_an_unknown_user_are_told_the_same(new_phone: Callable[[], Phone]) -> None:
    phone = new_phone()
    told = []
    for email, user_id in (("nobody@live.example", "JB"), ("hello@live.example", "NOBODY")):
        phone.register(user_id, email)
        told.append(phone.page.locator(".note.bad").inner_text())
        phone.page.reload()
    assert told[0] == told[1]
    assert "do not fit together" in told[0]


@pytest.mark.promise("MOBILE-REGISTER")
def test_a_taken_user_id_is_told_the_same_as_an_unknown_one_and_what_to_do_next(
    phone: Phone, new_phone: Callable[[], Phone]
) -> None:
    assert phone.page.url
    other = new_phone()
    told = []
    for user_id in ("JB", "NOBODY"):
        other.register(user_id)
        told.append(other.page.locator(".note.bad").inner_text())
        other.page.reload()
    assert told[0] == told[1]
    assert "ask the owner to open Setup, Users and devices" in told[0]


def test_the_whole_app_starts_without_network(phone: Phone) -> None:
    phone.switch_off()
    phone.switch_on(offline=True)
    phone.unlock()
    phone.expect_home()
    phone.expect_words("No network.")


def test_a_second_tab_looks_on_until_it_takes_over(phone: Phone) -> None:
    phone.start_quote("First Tab")
    second = phone.context.new_page()
    second.goto(phone.address)
    for digit in PIN:
        second.get_by_role("button", name=digit, exact=True).click()
    second.locator(".gate .button.primary").click()
    expect(second.get_by_text("Mobile is open in another tab")).to_be_visible()
    expect(second.get_by_role("button", name="New quote")).to_be_disabled()

    phone.page.get_by_label("Name", exact=True).fill("Seen By Both")
    expect(second.locator("a.entry", has_text="Seen By Both")).to_be_visible()

    second.get_by_role("button", name="Write here instead").click()
    expect(second.get_by_role("button", name="New quote")).to_be_enabled()
    expect(phone.page.get_by_label("Name", exact=True)).to_be_disabled()


def test_a_full_phone_says_so_and_keeps_what_was_typed_once_there_is_room(phone: Phone) -> None:
    phone.start_quote("Room Enough")
    phone.context.set_offline(True)
    tools = phone.context.new_cdp_session(phone.page)
    origin = phone.address.removesuffix("/mobile/")
    tools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    phone.page.wait_for_timeout(QUOTA_IS_REMEMBERED_MS)
    phone.page.get_by_label("Name", exact=True).fill("No Room Left")
    phone.expect_words("This phone is full.")
    tools.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    phone.home()
    phone.page.get_by_role("link", name="Settings").click()
    phone.button("Save it now").click()
    expect(phone.page.get_by_text("This phone is full.").filter(visible=True)).to_have_count(0)
    phone.kill()
    phone.switch_on(offline=True)
    phone.unlock()
    expect(phone.page.locator("a.entry", has_text="No Room Left")).to_be_visible()


@pytest.mark.promise("MOBILE-LOCAL-STORE")
def test_a_passkey_opens_what_the_pin_opens(phone: Phone) -> None:
    tools = phone.context.new_cdp_session(phone.page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "hasPrf": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    phone.page.get_by_role("link", name="Settings").click()
    phone.button("Use a passkey").click()
    phone.type_pin(PIN)
    phone.expect_words("The passkey opens this phone from now on.")
    phone.button("Lock").click()
    phone.button("Open with passkey").click()
    expect(phone.page.get_by_role("heading", name="Settings")).to_be_visible()


def test_a_wrong_clock_is_told_and_dates_follow_the_server(phone: Phone) -> None:
    phone.switch_off()
    phone.switch_on()
    phone.page.clock.install(time="2031-01-01T10:00:00Z")
    phone.page.reload()
    phone.unlock()
    phone.expect_words("clock is wrong")
    phone.start_quote("Clock")
    phone.to_quote()
    phone.button("Show").click()
    expect(phone.page.get_by_text("2031")).to_have_count(0)


def test_a_backup_brings_the_jobs_to_a_colleagues_phone_of_the_shop(
    phone: Phone, live_installation: LiveInstallation, new_phone: Callable[[], Phone]
) -> None:
    plant(phone)
    phone.home()
    phone.page.get_by_role("link", name="Settings").click()
    phone.button("Save a backup").click()
    phone.page.get_by_label("Secret words").fill("three unrelated words")
    with phone.page.expect_download() as download:
        phone.button("Go on").click()
    file = download.value.path()
    assert not any(form in file.read_bytes() for word in PLANTED for form in disguises(word))

    live_installation.scene("scene.free_user('AM')")
    other = new_phone()
    other.set_up("AM")
    other.page.get_by_role("link", name="Settings").click()
    other.page.locator("input[accept='.allonce-backup']").set_input_files(file)
    other.page.get_by_label("Secret words").fill("three unrelated words")
    other.button("Go on").click()
    other.expect_words("One job is back.")
    other.home()
    expect(other.page.locator("a.entry", has_text=PLANTED[0])).to_be_visible()
