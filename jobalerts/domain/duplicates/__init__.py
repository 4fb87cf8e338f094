"""Duplicates: whether two postings are one and the same position, and why. Pure and deterministic."""

from jobalerts.domain.duplicates.likeness import Likeness, likeness_of
from jobalerts.domain.duplicates.verdicts import Verdict, compare, is_same

__all__ = ["Likeness", "Verdict", "compare", "is_same", "likeness_of"]
