"""The truth and its log: tables, constraints that restate the rules, event log, idempotency, the writer, migrations."""
