"""Seeded pictures as a kiosk's camera would take them; plain functions, for tests, benches and other decoders."""
