CREATE TABLE client (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  full_name TEXT,
  inn TEXT,
  kpp TEXT,
  ogrn TEXT,
  birthday TEXT,
  address TEXT,
  region TEXT,
  source TEXT,
  target_group TEXT,
  warmth TEXT,
  responsible TEXT,
  job TEXT,
  consent INTEGER,
  consent_on TEXT,
  do_not_contact INTEGER,
  share_of_wallet INTEGER,
  share_of_wallet_on TEXT,
  cycle_by_hand INTEGER,
  note TEXT,
  deleted_at TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  modified_at TEXT NOT NULL
)
 STRICT

CREATE INDEX ix_client_in_use ON client (sort_key, id) WHERE deleted_at IS NULL

CREATE INDEX ix_client_name_key ON client (name_key)

CREATE INDEX ix_client_inn ON client (inn) WHERE inn IS NOT NULL

CREATE TABLE custom_field (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "key" TEXT NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL,
  position INTEGER NOT NULL,
  archived INTEGER NOT NULL
)
 STRICT

CREATE UNIQUE INDEX uq_custom_field_key ON custom_field ("key")

CREATE TABLE field_rule (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  field_key TEXT NOT NULL,
  level TEXT NOT NULL,
  purpose TEXT NOT NULL,
  for_kind TEXT,
  for_status TEXT,
  for_tag TEXT,
  position INTEGER NOT NULL
)
 STRICT

CREATE TABLE change (
  id INTEGER NOT NULL,
  command TEXT NOT NULL,
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  state TEXT NOT NULL,
  undone_at TEXT,
  CONSTRAINT pk_change PRIMARY KEY (id)
)
 STRICT

CREATE INDEX ix_change_state ON change (state, id)

CREATE TABLE setting (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "key" TEXT NOT NULL,
  value TEXT NOT NULL
)
 STRICT

CREATE UNIQUE INDEX uq_setting_key ON setting ("key")

CREATE TABLE segment (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  rule TEXT NOT NULL,
  created_at TEXT NOT NULL,
  modified_at TEXT NOT NULL
)
 STRICT

CREATE UNIQUE INDEX uq_segment_name_key ON segment (name_key)

CREATE TABLE offer_counter (
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  CONSTRAINT pk_offer_counter PRIMARY KEY (year)
)
 STRICT

CREATE TABLE product (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  unit TEXT,
  price INTEGER,
  cost INTEGER,
  usual_cycle_days INTEGER,
  deleted_at TEXT
)
 STRICT

CREATE INDEX ix_product_name_key ON product (name_key)

CREATE TABLE client_contact (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  "key" TEXT NOT NULL,
  position INTEGER NOT NULL,
  CONSTRAINT fk_client_contact_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 STRICT

CREATE INDEX ix_client_contact_client ON client_contact (client_id, kind, position)

CREATE INDEX ix_client_contact_key ON client_contact (kind, "key")

CREATE TABLE contact_person (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  role TEXT,
  phone TEXT,
  email TEXT,
  note TEXT,
  CONSTRAINT fk_contact_person_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 STRICT

CREATE INDEX ix_contact_person_client ON contact_person (client_id)

CREATE TABLE client_tag (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL,
  tag TEXT NOT NULL,
  "key" TEXT NOT NULL,
  CONSTRAINT fk_client_tag_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 STRICT

CREATE INDEX ix_client_tag_key ON client_tag ("key")

CREATE UNIQUE INDEX uq_client_tag_client_key ON client_tag (client_id, "key")

CREATE TABLE relationship (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL,
  other_id INTEGER,
  kind TEXT NOT NULL,
  text TEXT,
  CONSTRAINT fk_relationship_client_id FOREIGN KEY(client_id) REFERENCES client (id),
  CONSTRAINT fk_relationship_other_id FOREIGN KEY(other_id) REFERENCES client (id)
)
 STRICT

CREATE INDEX ix_relationship_client ON relationship (client_id)

CREATE INDEX ix_relationship_other ON relationship (other_id)

CREATE TABLE agreement (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  percent INTEGER,
  amount INTEGER,
  days INTEGER,
  text TEXT,
  from_on TEXT,
  until TEXT,
  CONSTRAINT fk_agreement_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 STRICT

CREATE INDEX ix_agreement_client ON agreement (client_id)

CREATE TABLE field_choice (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  field_id INTEGER NOT NULL,
  text TEXT NOT NULL,
  position INTEGER NOT NULL,
  archived INTEGER NOT NULL,
  CONSTRAINT fk_field_choice_field_id FOREIGN KEY(field_id) REFERENCES custom_field (id)
)
 STRICT

CREATE INDEX ix_field_choice_field ON field_choice (field_id, position)

CREATE TABLE field_answer (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL,
  field_key TEXT NOT NULL,
  answer TEXT NOT NULL,
  answered_on TEXT NOT NULL,
  CONSTRAINT fk_field_answer_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 STRICT

CREATE UNIQUE INDEX uq_field_answer_client_field ON field_answer (client_id, field_key)

CREATE TABLE client_gap (
  client_id INTEGER NOT NULL,
  rule_id INTEGER NOT NULL,
  CONSTRAINT pk_client_gap PRIMARY KEY (client_id, rule_id),
  CONSTRAINT fk_client_gap_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
  CONSTRAINT fk_client_gap_rule_id FOREIGN KEY(rule_id) REFERENCES field_rule (id) ON DELETE CASCADE
)
 STRICT

CREATE INDEX ix_client_gap_rule ON client_gap (rule_id, client_id)

CREATE TABLE change_row (
  id INTEGER NOT NULL,
  change_id INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  client_id INTEGER,
  image TEXT,
  CONSTRAINT pk_change_row PRIMARY KEY (id),
  CONSTRAINT fk_change_row_change_id FOREIGN KEY(change_id) REFERENCES change (id) ON DELETE CASCADE
)
 STRICT

CREATE INDEX ix_change_row_client ON change_row (client_id, change_id)

CREATE UNIQUE INDEX uq_change_row_change_table_row ON change_row (change_id, table_name, row_id)

CREATE TABLE import_run (
  id INTEGER NOT NULL,
  change_id INTEGER,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  at TEXT NOT NULL,
  rows INTEGER NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  CONSTRAINT pk_import_run PRIMARY KEY (id),
  CONSTRAINT fk_import_run_change_id FOREIGN KEY(change_id) REFERENCES change (id) ON DELETE SET NULL
)
 STRICT

CREATE TABLE client_fact (
  client_id INTEGER NOT NULL,
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
  complaint_on TEXT,
  complaint_last_on TEXT,
  nps INTEGER,
  nps_on TEXT,
  enquiries INTEGER NOT NULL,
  contacted_on TEXT,
  CONSTRAINT pk_client_fact PRIMARY KEY (client_id),
  CONSTRAINT fk_client_fact_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
)
 STRICT

CREATE INDEX ix_client_fact_revenue ON client_fact (revenue, client_id)

CREATE INDEX ix_client_fact_last ON client_fact (last_on, client_id)

CREATE INDEX ix_client_fact_next ON client_fact (next_on, client_id)

CREATE TABLE offer (
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
  created_at TEXT NOT NULL,
  modified_at TEXT NOT NULL,
  CONSTRAINT fk_offer_replaces_id FOREIGN KEY(replaces_id) REFERENCES offer (id),
  CONSTRAINT fk_offer_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 STRICT

CREATE INDEX ix_offer_client ON offer (client_id)

CREATE INDEX ix_offer_state ON offer (state, valid_until)

CREATE UNIQUE INDEX uq_offer_number_version ON offer (number, version)

CREATE TABLE purchase (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL,
  day TEXT NOT NULL,
  amount INTEGER NOT NULL,
  cost INTEGER,
  product_id INTEGER,
  channel TEXT,
  responsible TEXT,
  note TEXT,
  import_key TEXT,
  CONSTRAINT fk_purchase_client_id FOREIGN KEY(client_id) REFERENCES client (id),
  CONSTRAINT fk_purchase_product_id FOREIGN KEY(product_id) REFERENCES product (id)
)
 STRICT

CREATE INDEX ix_purchase_product ON purchase (product_id, client_id)

CREATE INDEX ix_purchase_day ON purchase (day, client_id, amount)

CREATE INDEX ix_purchase_client_day ON purchase (client_id, day)

CREATE TABLE interaction (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL,
  day TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT,
  nps INTEGER,
  is_open INTEGER NOT NULL,
  closed_on TEXT,
  CONSTRAINT fk_interaction_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 STRICT

CREATE INDEX ix_interaction_day ON interaction (day)

CREATE INDEX ix_interaction_client_day ON interaction (client_id, day)

CREATE INDEX ix_interaction_open ON interaction (client_id) WHERE is_open = 1

CREATE TABLE snooze (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  until TEXT NOT NULL,
  CONSTRAINT fk_snooze_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 STRICT

CREATE UNIQUE INDEX uq_snooze_client_kind ON snooze (client_id, kind)

CREATE TABLE loss_episode (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL,
  lost_on TEXT NOT NULL,
  opened_on TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  more_reasons TEXT,
  motive TEXT,
  liked TEXT,
  disliked TEXT,
  improve TEXT,
  next_step TEXT,
  next_on TEXT,
  leave_reason TEXT,
  leave_until TEXT,
  closed_on TEXT,
  by_himself INTEGER NOT NULL,
  CONSTRAINT fk_loss_episode_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 STRICT

CREATE INDEX ix_loss_episode_open ON loss_episode (client_id) WHERE closed_on IS NULL

CREATE INDEX ix_loss_episode_client ON loss_episode (client_id)

CREATE TABLE custom_value (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL,
  field_id INTEGER NOT NULL,
  text TEXT,
  text_key TEXT,
  number INTEGER,
  day TEXT,
  choice_id INTEGER,
  CONSTRAINT fk_custom_value_client_id FOREIGN KEY(client_id) REFERENCES client (id),
  CONSTRAINT fk_custom_value_field_id FOREIGN KEY(field_id) REFERENCES custom_field (id),
  CONSTRAINT fk_custom_value_choice_id FOREIGN KEY(choice_id) REFERENCES field_choice (id)
)
 STRICT

CREATE INDEX ix_custom_value_text ON custom_value (field_id, text_key, client_id)

CREATE UNIQUE INDEX uq_custom_value_client_field ON custom_value (client_id, field_id)

CREATE INDEX ix_custom_value_day ON custom_value (field_id, day, client_id)

CREATE INDEX ix_custom_value_choice ON custom_value (field_id, choice_id, client_id)

CREATE INDEX ix_custom_value_number ON custom_value (field_id, number, client_id)

CREATE TABLE offer_tier (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  offer_id INTEGER NOT NULL,
  tier TEXT NOT NULL,
  name TEXT NOT NULL,
  note TEXT NOT NULL,
  discount_percent INTEGER NOT NULL,
  recommended INTEGER NOT NULL,
  CONSTRAINT fk_offer_tier_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id)
)
 STRICT

CREATE UNIQUE INDEX uq_offer_tier_offer_tier ON offer_tier (offer_id, tier)

CREATE TABLE offer_line (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  offer_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  product_id INTEGER,
  unit TEXT NOT NULL,
  cost INTEGER,
  price INTEGER NOT NULL,
  discount_percent INTEGER NOT NULL,
  quantity_good INTEGER,
  quantity_better INTEGER,
  quantity_best INTEGER,
  CONSTRAINT fk_offer_line_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id),
  CONSTRAINT fk_offer_line_product_id FOREIGN KEY(product_id) REFERENCES product (id)
)
 STRICT

CREATE INDEX ix_offer_line_offer ON offer_line (offer_id, position)

CREATE TABLE offer_block (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  offer_id INTEGER NOT NULL,
  "key" TEXT NOT NULL,
  text TEXT NOT NULL,
  CONSTRAINT fk_offer_block_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id)
)
 STRICT

CREATE UNIQUE INDEX uq_offer_block_offer_key ON offer_block (offer_id, "key")

CREATE TABLE purchase_line (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  purchase_id INTEGER NOT NULL,
  client_id INTEGER NOT NULL,
  product_id INTEGER,
  text TEXT,
  quantity INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  cost INTEGER,
  CONSTRAINT fk_purchase_line_purchase_id FOREIGN KEY(purchase_id) REFERENCES purchase (id),
  CONSTRAINT fk_purchase_line_client_id FOREIGN KEY(client_id) REFERENCES client (id),
  CONSTRAINT fk_purchase_line_product_id FOREIGN KEY(product_id) REFERENCES product (id)
)
 STRICT

CREATE INDEX ix_purchase_line_purchase ON purchase_line (purchase_id)

CREATE INDEX ix_purchase_line_client ON purchase_line (client_id)

CREATE TABLE task (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER,
  offer_id INTEGER,
  text TEXT NOT NULL,
  due_on TEXT NOT NULL,
  done_on TEXT,
  created_at TEXT NOT NULL,
  modified_at TEXT NOT NULL,
  CONSTRAINT fk_task_client_id FOREIGN KEY(client_id) REFERENCES client (id),
  CONSTRAINT fk_task_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id)
)
 STRICT

CREATE INDEX ix_task_client ON task (client_id)

CREATE INDEX ix_task_due ON task (due_on) WHERE done_on IS NULL

CREATE TABLE loss_attempt (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  episode_id INTEGER NOT NULL,
  client_id INTEGER NOT NULL,
  way TEXT NOT NULL,
  day TEXT NOT NULL,
  result TEXT,
  cost INTEGER,
  CONSTRAINT fk_loss_attempt_episode_id FOREIGN KEY(episode_id) REFERENCES loss_episode (id),
  CONSTRAINT fk_loss_attempt_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 STRICT

CREATE INDEX ix_loss_attempt_client ON loss_attempt (client_id)

CREATE INDEX ix_loss_attempt_episode ON loss_attempt (episode_id)

CREATE VIRTUAL TABLE client_search using fts5(words, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize="unicode61 remove_diacritics 0")
