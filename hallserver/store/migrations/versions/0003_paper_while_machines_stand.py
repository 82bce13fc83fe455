"""Numbers leased to paper with their codes; what was written on paper and is taken in afterwards.

Columns are added and dropped without a new table: the trigger of `application` would not survive that on SQLite.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FROM_PAPER = ("application", "queue_ticket")


def upgrade() -> None:
    op.create_table(
        "leased_number",
        sa.Column("number_lease_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("code_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number_lease_id"], ["number_lease.id"], name=op.f("fk_leased_number_number_lease_id")
        ),
        sa.PrimaryKeyConstraint("number_lease_id", "number", name=op.f("pk_leased_number")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_leased_number_code_hash")),
    )
    op.create_table(
        "paper_entry",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("hall_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("business_day", sa.String(length=10), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("fact", sa.String(length=120), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=True),
        sa.Column("facts", sa.Text(), server_default="{}", nullable=False),
        sa.Column("entered_by", sa.String(length=80), nullable=False),
        sa.Column("entered_at", sa.String(length=24), nullable=False),
        sa.Column("settled_by", sa.String(length=80), nullable=True),
        sa.Column("settled_at", sa.String(length=24), nullable=True),
        sa.Column("note", sa.String(length=80), server_default="", nullable=False),
        sa.CheckConstraint("state <> 'open' OR code IS NOT NULL", name=op.f("ck_paper_entry_open_has_reason")),
        sa.CheckConstraint("state <> 'closed' OR settled_at IS NOT NULL", name=op.f("ck_paper_entry_closed_has_time")),
        sa.CheckConstraint("kind IN ('number', 'place', 'aboard', 'departed')", name=op.f("ck_paper_entry_kind_known")),
        sa.CheckConstraint("state IN ('done', 'open', 'closed')", name=op.f("ck_paper_entry_state_known")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_paper_entry_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_entry")),
        sa.UniqueConstraint("fact", name=op.f("uq_paper_entry_fact")),
    )
    op.create_index(op.f("ix_paper_entry_state"), "paper_entry", ["state"])
    op.add_column("application", sa.Column("name_sealed", sa.LargeBinary(), nullable=True))
    for table in FROM_PAPER:
        op.add_column(table, sa.Column("is_from_paper", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    for table in FROM_PAPER:
        op.drop_column(table, "is_from_paper")
    op.drop_column("application", "name_sealed")
    op.drop_index(op.f("ix_paper_entry_state"), table_name="paper_entry")
    op.drop_table("paper_entry")
    op.drop_table("leased_number")
