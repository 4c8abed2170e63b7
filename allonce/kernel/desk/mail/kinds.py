"""Who or what wrote a mail: a person, a machine that answers, a mail server, a list, ourselves."""

import re
from email.message import Message

from allonce.kernel.desk.mail.bounces import ARRIVED, actions_of
from allonce.kernel.desk.mail.headers import addresses, raw_value, raw_values
from allonce.kernel.desk.mail.parts import Contents, parameter
from allonce.kernel.desk.mail.values import Kind

MOST_HOPS = 50
LOOP_FIELDS = ("X-Loop", "X-Allonce-Desk")
READ_AT_MOST = 20_000

_AUTO_FIELDS = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Auto-Reply-From",
    "X-AutoReply-From",
    "X-Mail-Autoreply",
    "X-Vacation",
)
_SAYS_AUTO = re.compile(
    r"^\W*(auto(matic|mated)?[ -]?(reply|response|antwort)|out of (the )?office|vacation|automatische antwort|"
    r"abwesenheit|réponse automatique|absence|respuesta automática|fuera de la oficina|risposta automatica|"
    r"fuori sede|automatisch antwoord|afwezig)",
    re.IGNORECASE,
)
_DAEMONS = ("mailer-daemon", "mail-daemon", "mailerdaemon", "mailer_daemon", "mail delivery s")
_POSTMASTERS = ("postmaster", "post_master", "poostmaster", "double-bounce")
_SAYS_FAILED = re.compile(
    r"undeliver|not (be|been) delivered|delivery (has |status|fail|report|error|notification|delay)|"
    r"(mail|message|delivery) (delivery )?(has )?(fail|error|block)|fail(ure|ed) notice|returned (mail|to sender)|"
    r"returning message|mail system error|message could not|error sending your|non[- ]delivery|unzustellbar|"
    r"could not deliver|unable to deliver|user unknown|unknown user|no such user|mailbox (is )?full|over quota|"
    r"recipient.{0,40}(unknown|invalid|not exist|reject)|was not delivered|does not exist|did not reach the following",
    re.IGNORECASE,
)
_SAYS_CODE = re.compile(r"(?<![\d.])[45]\.\d\.\d{1,2}(?![\d.])|\b[45]\d\d[ -]")


def kind_of(message: Message, contents: Contents, subject: str, text: str, loop_mark: str) -> Kind:
    """The first that fits: our own, a bounce, an automatic answer, a list, a message of a person."""
    if _is_loop(message, loop_mark):
        return "loop"
    if _is_bounce(message, contents, subject, text):
        return "bounce"
    if _is_list(message):
        return "list"
    return "auto_reply" if _is_automatic(message, subject) else "message"


def _is_loop(message: Message, loop_mark: str) -> bool:
    ours = loop_mark.strip().casefold()
    marked = any(value.casefold() == ours for name in LOOP_FIELDS for value in raw_values(message, name))
    return bool(ours and marked) or len(raw_values(message, "Received")) > MOST_HOPS


def _is_bounce(message: Message, contents: Contents, subject: str, text: str) -> bool:
    if contents.reports and (actions := actions_of(contents.reports)):
        return not actions <= ARRIVED
    if _report_type(message) == "delivery-status":
        return True
    failed = bool(_SAYS_FAILED.search(subject) or raw_value(message, "X-Failed-Recipients"))
    if _is_from(message, _DAEMONS):
        return failed or _has_no_return(message) or _tells_failure(text)
    if _is_from(message, _POSTMASTERS):
        return _tells_failure(text) or (failed and (_has_no_return(message) or bool(contents.returned)))
    return _has_no_return(message) and (failed or bool(contents.returned)) and _tells_failure(text)


def _tells_failure(text: str) -> bool:
    told = text[:READ_AT_MOST]
    return bool(_SAYS_FAILED.search(told) or _SAYS_CODE.search(told))


def _report_type(message: Message) -> str:
    return parameter(message, "report-type").casefold() if message.get_content_type() == "multipart/report" else ""


def _has_no_return(message: Message) -> bool:
    """The null return path of RFC 5321, as servers write it into the mail."""
    written = [value.strip().casefold() for value in raw_values(message, "Return-Path")]
    return any(value in ("<>", "", "<null>") or value.lstrip("<").startswith("mailer-daemon") for value in written)


def _is_from(message: Message, names: tuple[str, ...]) -> bool:
    senders = " ".join(f"{each.name} {each.email}" for each in addresses(message, "From")).casefold()
    said = senders or raw_value(message, "From").casefold()
    local = said.rpartition("@")[0] or said
    return any(name in local for name in names)


def _is_automatic(message: Message, subject: str) -> bool:
    submitted = raw_value(message, "Auto-Submitted").partition(";")[0].strip().casefold()
    if submitted:
        return submitted != "no"
    precedence = raw_value(message, "Precedence").strip().casefold()
    if precedence in ("bulk", "auto_reply", "junk") or any(raw_value(message, name) for name in _AUTO_FIELDS):
        return True
    if _report_type(message) in ("disposition-notification", "feedback-report", "delivery-status"):
        return True
    hinted = (
        _has_no_return(message)
        or raw_value(message, "X-Auto-Response-Suppress")
        or raw_value(message, "X-MS-Exchange-Inbox-Rules-Loop")
    )
    return bool(hinted and _SAYS_AUTO.match(subject))


def _is_list(message: Message) -> bool:
    if raw_value(message, "Auto-Submitted").casefold().startswith("auto-replied"):
        return False
    fields = ("List-Id", "List-Post", "List-Unsubscribe", "Mailing-List", "X-Mailing-List")
    return any(raw_value(message, name) for name in fields) or raw_value(message, "Precedence").casefold() == "list"
