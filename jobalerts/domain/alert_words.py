"""An alert in words: "Software or Data engineering; 3 to 5 years; at Stripe; in Germany"."""

from jobalerts.domain.alert import ANY_JOB_TYPE, Alert, band_words
from jobalerts.domain.job_types import label
from jobalerts.domain.places import country_name

SHOWN = 5


def alert_words(alert: Alert) -> str:
    """Return what the alert looks for in one line, long lists cut short."""
    job_types = ["any job type"] if ANY_JOB_TYPE in alert.job_types else [label(slug) for slug in alert.job_types]
    return "; ".join(
        (
            _listed(job_types),
            band_words(alert.years),
            f"at {_listed(list(alert.companies))}" if alert.companies else "at every company",
            f"in {_listed([country_name(code) for code in alert.countries])}" if alert.countries else "anywhere",
            *(("remote only",) if alert.remote_only else ()),
        )
    )


def _listed(names: list[str]) -> str:
    if len(names) > SHOWN:
        return f"{', '.join(names[:SHOWN])} or {len(names) - SHOWN} more"
    return " or ".join(filter(None, (", ".join(names[:-1]), "".join(names[-1:]))))
