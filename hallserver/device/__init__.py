"""The Python client of a hall: link, replica on disk, outbox, pairing, voice. Knows no Flask, no SQLAlchemy, no
Kivy."""
