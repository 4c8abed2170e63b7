"""A demonstration seller of cards that speaks Stripe's language on this machine. No card is typed, no money moves."""
