"""A running installation for browser tests: real server, real databases, real mailbox."""
