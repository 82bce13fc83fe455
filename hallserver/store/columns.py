"""What the tables of a hall are written with: their metadata, kinds of columns, usual constraints. Knows no table."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID, INSTANT, DAY = String(32), String(24), String(10)


def id_column() -> "Column[str]":
    """A table's own id."""
    return Column("id", ID, primary_key=True)


def reference(table: str, nullable: bool = False, name: str | None = None) -> "Column[str]":
    """The id of a row of another table."""
    return Column(name or f"{table}_id", ID, ForeignKey(f"{table}.id"), nullable=nullable)


def one_of(column: str, *values: str) -> CheckConstraint:
    """A column that holds one of these words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")
