"""How each printer stands; slips that moved, were withdrawn, sent without proof or printed again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BEFORE = "state IN ('queued', 'sending', 'printed', 'failed', 'unknown')"
AFTER = "state IN ('queued', 'sending', 'printed', 'sent', 'failed', 'unknown', 'withdrawn', 'reprinted')"


def upgrade() -> None:
    op.create_table(
        "printer",
        sa.Column("device_id", sa.String(length=32), nullable=False),
        sa.Column("stop", sa.String(length=20), nullable=True),
        sa.Column("is_near_end", sa.Integer(), nullable=False),
        sa.Column("slips_left", sa.Integer(), nullable=True),
        sa.Column("can_prove", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.String(length=24), nullable=False),
        sa.CheckConstraint("slips_left >= 0", name=op.f("ck_printer_slips_left_is_a_count")),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_printer_device_id")),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_printer")),
    )
    with op.batch_alter_table("print_job") as batch_op:
        batch_op.add_column(sa.Column("copy_of_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("move_to_id", sa.String(length=32), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_print_job_copy_of_id"), "print_job", ["copy_of_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_print_job_move_to_id"), "device", ["move_to_id"], ["id"])
        batch_op.drop_constraint(batch_op.f("ck_print_job_state_known"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_print_job_state_known"), AFTER)
        batch_op.create_index(batch_op.f("ix_print_job_state"), ["state"])


def downgrade() -> None:
    op.execute("DELETE FROM print_job WHERE state IN ('sent', 'withdrawn', 'reprinted')")
    with op.batch_alter_table("print_job") as batch_op:
        batch_op.drop_index(batch_op.f("ix_print_job_state"))
        batch_op.drop_constraint(batch_op.f("ck_print_job_state_known"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_print_job_state_known"), BEFORE)
        batch_op.drop_constraint(batch_op.f("fk_print_job_move_to_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_print_job_copy_of_id"), type_="foreignkey")
        batch_op.drop_column("move_to_id")
        batch_op.drop_column("copy_of_id")
    op.drop_table("printer")
