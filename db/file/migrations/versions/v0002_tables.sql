CREATE TABLE recorded_table (
	id INTEGER NOT NULL,
	name TEXT NOT NULL,
	CONSTRAINT pk_recorded_table PRIMARY KEY (id)
)
 STRICT

CREATE UNIQUE INDEX uq_recorded_table_name ON recorded_table (name)

CREATE TABLE change_client (
	client_id INTEGER NOT NULL,
	change_id INTEGER NOT NULL,
	table_id INTEGER NOT NULL,
	row_id INTEGER NOT NULL,
	CONSTRAINT pk_change_client PRIMARY KEY (client_id, change_id, table_id, row_id),
	CONSTRAINT fk_change_client_change_id FOREIGN KEY(change_id) REFERENCES change (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT

CREATE INDEX ix_change_client_change ON change_client (change_id)

CREATE TABLE fact_day (
	id INTEGER NOT NULL,
	day TEXT NOT NULL,
	CONSTRAINT pk_fact_day PRIMARY KEY (id)
)
 STRICT

CREATE TABLE new_field_rule (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	field_key TEXT NOT NULL,
	level TEXT NOT NULL,
	purpose TEXT NOT NULL,
	condition TEXT NOT NULL,
	position INTEGER NOT NULL
)
 STRICT

CREATE TABLE new_change (
	id INTEGER NOT NULL,
	command TEXT NOT NULL,
	who TEXT NOT NULL,
	at TEXT NOT NULL,
	state TEXT NOT NULL,
	undone_at TEXT,
	schema_version INTEGER NOT NULL,
	CONSTRAINT pk_change PRIMARY KEY (id)
)
 STRICT

CREATE TABLE new_change_row (
	change_id INTEGER NOT NULL,
	table_id INTEGER NOT NULL,
	row_id INTEGER NOT NULL,
	client_id INTEGER,
	image TEXT,
	CONSTRAINT pk_change_row PRIMARY KEY (change_id, table_id, row_id),
	CONSTRAINT fk_change_row_change_id FOREIGN KEY(change_id) REFERENCES change (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT

CREATE TABLE new_client_fact (
	client_id INTEGER NOT NULL,
	sort_key TEXT,
	visits INTEGER NOT NULL,
	purchases INTEGER NOT NULL,
	revenue INTEGER NOT NULL,
	costed_revenue INTEGER NOT NULL,
	cost INTEGER NOT NULL,
	first_on TEXT,
	last_on TEXT,
	cycle_days INTEGER,
	cycle_basis TEXT,
	cycle_gaps INTEGER NOT NULL,
	deviation_days INTEGER,
	next_on TEXT,
	open_complaint_on TEXT,
	open_complaint_last_on TEXT,
	nps INTEGER,
	nps_on TEXT,
	enquiries INTEGER NOT NULL,
	contacted_on TEXT,
	profit_a_year INTEGER,
	profit_estimated INTEGER NOT NULL,
	year_revenue INTEGER NOT NULL,
	new_until TEXT,
	active_until TEXT,
	due_on TEXT,
	overdue_on TEXT,
	risk_on TEXT,
	lost_on TEXT,
	silent_on TEXT,
	low_nps_on TEXT,
	complaint_on TEXT,
	complaint_last_on TEXT,
	enquiry_on TEXT,
	CONSTRAINT pk_client_fact PRIMARY KEY (client_id),
	CONSTRAINT fk_client_fact_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
)
 STRICT

CREATE TABLE new_client_gap (
	client_id INTEGER NOT NULL,
	rule_id INTEGER NOT NULL,
	CONSTRAINT pk_client_gap PRIMARY KEY (client_id, rule_id),
	CONSTRAINT fk_client_gap_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
	CONSTRAINT fk_client_gap_rule_id FOREIGN KEY(rule_id) REFERENCES field_rule (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT

CREATE TABLE new_custom_value (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	client_id INTEGER NOT NULL,
	field_id INTEGER NOT NULL,
	text TEXT,
	text_key TEXT,
	number INTEGER,
	day TEXT,
	choice_id INTEGER,
	position INTEGER DEFAULT 0 NOT NULL,
	CONSTRAINT fk_custom_value_client_id FOREIGN KEY(client_id) REFERENCES client (id),
	CONSTRAINT fk_custom_value_field_id FOREIGN KEY(field_id) REFERENCES custom_field (id),
	CONSTRAINT fk_custom_value_choice_id FOREIGN KEY(choice_id) REFERENCES field_choice (id)
)
 STRICT

CREATE TABLE new_offer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	number TEXT NOT NULL,
	version INTEGER NOT NULL,
	replaces_id INTEGER,
	client_id INTEGER,
	client_name TEXT NOT NULL,
	title TEXT NOT NULL,
	created_on TEXT NOT NULL,
	valid_until TEXT,
	state TEXT NOT NULL,
	state_on TEXT NOT NULL,
	accepted_tier TEXT,
	decline_reason TEXT,
	vat_mode TEXT NOT NULL,
	vat_rate INTEGER NOT NULL,
	rounding INTEGER NOT NULL,
	deadline_kind TEXT,
	deadline_until TEXT,
	deadline_quantity INTEGER,
	snapshot TEXT,
	total INTEGER,
	edition INTEGER NOT NULL,
	language TEXT,
	created_at TEXT NOT NULL,
	modified_at TEXT NOT NULL,
	CONSTRAINT fk_offer_replaces_id FOREIGN KEY(replaces_id) REFERENCES offer (id),
	CONSTRAINT fk_offer_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 STRICT
