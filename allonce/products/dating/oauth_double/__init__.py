"""A provider of accounts for the demo and the tests: OAuth 2.0 as RFC 6749 and RFC 7636 want it, on this machine."""
