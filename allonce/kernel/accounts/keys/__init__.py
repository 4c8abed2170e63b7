"""The account's key: public halves and wraps. No private key ever comes near the server."""
