"""Tables of the log: first answers, numbered entries, folded items, what time alone changes. Knows no hall."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from hallserver.store.columns import INSTANT, metadata

command_answer = Table(
    "command_answer",
    metadata,
    Column("owner", String(64), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("body_hash", String(64), nullable=False),
    Column("status", Integer),
    Column("answer_sealed", LargeBinary),
    Column("at", INSTANT, nullable=False, index=True),
)

feed_counter = Table(
    "feed_counter",
    metadata,
    Column("feed", String(10), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("trimmed_to", Integer, nullable=False, server_default="0"),
)

feed_entry = Table(
    "feed_entry",
    metadata,
    Column("feed", String(10), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
)

feed_item = Table(
    "feed_item",
    metadata,
    Column("feed", String(10), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("body", Text, nullable=False),
)

revisit = Table(
    "revisit",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("at", INSTANT, nullable=False, index=True),
)
