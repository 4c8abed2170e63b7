"""Who meets whom today: candidates, weights, matching, and the model that judges. See README.md here."""
