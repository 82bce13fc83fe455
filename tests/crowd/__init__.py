"""Many kiosks and counters at once, sending everything twice, and what must hold after them; the race, the crash and
their soaks share it."""
