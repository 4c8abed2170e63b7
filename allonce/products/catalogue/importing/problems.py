"""Why a file cannot be read, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from allonce.kernel.errors import UserError


class UnreadableSheet(UserError):
    """The file is damaged, or not a spreadsheet at all."""

    code = "sheet_unreadable"
    message = _(
        "This file could not be read. It may be damaged. Open it in your spreadsheet program, save it as XLSX, "
        "and try again."
    )


class UnknownKind(UserError):
    """A file of a kind that holds no cells we can read."""

    code = "sheet_kind"
    message = _("This is not a spreadsheet. Use XLSX, XLS, ODS or CSV, or copy the cells and paste them.")


class WebPageNamedSheet(UserError):
    """Some supplier systems hand out an HTML table named .xls."""

    code = "sheet_is_web_page"
    message = _(
        "This file is a web page that is only named like a spreadsheet. Open it in your spreadsheet program, "
        "save it as XLSX, and try again."
    )


class EncryptedSheet(UserError):
    code = "sheet_encrypted"
    message = _("This file is protected by a password. Save a copy without the password, and try again.")


class UnsafeSheet(UserError):
    """A file built to overwhelm or attack its reader."""

    code = "sheet_unsafe"
    message = _(
        "This file was refused because its inside is built in an unsafe way (it unpacks to far more than it should, "
        "or refers to things outside itself). Ask your supplier for a plain copy."
    )


class SheetTooLarge(UserError):
    code = "sheet_too_large"
    status = 413
    message = _("This file is too large. Files of up to 20 MB with up to 400,000 filled cells can be read.")


class SheetTooSlow(UserError):
    code = "sheet_too_slow"
    message = _("This file took too long to read. Save it as XLSX with only the price sheets in it, and try again.")


class EmptySheet(UserError):
    code = "sheet_empty"
    message = _("There are no filled cells in this. Choose another file, or paste the cells again.")


class UnsupportedBinary(UserError):
    code = "sheet_binary"
    message = _("Binary workbooks (XLSB) cannot be read. Save the file as XLSX, and try again.")
