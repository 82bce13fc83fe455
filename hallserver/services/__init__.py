"""What the hall does: one public verb per use case (refuse early, take, re-check, write, touch). Knows no HTTP and
no socket."""
