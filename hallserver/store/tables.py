"""Tables of a hall. Every scarce thing has a constraint that refuses what may not be; rules themselves live in the
domain.

Instants are text as `hall_time.rfc3339` writes them (sortable, the same on both data bases), money is integer fen,
lists and
small structures are JSON text. Persons' data are sealed columns (`*_sealed`) beside keyed hashes (`*_hash`) for
look-up.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from hallserver.store.columns import DAY, ID, INSTANT, id_column, metadata, one_of, reference

# -- the hall, its rooms and machines -----------------------------------------------------------------------------

hall = Table(
    "hall",
    metadata,
    id_column(),
    Column("pack", Text, nullable=False),
    Column("pack_applied_at", INSTANT, nullable=False),
    Column("is_demo", Integer, nullable=False),
    Column("epoch", ID, nullable=False),
)

service = Table(
    "service",
    metadata,
    Column("id", String(40), primary_key=True),
    reference("hall"),
    Column("letter", String(1), nullable=False),
    Column("is_open", Integer, nullable=False, server_default="1"),
    UniqueConstraint("hall_id", "letter"),
)

counter = Table(
    "counter",
    metadata,
    id_column(),
    reference("hall"),
    Column("number", Integer, nullable=False),
    Column("services", Text, nullable=False),
    Column("state", String(10), nullable=False, server_default="open"),
    UniqueConstraint("hall_id", "number"),
    one_of("state", "open", "closed"),
)

device = Table(
    "device",
    metadata,
    id_column(),
    reference("hall"),
    Column("name", String(60), nullable=False),
    Column("role", String(10), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("state", String(10), nullable=False, server_default="active"),
    Column("letter", String(2)),
    Column("paired_at", INSTANT, nullable=False),
    one_of("role", "wall", "kiosk", "tablet", "printer", "network"),
    one_of("state", "active", "revoked"),
    UniqueConstraint("hall_id", "letter"),
)

pairing = Table(
    "pairing",
    metadata,
    id_column(),
    Column("code", String(6), nullable=False, unique=True),
    Column("secret_hash", String(64), nullable=False),
    Column("role", String(10), nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    reference("device", nullable=True),
    Column("token_sealed", LargeBinary),
)

staff = Table(
    "staff",
    metadata,
    id_column(),
    reference("hall"),
    Column("login", String(40), nullable=False, unique=True),
    Column("name", String(60), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("pin_hash", Text),
    Column("recovery_hash", Text),
    Column("failed_tries", Integer, nullable=False, server_default="0"),
    Column("locked_until", INSTANT),
)

staff_role = Table(
    "staff_role",
    metadata,
    Column("staff_id", ID, ForeignKey("staff.id"), primary_key=True),
    Column("role", String(12), primary_key=True),
    one_of("role", "admin", "authority", "clerk", "volunteer"),
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    reference("staff"),
    reference("device", nullable=True),
    Column("csrf", String(64), nullable=False),
    Column("expires_at", INSTANT, nullable=False),
)

screen_session = Table(
    "screen_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    reference("device"),
    Column("kind", String(8), nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    one_of("kind", "once", "cookie"),
)

# -- posts and people ---------------------------------------------------------------------------------------------

employer = Table(
    "employer",
    metadata,
    id_column(),
    reference("hall"),
    Column("reference", String(40), nullable=False),
    Column("name", String(80), nullable=False),
    Column("credit_code", String(18), nullable=False),
    Column("district", String(40), nullable=False),
    Column("address", String(120), nullable=False),
    Column("licence_checked_on", DAY),
    UniqueConstraint("hall_id", "reference"),
)

line = Table(
    "line",
    metadata,
    Column("id", String(40), primary_key=True),
    reference("hall"),
    Column("sign", String(20), nullable=False),
    Column("employer_id", ID, ForeignKey("employer.id")),
)

trip = Table(
    "trip",
    metadata,
    id_column(),
    Column("line_id", String(40), ForeignKey("line.id")),
    reference("hall"),
    Column("business_day", DAY, nullable=False),
    Column("sign", String(20), nullable=False),
    Column("destination", String(80), nullable=False),
    Column("bay", Integer, nullable=False),
    Column("plate", String(12), nullable=False, server_default=""),
    Column("capacity", Integer, nullable=False),
    Column("taken", Integer, nullable=False, server_default="0"),
    Column("departs_at", INSTANT, nullable=False),
    Column("return_at", INSTANT),
    Column("state", String(10), nullable=False, server_default="planned"),
    Column("departed_at", INSTANT),
    Column("manifest", Text),
    Column("manifest_version", Integer, nullable=False, server_default="0"),
    Column("key_sealed", LargeBinary, nullable=False),
    CheckConstraint("taken >= 0 AND taken <= capacity", name="taken_within_licence"),
    CheckConstraint("(state = 'departed') = (departed_at IS NOT NULL)", name="departed_has_time"),
    one_of("state", "planned", "boarding", "departed", "cancelled"),
)

job = Table(
    "job",
    metadata,
    id_column(),
    reference("hall"),
    reference("employer"),
    Column("trade", String(40), nullable=False),
    Column("headcount", Integer, nullable=False),
    Column("taken", Integer, nullable=False, server_default="0"),
    Column("pay_min_fen", Integer, nullable=False),
    Column("pay_max_fen", Integer, nullable=False),
    Column("pay_unit", String(8), nullable=False),
    Column("raised_from_fen", Integer),
    Column("raised_at", INSTANT),
    Column("settlement", String(16), nullable=False),
    Column("pay_day", Integer),
    Column("place", String(40), nullable=False),
    Column("address", String(120), nullable=False),
    Column("work", String(200), nullable=False),
    Column("business_day", DAY, nullable=False),
    Column("days", Integer),
    Column("starts_at", INSTANT),
    Column("ends_at", INSTANT),
    Column("meals", Text, nullable=False),
    Column("lodging", String(8), nullable=False),
    Column("ways", Text, nullable=False),
    reference("trip", nullable=True),
    Column("return_note", String(60), nullable=False, server_default=""),
    Column("contact_name", String(40), nullable=False),
    Column("contact_phone", String(20), nullable=False),
    Column("giving", String(8), nullable=False),
    Column("job_class", String(16), nullable=False),
    Column("suits", Text, nullable=False),
    Column("gear", String(60), nullable=False, server_default=""),
    Column("insurance", String(10), nullable=False),
    Column("party_max", Integer, nullable=False, server_default="4"),
    Column("source", String(20), nullable=False, server_default="hall"),
    Column("review", String(10), nullable=False),
    Column("reviewed_by", String(60)),
    Column("reviewed_at", INSTANT),
    Column("findings", Text, nullable=False),
    Column("posted_by", ID),
    Column("state", String(8), nullable=False),
    Column("filled_at", INSTANT),
    Column("valid_until", INSTANT, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    CheckConstraint("headcount > 0", name="headcount_positive"),
    CheckConstraint("taken >= 0 AND taken <= headcount", name="taken_within_headcount"),
    CheckConstraint("pay_min_fen > 0 AND pay_max_fen >= pay_min_fen", name="pay_ordered"),
    CheckConstraint("state NOT IN ('live', 'filled') OR review = 'approved'", name="only_approved_live"),
    CheckConstraint("state <> 'filled' OR taken = headcount", name="filled_is_full"),
    CheckConstraint("reviewed_by IS NULL OR posted_by IS NULL OR reviewed_by <> posted_by", name="four_eyes"),
    one_of("pay_unit", "hour", "day", "shift", "month", "piece", "order"),
    one_of("settlement", "daily", "weekly", "half_monthly", "monthly", "on_completion"),
    one_of("giving", "at_once", "agree", "staff"),
    one_of("review", "draft", "submitted", "approved", "refused"),
    one_of("state", "waiting", "live", "filled", "closed", "expired"),
    Index("ix_job_state_valid_until", "state", "valid_until"),
)

worker = Table(
    "worker",
    metadata,
    id_column(),
    reference("hall"),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("code_sealed", LargeBinary, nullable=False),
    Column("name_sealed", LargeBinary, nullable=False),
    Column("phone_hash", String(64)),
    Column("phone_sealed", LargeBinary),
    Column("id_number_hash", String(64), unique=True),
    Column("id_number_sealed", LargeBinary),
    Column("identity_level", Integer, nullable=False),
    Column("consents", Text, nullable=False),
    Column("is_fictional", Integer, nullable=False, server_default="0"),
    Column("created_at", INSTANT, nullable=False),
    CheckConstraint("identity_level BETWEEN 0 AND 2", name="identity_level_known"),
)

application = Table(
    "application",
    metadata,
    id_column(),
    reference("job"),
    reference("worker", nullable=True),
    reference("device", nullable=True),
    Column("state", String(10), nullable=False),
    Column("way", String(12), nullable=False),
    Column("party_size", Integer, nullable=False),
    Column("identity_level", Integer, nullable=False),
    Column("business_day", DAY, nullable=False),
    Column("series", String(2), nullable=False),
    Column("number", Integer, nullable=False),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("code_sealed", LargeBinary, nullable=False),
    Column("starts_at", INSTANT),
    Column("ends_at", INSTANT),
    Column("confirm_by", INSTANT),
    Column("created_at", INSTANT, nullable=False),
    Column("is_from_paper", Integer, nullable=False, server_default="0"),
    Column("name_sealed", LargeBinary),
    CheckConstraint("party_size BETWEEN 1 AND 4", name="party_size_allowed"),
    CheckConstraint("identity_level BETWEEN 0 AND 2", name="identity_level_known"),
    CheckConstraint("starts_at IS NULL OR ends_at > starts_at", name="shift_ordered"),
    one_of("state", "applied", "claimed", "standby", "released", "done"),
    one_of("way", "bus", "own", "employer_car"),
    UniqueConstraint("business_day", "series", "number"),
    Index("ix_application_worker_id_state", "worker_id", "state"),
    Index("ix_application_job_id_state", "job_id", "state"),
)

recommendation = Table(
    "recommendation",
    metadata,
    id_column(),
    reference("job"),
    reference("worker"),
    Column("reason", String(60), nullable=False),
    Column("outcome", String(12)),
    Column("created_at", INSTANT, nullable=False),
    UniqueConstraint("job_id", "worker_id"),
)

seat = Table(
    "seat",
    metadata,
    id_column(),
    reference("trip"),
    Column("application_id", ID, ForeignKey("application.id"), nullable=False, unique=True),
    Column("party_size", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("tail_sealed", LargeBinary, nullable=False),
    Column("boarded_at", INSTANT),
    Column("boarded_by", String(60)),
    Column("nonce", String(64), unique=True),
    CheckConstraint("(state = 'aboard') = (boarded_at IS NOT NULL)", name="aboard_has_time"),
    one_of("state", "expected", "aboard", "released"),
    Index("ix_seat_trip_id_state", "trip_id", "state"),
)

# -- the queue ----------------------------------------------------------------------------------------------------

queue_ticket = Table(
    "queue_ticket",
    metadata,
    id_column(),
    reference("hall"),
    Column("service_id", String(40), ForeignKey("service.id"), nullable=False),
    Column("business_day", DAY, nullable=False),
    Column("series", String(2), nullable=False),
    Column("number", Integer, nullable=False),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("code_sealed", LargeBinary, nullable=False),
    Column("state", String(10), nullable=False),
    Column("counter_id", ID, ForeignKey("counter.id")),
    Column("arrived_at", INSTANT, nullable=False),
    Column("called_at", INSTANT),
    Column("ended_at", INSTANT),
    Column("is_from_paper", Integer, nullable=False, server_default="0"),
    UniqueConstraint("hall_id", "business_day", "series", "number"),
    CheckConstraint("state = 'closed' OR (state = 'waiting') = (counter_id IS NULL)", name="called_has_counter"),
    one_of("state", "waiting", "called", "served", "no_show", "closed"),
    Index("ix_queue_ticket_waiting", "business_day", "state"),
    Index(
        "uq_queue_ticket_counter_called",
        "counter_id",
        unique=True,
        sqlite_where=text("state = 'called'"),
        postgresql_where=text("state = 'called'"),
    ),
)

call = Table(
    "call",
    metadata,
    id_column(),
    Column("queue_ticket_id", ID, ForeignKey("queue_ticket.id"), nullable=False),
    reference("counter"),
    Column("business_day", DAY, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("nth", Integer, nullable=False),
    Column("order", Integer, nullable=False),
    UniqueConstraint("queue_ticket_id", "nth"),
    UniqueConstraint("business_day", "order"),
)

day_number = Table(
    "day_number",
    metadata,
    Column("series", String(8), primary_key=True),
    Column("business_day", DAY, primary_key=True),
    Column("last", Integer, nullable=False),
)

number_lease = Table(
    "number_lease",
    metadata,
    id_column(),
    reference("device"),
    Column("series", String(2), nullable=False),
    Column("business_day", DAY, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    UniqueConstraint("series", "business_day", "first"),
    CheckConstraint('"last" >= "first"', name="lease_ordered"),
)

leased_number = Table(
    "leased_number",
    metadata,
    Column("number_lease_id", ID, ForeignKey("number_lease.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("code_sealed", LargeBinary, nullable=False),
)

# -- paper, notices, traces ---------------------------------------------------------------------------------------

notice = Table(
    "notice",
    metadata,
    id_column(),
    reference("hall"),
    Column("text", String(200), nullable=False),
    Column("written_by", ID, ForeignKey("staff.id"), nullable=False),
    Column("released_by", ID, ForeignKey("staff.id")),
    Column("expires_at", INSTANT, nullable=False),
    CheckConstraint("released_by IS NULL OR released_by <> written_by", name="four_eyes"),
)

print_job = Table(
    "print_job",
    metadata,
    id_column(),
    reference("device"),
    Column("kind", String(12), nullable=False),
    Column("number", String(8), nullable=False),
    Column("payload_sealed", LargeBinary, nullable=False),
    Column("state", String(10), nullable=False),
    Column("reason", String(40), nullable=False, server_default=""),
    Column("created_at", INSTANT, nullable=False),
    Column("reported_at", INSTANT),
    reference("print_job", nullable=True, name="copy_of_id"),
    reference("device", nullable=True, name="move_to_id"),
    one_of("state", "queued", "sending", "printed", "sent", "failed", "unknown", "withdrawn", "reprinted"),
    Index(None, "state"),
)

printer = Table(
    "printer",
    metadata,
    Column("device_id", ID, ForeignKey("device.id"), primary_key=True),
    Column("stop", String(20)),
    Column("is_near_end", Integer, nullable=False),
    Column("slips_left", Integer),
    Column("can_prove", Integer, nullable=False),
    Column("reported_at", INSTANT, nullable=False),
    CheckConstraint("slips_left >= 0", name="slips_left_is_a_count"),
)

paper_entry = Table(
    "paper_entry",
    metadata,
    id_column(),
    reference("hall"),
    Column("kind", String(10), nullable=False),
    Column("business_day", DAY, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("body_sealed", LargeBinary, nullable=False),
    Column("fact", String(120), unique=True),
    Column("state", String(8), nullable=False),
    Column("code", String(24)),
    Column("facts", Text, nullable=False, server_default="{}"),
    Column("entered_by", String(80), nullable=False),
    Column("entered_at", INSTANT, nullable=False),
    Column("settled_by", String(80)),
    Column("settled_at", INSTANT),
    Column("note", String(80), nullable=False, server_default=""),
    CheckConstraint("state <> 'open' OR code IS NOT NULL", name="open_has_reason"),
    CheckConstraint("state <> 'closed' OR settled_at IS NOT NULL", name="closed_has_time"),
    one_of("kind", "number", "place", "aboard", "departed"),
    one_of("state", "done", "open", "closed"),
    Index(None, "state"),
)

audit = Table(
    "audit",
    metadata,
    id_column(),
    Column("at", INSTANT, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("verb", String(40), nullable=False),
    Column("touched", Text, nullable=False),
)
