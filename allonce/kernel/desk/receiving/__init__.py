"""How mails reach the desk: handed over by a mail server (LMTP, SMTP) or fetched from a mailbox (IMAP).

Both hand a mail over at least once: one that was taken just before the line broke comes again. `mail.digest` tells.
"""
