"""Everything that changes the account's key: set-up, holders, renewal. Only ciphertext passes through here."""
