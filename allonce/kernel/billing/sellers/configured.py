"""The sellers of this installation, made from its settings. One that is not set up does not exist."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from allonce.kernel.billing.sellers.app_store import AppStore
from allonce.kernel.billing.sellers.google_play import GooglePlay, PlayOverHttp
from allonce.kernel.billing.sellers.play_tokens import ApiToken, PushKeys
from allonce.kernel.billing.sellers.ports import Seller
from allonce.kernel.billing.sellers.stripe_cards import StripeCards
from allonce.kernel.errors import NotFound
from allonce.kernel.post.connectors import LOCAL, is_this_machine

# What the sellers were made from, and they: the clients that a seller keeps are dear.
_kept: tuple[Mapping[str, Any], dict[str, Seller]] | None = None


def sellers() -> dict[str, Seller]:
    """Every seller that is set up, by its code; made again only for other settings."""
    global _kept  # noqa: PLW0603 - one set of sellers for each process
    kept, said = _kept, settings.SELLERS
    if kept is None or kept[0] is not said:
        _kept = kept = (said, _made(said))
    return kept[1]


def seller_of(code: str) -> Seller:
    """The seller of this code. Raises NotFound."""
    try:
        return sellers()[code]
    except KeyError:
        raise NotFound from None


def card_seller() -> Seller | None:
    """Whoever takes orders on the site, if anybody does."""
    return next((each for each in sellers().values() if each.sells_here), None)


def connectors() -> list[str]:
    """The sellers' names for the list of processors."""
    return [each.connector for each in sellers().values()]


def _made(said: Mapping[str, Any]) -> dict[str, Seller]:
    found = [_stripe(said), _app_store(said), _google_play(said)]
    return {each.code: each for each in found if each is not None}


def _stripe(said: Mapping[str, Any]) -> Seller | None:
    if not said["stripe_key"]:
        return None
    return StripeCards(said["stripe_key"], tuple(said["stripe_webhook_secrets"]), said["stripe_api"])


def _app_store(said: Mapping[str, Any]) -> Seller | None:
    if not said["app_store_bundle"]:
        return None
    roots = tuple(Path(each).read_bytes() for each in said["app_store_roots"])
    return AppStore(
        said["app_store_bundle"],
        said["app_store_id"],
        said["app_store_environment"],
        roots,
        said["app_store_online_checks"],
    )


def _google_play(said: Mapping[str, Any]) -> Seller | None:
    if not said["play_package"]:
        return None
    local = is_this_machine(urlsplit(said["play_api"]).hostname or "")
    connector = LOCAL if local else "seller:google-play"
    api = PlayOverHttp(said["play_api"], said["play_package"], ApiToken(json.loads(said["play_account"])), connector)
    keys = PushKeys(said["play_keys"])
    return GooglePlay(said["play_package"], said["play_audience"], said["play_push_email"], keys, api, connector)
