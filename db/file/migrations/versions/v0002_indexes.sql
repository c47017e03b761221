CREATE INDEX ix_change_state ON change (state, id)

CREATE INDEX ix_change_row_client ON change_row (client_id, change_id)

CREATE INDEX ix_client_bin ON client (deleted_at) WHERE deleted_at IS NOT NULL

CREATE INDEX ix_client_created ON client (created_at DESC, sort_key, id) WHERE deleted_at IS NULL

CREATE INDEX ix_client_fact_due ON client_fact (due_on, lost_on, client_id)

CREATE INDEX ix_client_fact_last ON client_fact (last_on DESC, sort_key, client_id) WHERE sort_key IS NOT NULL

CREATE INDEX ix_client_fact_name ON client_fact (sort_key, client_id, lost_on, risk_on, new_until, year_revenue) WHERE sort_key IS NOT NULL

CREATE INDEX ix_client_fact_silent ON client_fact (silent_on, client_id)

CREATE INDEX ix_client_fact_year ON client_fact (year_revenue DESC, sort_key, client_id) WHERE sort_key IS NOT NULL

CREATE INDEX ix_client_gap_rule ON client_gap (rule_id, client_id)

CREATE INDEX ix_custom_value_choice ON custom_value (field_id, choice_id, client_id)

CREATE INDEX ix_custom_value_day ON custom_value (field_id, day, client_id)

CREATE INDEX ix_custom_value_number ON custom_value (field_id, number, client_id)

CREATE INDEX ix_custom_value_text ON custom_value (field_id, text_key, client_id)

CREATE UNIQUE INDEX uq_custom_value_client_field ON custom_value (client_id, field_id, position)

CREATE INDEX ix_offer_client ON offer (client_id)

CREATE INDEX ix_offer_state ON offer (state, valid_until)

CREATE UNIQUE INDEX uq_offer_number_version ON offer (number, version)
