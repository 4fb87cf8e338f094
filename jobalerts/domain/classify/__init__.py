"""Job type, seniority and years of experience, read from a posting's title and text by rules."""

from dataclasses import dataclass

from jobalerts.domain.classify.roles import job_types_of
from jobalerts.domain.classify.seniority import seniority_of
from jobalerts.domain.classify.years import experience_of
from jobalerts.domain.posting import Experience, Seniority

__all__ = ["Classification", "classify", "experience_of", "job_types_of", "seniority_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """What the rules read from one posting; None means it says nothing."""

    job_types: tuple[str, ...]
    seniority: Seniority | None
    experience: Experience | None


def classify(title: str, text: str) -> Classification:
    """Never raises, whatever the words."""
    return Classification(
        job_types=job_types_of(title, text),
        seniority=seniority_of(title, text),
        experience=experience_of(title, text),
    )
