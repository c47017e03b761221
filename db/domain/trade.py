"""Kinds of what happens between the owner and a client."""

from enum import StrEnum


class InteractionKind(StrEnum):
    ENQUIRY = "enquiry"
    CALL = "call"
    MEETING = "meeting"
    MESSAGE = "message"
    COMPLAINT = "complaint"
    SURVEY = "survey"
