"""Pages of retention: an owner's end of the account, and the Operator's sweeps and holds."""
