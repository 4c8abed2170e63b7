"""How mail programs of many languages begin a quote, a forwarded mail, a signature or a warning."""

import re

_ANY_CASE = re.IGNORECASE

# Each says a date and who wrote: "On … wrote:". They are tried on up to four lines joined.
_ATTRIBUTIONS = (
    r"On\b.{4,300}\bwrote\s?:",
    r"Am\b.{4,300}\b(schrieb\b|hat\b.{1,100}\bgeschrieben).{0,200}:",
    r".{3,200}\bschrieb am\b.{4,100}:",
    r"Le\b.{4,300}\ba écrit\s?:",
    r"El\b.{4,300}\b(escribió|ha escrito)\s?:",
    r"(Il|In data)\b.{4,300}\bha scritto\s?:",
    r"Op\b.{4,300}\b(schreef|geschreven)\b.{0,200}:",
    r"(Em|A)\b.{4,300}\bescreveu\s?:",
    r".{4,200}\bskrev\b.{0,200}:",
    r"(Dnia|W dniu)\b.{4,300}\b(napisał\(a\)|napisała?|pisze)\s?:",
    r"\d{4}[-/年].{4,200}<[^<>\s]+@[^<>\s]+>\s?:",
    r".{3,200}<[^<>\s]+@[^<>\s]+>\s?wrote\s?:",
)
ATTRIBUTION = re.compile(r"^\W{0,3}(?:" + "|".join(_ATTRIBUTIONS) + r")\s*$")
# A person may write "On 3 May you wrote:" and go on; a program says the time or the address.
WRITTEN_BY_MACHINE = re.compile(r"\d{1,2}[:.h]\d{2}\b|@|<")
# Joined lines are one attribution only if no other begins within them.
BEGINS_ATTRIBUTION = re.compile(r"^\W{0,3}(On|Am|Le|El|Il|In data|Op|Em|Den|Dnia|W dniu)\b.*\d")

ORIGINAL = re.compile(
    r"^\W{0,3}-{2,}\s*(Original (Message|Appointment)|Original-Nachricht|Ursprüngliche (Nachricht|E-?Mail)|"
    r"Message d['’]origine|Mensaje original|Messaggio originale|Oorspronkelijk bericht|Mensagem original|"
    r"Opprinnelig melding|Oprindelig meddelelse|Ursprungligt meddelande)\s*-{2,}\s*$|"
    r"^\W{0,3}Original Message processed by\b.{0,60}$",
    _ANY_CASE,
)
FORWARDED = re.compile(
    r"^\W{0,3}-{2,}\s*(Forwarded (Message|mail)( .{1,60})?|Weitergeleitete Nachricht|Message transféré|"
    r"Mensaje reenviado|Messaggio inoltrato|Doorgestuurd bericht)\s*-{2,}\s*$|"
    r"^\W{0,3}(Begin forwarded message|Anfang der weitergeleiteten Nachricht|Début du message transféré|"
    r"Inicio del mensaje reenviado|Inizio messaggio inoltrato|Begin doorgestuurd bericht)\s?:\s*$",
    _ANY_CASE,
)
FORWARDING_SUBJECT = re.compile(r"^\s*(fwd?|wg|tr|rv|doorst|enc|i|vs|vb)\s?:", _ANY_CASE)

_FROM = "From|Von|De|Da|Van|Fra|Från|Od"
_OTHERS = (
    "Sent|Date|Gesendet|Datum|Envoyé|Enviado(?: el)?|Fecha|Inviato|Data|Verzonden|Sendt|Dato|Skickat|Wysłano",
    "To|An|À|Para|A|Per|Aan|Til|Till|Do|Cc|Kopie",
    "Subject|Betreff|Objet|Asunto|Oggetto|Onderwerp|Assunto|Emne|Ämne|Temat",
)
HEADER_FROM = re.compile(rf"^[\s*]*(?:{_FROM})\s?:[\s*]*\S", _ANY_CASE)
HEADER_OTHERS = tuple(re.compile(rf"^[\s*]*(?:{names})\s?:", _ANY_CASE) for names in _OTHERS)

SIGNATURE = re.compile(r"^(--|—) ?$")
LIST_FOOTER = re.compile(r"^_{20,}$")
RULE = re.compile(r"^[\s>]*[-_=*]{5,}\s*$")
DEVICE = re.compile(
    r"^\W{0,3}(Sent from (my|a|the|an) [\w+' -]{2,40}|"
    r"Sent from (Mail|Outlook|Yahoo Mail|Samsung|Proton ?Mail)\b[^.,]{0,60}|"
    r"Get Outlook for \w+( ?[<(][^<>()]{1,200}[>)])?|"
    r"Von meinem [\w -]{2,40} gesendet|Gesendet von (meinem|mobile|Mail)\b[\w -]{0,40}|"
    r"Envoyé (de|depuis) (mon|ma|l['’]\w*)\b ?[\w ’'-]{0,40}|"
    r"Enviado (desde|do|de) (mi|meu)\b[\w ’'-]{0,40}|Inviato (da|dal mio)\b[\w ’'-]{0,40}|"
    r"(Verstuurd|Verzonden) (vanaf|van|met|via) [\w ’'-]{2,40})\W{0,3}$",
    _ANY_CASE,
)
BANNER = re.compile(
    r"^\W{0,4}(\[?(caution|warning|attention|notice|external( e?-?mail| sender| message)?)\]?\s?"
    r"(:|!|-|\*|$|\]|this (e-?mail|message))|"
    r"(this|the following) (e-?mail|message) (originated|came|was sent|is) from (outside|an external)|"
    r"you don['’]t often get e?-?mail from|"
    r"(achtung|vorsicht|warnung|externe (e-?mail|nachricht))\s?[:!]|"
    r"diese (e-?mail|nachricht) (kommt|stammt) von (extern|außerhalb)|"
    r"(attention|avertissement)\s?:|(atención|precaución|attenzione|let op)\s?[:!])",
    _ANY_CASE,
)
# A first line that only looks like a banner must speak of where the mail comes from.
BANNER_SAYS = re.compile(
    r"extern|outside|don['’]t often get|außerhalb|unbekannt|extérieur|externo|esterno|buiten|originated", _ANY_CASE
)
