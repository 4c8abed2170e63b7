"""Third-party licences in use, read from what is installed (promise LEGAL-LICENCES)."""
