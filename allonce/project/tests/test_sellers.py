"""Settings of sellers that make no sense stop the start."""

import os

import pytest
from pydantic import ValidationError

from allonce.project.environment import Environment

STRIPE = {"stripe_key": "sk", "stripe_webhook_secrets": ["whsec_1"]}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"stripe_key": "sk"}, "ALLONCE_STRIPE_WEBHOOK_SECRETS"),
        (STRIPE | {"stripe_api": "http://api.stripe.example"}, "https://"),
        ({"app_store_bundle": "com.example"}, "ALLONCE_APP_STORE_ROOTS"),
        ({"app_store_bundle": "com.example", "app_store_roots": ["x.cer"]}, "ALLONCE_APP_STORE_ID"),
        ({"app_store_environment": "Xcode"}, "app_store_environment"),
        ({"play_package": "com.example"}, "ALLONCE_PLAY_AUDIENCE"),
    ],
)
def test_a_seller_whose_reports_nobody_could_check_stops_the_start(
    given: dict[str, object], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What another test's demo left in the environment would stand in for what is missing here.
    for name in [name for name in os.environ if name.startswith(("ALLONCE_STRIPE", "ALLONCE_APP_", "ALLONCE_PLAY_"))]:
        monkeypatch.delenv(name)
    with pytest.raises(ValidationError, match=named):
        Environment(**given)  # type: ignore[arg-type]  # wrong on purpose
