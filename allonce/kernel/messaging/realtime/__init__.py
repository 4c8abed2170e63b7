"""The live side: connections, the hub that serves them, the writer that commits for them (docs/messaging.md)."""
