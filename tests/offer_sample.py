"""The offer of the design, as tests need it."""

import json
from datetime import date
from pathlib import Path

from db.domain.offer_spec import read_spec
from db.domain.offers import Offer

TODAY = date(2026, 11, 22)
GREENHOUSE = Path(__file__).parent / "data" / "offer_greenhouse.json"


def greenhouse_offer() -> Offer:
    spec = read_spec(json.loads(GREENHOUSE.read_text(encoding="utf-8")), TODAY)
    assert spec.problems == ()
    return spec.offer
