"""Alembic's entry: migrates the connection it is handed (see hallserver.store.schema); knows no settings."""

from alembic import context

from hallserver.store.columns import metadata


def run() -> None:
    """Runs the migrations on the connection in the configuration's attributes."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
