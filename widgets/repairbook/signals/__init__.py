"""Rules over many series of scores at once: which sessions deserve a conversation, and why."""
