"""The wall: its page, and the player that runs it full screen, speaks, and keeps it alive."""
