"""What an installation may set from outside: environment variables named ALLONCE_*, or *_FILE for secrets."""

import os
import secrets
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self
from zoneinfo import available_timezones

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SMS_FIELDS = {name: name for name in ("to", "from", "text", "reference", "id", "status", "at")}
SMS_URLS = ("https://", *(f"http://{host}{after}" for host in ("127.0.0.1", "localhost", "[::1]") for after in ":/"))
HOME = Path(__file__).resolve().parents[2]


class Environment(BaseSettings):
    """Typed settings; a wrong value stops the start with the variable's name."""

    model_config = SettingsConfigDict(env_prefix="ALLONCE_", extra="ignore", hide_input_in_errors=True)

    data_dir: Path = HOME / "var"
    demo: bool = False
    # How far a demo's clock runs ahead of the machine's, to see what sixty days bring.
    demo_days_ahead: int = Field(default=0, ge=0, le=3650)
    debug: bool = False
    public_url: str = "http://localhost:8800"
    host: str = "127.0.0.1"
    port: int = 8800
    # Whose word on a request's address and scheme is taken: addresses or networks, separated by commas.
    trusted_proxies: str = "127.0.0.1"
    web_processes: int = Field(default=1, ge=1, le=64)
    extra_hosts: list[str] = []
    extra_apps: list[str] = []

    database_url: str = ""
    keys_database_url: str = ""
    redis_url: str = ""

    secret_key: str = ""
    vault_root_key: str = ""

    email_backend: str = "allonce.kernel.post.smtp.EmailBackend"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 8825
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_tls: bool = False
    mail_domain: str = "allonce.example"
    mail_from: str = "post@allonce.example"
    anymail: dict[str, Any] = {}

    # How long a post may take before another may find out what became of it; far above `smtp_timeout`.
    post_lease_seconds: int = Field(default=180, ge=1)
    smtp_timeout: int = Field(default=20, ge=1)

    mailbox_port: int = 8801
    chat_sites_port: int = 8803

    # Whether addresses that accounts and browsers name may lead to this machine; on in the demo.
    loopback_calls: bool = False
    # The gateway for text messages: a name of yours, where it takes messages, and the key it knows us by.
    sms_gateway: str = Field(default="", pattern=r"^[a-z0-9-]{0,40}$")
    sms_url: str = ""
    sms_key: str = ""
    # A number, or a name of up to eleven letters, to which nobody can answer.
    sms_sender: str = ""
    sms_form: bool = False
    # What the gateway calls to, from, text, reference, id, status and at, where it says otherwise.
    sms_fields: dict[str, str] = {}
    # What the gateway's calls are signed with: "standard" (Standard Webhooks), or the header that holds an HMAC.
    sms_webhook_secret: str = ""
    sms_signature: str = "standard"
    # Text messages that one account may send in a day; 0 sets no limit.
    sms_account_day: int = Field(default=500, ge=0)

    # Push services that may wake browsers: google, mozilla, apple, microsoft, or the host of another.
    push_services: list[str] = []
    # The private key of RFC 8292 in base64url, where there is one already; else one is made and kept.
    vapid_key: str = ""

    # Stripe: the secret key, the signing secrets of its webhook (several while one replaces another), and where it is.
    stripe_key: str = ""
    stripe_webhook_secrets: list[str] = []
    stripe_api: str = "https://api.stripe.com"
    # The origin of Stripe's payment page, to which an order's form may lead.
    stripe_checkout: str = "https://checkout.stripe.com"
    # The App Store: bundle id and Apple's number of the app, and the files of Apple's root certificates (DER).
    app_store_bundle: str = ""
    app_store_id: int | None = None
    app_store_environment: Literal["Production", "Sandbox"] = "Production"
    app_store_roots: list[Path] = []
    # Ask Apple whether a certificate was revoked, for each new one.
    app_store_online_checks: bool = True
    # Google Play: the package, what its Pub/Sub push was set up with, and the service account's key as JSON.
    play_package: str = ""
    play_audience: str = ""
    play_push_email: str = ""
    play_account: str = ""
    play_keys: str = "https://www.googleapis.com/oauth2/v3/certs"
    play_api: str = "https://androidpublisher.googleapis.com"
    # The statutory rate of interest on late refunds, in hundredths of a per cent a year, by its first day.
    statutory_interest: dict[date, int] = {}
    card_seller_port: int = 8804

    # A service whose accounts people may join Dating with (OAuth 2.0): our id and secret there, what people call it,
    # its addresses and what it is asked for. All but the first two are Facebook's where nothing is set.
    oauth_client: str = ""
    oauth_secret: str = ""
    oauth_name: str = "Facebook"
    oauth_authorize: str = "https://www.facebook.com/v21.0/dialog/oauth"
    oauth_token: str = "https://graph.facebook.com/v21.0/oauth/access_token"  # noqa: S105 - an address
    oauth_profile: str = (
        "https://graph.facebook.com/v21.0/me"
        "?fields=id,first_name,birthday,email,picture.width(960).height(960),likes.limit(200)%7Bname%7D"
    )
    oauth_scopes: list[str] = ["public_profile", "email", "user_birthday", "user_likes"]
    # It tells only addresses that it has confirmed itself, although it does not say so of each.
    oauth_proves_email: bool = False
    oauth_double_port: int = 8805
    # Dating: Crowns to begin with, and for every thirty days of being here.
    dating_welcome: int = Field(default=3, ge=0, le=100)
    dating_loyalty: int = Field(default=1, ge=0, le=100)
    # Other numbers to begin with by gender ("woman", "man", "other"); in many countries that is discrimination.
    dating_welcome_by_gender: dict[Literal["woman", "man", "other"], int] = {}

    operator_name: str = "Allonce Operator"
    operator_email: str = "operator@allonce.example"
    operator_phone: str = "+44 20 7946 0000"
    operator_address: str = "1 Harbour Street, London"
    # "ICO", "CNIL", or "Name; address; web address" of another authority.
    authority: str = "ICO"
    # Who settles complaints about Chat that we could not: "Name; address; web address". Empty: the authority.
    recourse: str = ""
    # Where the desk's mail comes in and goes out; who says in Authentication-Results what a sender proved.
    support_email: str = ""
    support_authserv: str = ""
    # A port on which a mail server hands mail over, by LMTP or SMTP; 0 for none. Loopback unless a host is named.
    desk_port: int = Field(default=0, ge=0, le=65535)
    desk_host: str = "127.0.0.1"
    desk_protocol: Literal["lmtp", "smtp"] = "lmtp"
    # A mailbox that is fetched: taken mails stay as seen, or go to the folder `desk_imap_taken`.
    desk_imap_host: str = ""
    desk_imap_port: int = Field(default=993, ge=1, le=65535)
    desk_imap_security: Literal["tls", "starttls", "plain"] = "tls"
    desk_imap_user: str = ""
    desk_imap_password: str = ""
    desk_imap_folder: str = "INBOX"
    desk_imap_taken: str = ""
    desk_imap_authority: str = ""
    desk_imap_seconds: int = Field(default=30, ge=1, le=3600)
    # The mediator to whom members of Dating may turn: "Name; address; web address". Empty: the authority.
    mediator: str = ""
    # Address databases (MaxMind's format) that tell where a sign-in to Dating comes from. None is shipped.
    address_databases: list[Path] = []
    legal_notice_days: int = Field(default=30, ge=1, le=365)
    region: str = "GB"
    # The time zone in which pages say times; everything is kept in UTC.
    time_zone: str = "Europe/London"
    # Further regions where this installation's data may lie or go: country codes, or EEA for its thirty countries.
    allowed_regions: list[str] = []
    # Where each storage target lies, if not in `region`: {"backups": "FR"}. Targets: database, keys, files, backups.
    storage_regions: dict[str, str] = {}

    # A ClamAV daemon: "unix:/run/clamav/clamd.ctl" or "host:port". While one is set and silent, no upload is taken.
    clamd: str = ""
    clamd_timeout: int = Field(default=30, ge=1)

    # The log of visits to public pages, kept apart from identities for thirty days.
    visit_log: bool = True
    # Figures about fewer visitors or accounts than this are never shown or exported.
    smallest_group: int = Field(default=10, ge=5)

    # Requests a minute that one address, person or account may make; 0 sets no limit.
    stranger_requests: int = Field(default=120, ge=0)
    signed_in_requests: int = Field(default=600, ge=0)
    account_requests: int = Field(default=3000, ge=0)
    ledger_path: Path | None = None

    @field_validator("time_zone")
    @classmethod
    def _zone_is_known(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"ALLONCE_TIME_ZONE must be a zone of the IANA database, as Europe/London is, not {zone}")
        return zone

    @model_validator(mode="after")
    def _only_a_demo_travels(self) -> Self:
        if self.demo_days_ahead and not self.demo:
            raise ValueError("ALLONCE_DEMO_DAYS_AHEAD moves the clock of a demo alone. Start `allonce up --demo`.")
        return self

    @model_validator(mode="after")
    def _sellers_make_sense(self) -> Self:
        """Refuse a seller whose reports nobody could check, or that would be asked in clear."""
        if self.stripe_key and not self.stripe_webhook_secrets:
            raise ValueError("ALLONCE_STRIPE_WEBHOOK_SECRETS must hold the webhook's signing secret, as a JSON list")
        if self.app_store_bundle and not self.app_store_roots:
            raise ValueError("ALLONCE_APP_STORE_ROOTS must name the files of Apple's root certificates, as a JSON list")
        if self.app_store_bundle and self.app_store_environment == "Production" and self.app_store_id is None:
            raise ValueError("ALLONCE_APP_STORE_ID must hold Apple's number of the app")
        if self.play_package and not (self.play_audience and self.play_push_email and self.play_account):
            raise ValueError("ALLONCE_PLAY_AUDIENCE, _PUSH_EMAIL and _ACCOUNT must be set with ALLONCE_PLAY_PACKAGE")
        if not all(each.startswith(SMS_URLS) for each in (self.stripe_api, self.play_api, self.play_keys)):
            raise ValueError("addresses of sellers must start with https://; http:// will do on this machine alone")
        return self

    @model_validator(mode="after")
    def _provider_makes_sense(self) -> Self:
        """Refuse a provider that would be asked in clear, or that could not know us."""
        if self.oauth_client and not self.oauth_secret:
            raise ValueError("ALLONCE_OAUTH_SECRET must hold the secret that goes with ALLONCE_OAUTH_CLIENT")
        if not all(each.startswith(SMS_URLS) for each in (self.oauth_authorize, self.oauth_token, self.oauth_profile)):
            raise ValueError("ALLONCE_OAUTH_ addresses must start with https://; http:// only on this machine")
        return self

    @model_validator(mode="after")
    def _sms_gateway_makes_sense(self) -> Self:
        """Refuse a gateway that would be called in clear or whose calls nobody could check, and fields nobody reads."""
        secret = self.sms_webhook_secret
        if secret and self.sms_signature == "standard" and not secret.startswith("whsec_"):
            raise ValueError(
                "ALLONCE_SMS_WEBHOOK_SECRET must start with whsec_, or ALLONCE_SMS_SIGNATURE name a header"
            )
        if self.sms_url and not self.sms_url.startswith(SMS_URLS):
            raise ValueError("ALLONCE_SMS_URL must start with https://; http:// will do on this machine alone")
        unknown = self.sms_fields.keys() - SMS_FIELDS.keys()
        if unknown:
            raise ValueError(f"ALLONCE_SMS_FIELDS names {sorted(unknown)}; it may name {sorted(SMS_FIELDS)}")
        return self


def read_environment() -> Environment:
    """Settings from the environment, where ALLONCE_X_FILE names a file that holds ALLONCE_X."""
    for name in [n for n in os.environ if n.startswith("ALLONCE_") and n.endswith("_FILE")]:
        os.environ.setdefault(name.removesuffix("_FILE"), Path(os.environ[name]).read_text().strip())
    return Environment()


def kept_secret(folder: Path, name: str, given: str) -> str:
    """The given secret, or one made once and kept in a file that only this user can read."""
    if given:
        return given
    path = folder / f"{name}.secret"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make_secret(path)
    return path.read_text().strip()


def _make_secret(path: Path) -> None:
    """In one step, so that of several processes that start at once all read the same whole secret."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    made = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(made, "w") as file:
        file.write(secrets.token_urlsafe(48))
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
