"""The promises of all services: what the register says, which tests claim it, and what is observed now."""
