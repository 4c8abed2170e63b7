from allonce.kernel.declarations import PD, declare

LETTER = PD(category="content", purpose="service", retention="account_end", free_text=True)
EMAIL = PD(category="contact", purpose="account", retention="person_end")

declare(
    "probe.Letter",
    subject="@account_id",
    id="none",
    account_id="none",
    body=LETTER,
    seal=LETTER,
    also={"subject": LETTER},
)
declare("probe.Penfriend", subject="self", id="none", email=EMAIL, email_index=EMAIL)
declare("probe.Notice", subject=None, id="none", text=("none", "the Operator's own words"))
declare(
    "probe.Invoice",
    subject="@account_id",
    since="issued_at",
    id="none",
    account_id="none",
    issued_at="none",
    words=PD("financial", "legal", "years_6", erase="keep"),
    memo=PD("content", "service", "account_end", erase="null"),
)
declare(
    "probe.Visit",
    subject="person",
    since="at",
    id="none",
    person="none",
    at="none",
    address=PD("technical", "security", "days_30", erase="null"),
    purpose=PD("activity", "service", "year_1"),
)
declare("probe.Remark", subject=None, id="none", visit="none")
declare("probe.Effect", subject=None, id="none", mark="none")
