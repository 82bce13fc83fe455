"""A hall on one machine to look at and to break: starts the real parts around a seeded hall. Part of no product."""
