"""Reports are counted from conversations while those are kept; what is stored here is numbers alone."""

from allonce.kernel.declarations import declare

declare(
    "chat_reports.ProviderFigure",
    subject=None,
    id="none",
    account="none",
    merchant_id="none",
    month="none",
    kind="none",
    count="none",
)
