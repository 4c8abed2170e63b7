"""A demonstration relay and mailbox, as a process of its own. Mail is kept in memory and nowhere else."""
