"""What members are told where a message has something that had better wait, by the kinds of `noticing.words`."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from allonce.products.dating.noticing import words

# Before it is sent, to whoever writes it.
TO_WRITER: dict[str, Any] = {
    words.MONEY: _("This reads as if it asked for money. Nobody here should pay anybody, and asking can be reported."),
    words.PHONE: _("There is a telephone number in it. Best keep it until you have met."),
    words.MAIL: _("There is a mail address in it. Best keep it until you have met."),
    words.LINK: _("There is a link in it. Whoever gets it cannot tell where it leads."),
    words.ADDRESS: _("There seems to be an address in it. Meet in a busy public place first."),
    words.MESSENGER: _("It leads to another messenger, where we can help neither of you."),
}
# Beside the message, to whoever gets it.
TO_READER: dict[str, Any] = {
    words.MONEY: _("Never send money to somebody you have not met, however good the reason. You can report this."),
    words.PHONE: _("You need not give your number in return."),
    words.MAIL: _("You need not give your address in return."),
    words.LINK: _("Open links only if you know where they lead. Never type a password or a card number there."),
    words.ADDRESS: _("Meet in a busy public place first, and tell somebody."),
    words.MESSENGER: _("Elsewhere nobody can look at what is reported. You can stay here."),
}
