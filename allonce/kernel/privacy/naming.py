"""Tables and fields as people call them, from what models say of themselves."""

from typing import Any

from django.apps import apps
from django.utils.text import capfirst

from allonce.kernel.declarations import PD

# Where a model's own name would mislead or is a programmer's; everything else speaks for itself.
TABLES = {
    "accounts.Person": "You",
    "accounts.Membership": "Accounts you belong to",
    "accounts.SignInSession": "Where you are signed in",
    "accounts.UsedBrowser": "Browsers in which you worked in an account",
    "accounts.MailedToken": "Links mailed to you",
    "accounts.SignUpRequest": "Your wish to sign up",
    "accounts.Invitation": "Invitations to you",
    "accounts.RecoveryCode": "Recovery codes",
    "accounts.StaffDuty": "Your duties as staff",
    "accounts.RegistrationCode": "Codes for registering a phone",
    "accounts.RegistrationRequest": "Phones that asked to be registered",
    "accounts.KeyHolder": "Devices and codes that hold an account's key",
    "accounts.KeyWrap": "An account's key, sealed for each of them",
    "audit.PersonLook": "Looks of staff at you",
    "audit.Look": "Looks of staff at an account",
    "post.OutboxMail": "Letters sent to you",
    "post.AccountContent": "Letters on their way to an account",
    "post.PersonContent": "Letters on their way to you",
    "post.InstallContent": "Letters on their way to you, from before you signed up",
    "post_push.Push": "Notifications on their way to you",
    "post_push.Subscription": "Browsers that may notify you",
    "notices.Notice": "What you were told",
    "notices.Choice": "How you want to be told",
    "legal.Acceptance": "What you agreed to",
    "legal.ChangeTold": "Changes that you were told of",
    "notices.Digest": "Daily letters sent to you",
    "marketing.Contact": "Your entry among news and choices",
    "marketing.Copy": "Newsletters sent to you",
    "marketing.Address": "Your address for news",
    "marketing.OptInRequest": "Your wish to get news",
    "marketing.Preference": "What we may write to you about",
    "marketing.Change": "How that came about",
    "sessions.Session": "Browser sessions",
    "rights.Limit": "Your restrictions and objections",
    "retention.LegalHold": "Legal holds",
    "retention.KeptRecord": "Records kept because the law wants them",
    "retention.HeldRecord": "Copies kept for a legal hold",
    "retention.Farewell": "Last letters about an account that ended",
    "requests.RightsRequest": "Your requests",
    "requests.Step": "What happened to your requests",
    "requests.Referral": "Requests passed on to an account",
    "requests.Disclosure": "What was given to authorities",
    "casework.Case": "Cases about you",
    "casework.CaseOpening": "When staff opened them",
    "casework.Decision": "Decisions about you",
    "casework.Appeal": "Your appeals",
    "casework.PersonCaseText": "What was said in cases about you",
    "casework.AccountCaseText": "What was said in cases about an account",
    "casework.RemovedContent": "Content that was taken down",
    "billing.LedgerAccount": "Your credits",
    "billing.Movement": "How your credits changed",
    "billing.Posting": "The two sides of each change of your credits",
    "billing.Hold": "Credits that were set aside",
    "billing.Purchase": "What you bought",
    "billing.Refund": "Money that went back to you",
    "billing.Subscription": "Your subscriptions",
    "billing.SellerRecord": "A seller's numbers of what you bought",
    "billing.PayerRecord": "The card seller's number for you",
    "billing.StoreToken": "How purchases in an app are known to be yours",
}
SERVICES = {
    "accounts": "Your sign-in",
    "post": "Letters",
    "post_push": "Notifications in browsers",
    "post_sms": "Text messages",
    "post_webhooks": "Webhooks",
    "notices": "Notices",
    "legal": "Agreements",
    "marketing": "News and choices",
    "rights": "Your rights",
    "requests": "Requests",
    "sessions": "Your sign-in",
    "audit": "Record of activity",
    "casework": "Decisions",
    "billing": "Payments",
}
# A field as people say it, for every table or for one of them.
FIELDS = {
    "about": "what it is about",
    "acknowledged_at": "receipt sent",
    "at": "when",
    "backed_up": "kept by your device's maker too",
    "channel": "by",
    "copy_sent_at": "copy mailed to you",
    "created_at": "since",
    "credential_id": "its number",
    "deed": "what was done",
    "email_verified_at": "email confirmed",
    "expires_at": "works until",
    "facts": "what is kept",
    "for_digest": "waits for the daily letter",
    "ground": "because",
    "has_cv": "with a CV",
    "identity": "who you are",
    "in_app": "shown in the app",
    "lifted_at": "ended",
    "longer_at": "kept longer since",
    "made_at": "since",
    "mail": "letter",
    "noted_at": "written down",
    "password_change_required": "a new password is due",
    "password_changed_at": "password last changed",
    "prf": "can open an account's key",
    "purpose": "what for",
    "received_on": "received",
    "right": "what you want",
    "second_factor": "a passkey is wanted besides the password",
    "second_factor_at": "passkey shown",
    "source": "learnt from",
    "source_on": "learnt on",
    "told_at": "you were told",
    "wording": "version of the sentence",
    "words": "what was said",
    "legal.Acceptance.at": "agreed",
    "legal.Acceptance.version": "text",
    "legal.ChangeTold.at": "told",
    "legal.ChangeTold.version": "text",
    "notices.Choice.mail": "by letter",
    "notices.Choice.push": "on woken devices",
    "notices.Choice.kind": "about",
    "rights.Limit.kind": "what",
}


def register_tables(words: dict[str, str]) -> None:
    """Name tables of a product whose own names mislead. Called in an app's `ready`."""
    TABLES.update(words)


def table_words(label: str) -> str:
    """A table by the name that people know it by."""
    return TABLES.get(label) or capfirst(str(apps.get_model(label)._meta.verbose_name_plural))


def service_words(label: str) -> str:
    """The service or room that a table belongs to."""
    app = label.partition(".")[0]
    return SERVICES.get(app) or capfirst(str(apps.get_app_config(app).verbose_name))


def field_words(model: Any, name: str) -> str:
    """A field as people say it: by its table's own word, by the common one, or by the model's name for it."""
    said = FIELDS.get(f"{model._meta.label}.{name}") or FIELDS.get(name)
    words = str(getattr(model._meta.get_field(name), "verbose_name", name)).replace("_", " ")
    return said or words.removesuffix(" at").removesuffix(" on")


def is_told(fact: object) -> bool:
    """Whether a field stands in the person's copy."""
    return isinstance(fact, PD) and fact.export
