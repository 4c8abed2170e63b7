"""Coming with an account of another service: OAuth 2.0 with PKCE and state, and what such a service tells."""
