"""The phone's app against a real server: in Node for its parts, in a real browser with the network really cut."""
