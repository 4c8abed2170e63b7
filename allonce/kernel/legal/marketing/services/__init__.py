"""Every write of the marketing room, one door each."""
