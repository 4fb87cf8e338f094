"""All alerts, arranged so that a posting meets only those that may take it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from jobalerts.domain.alert import ANY_JOB_TYPE, Alert
from jobalerts.domain.companies import name_key
from jobalerts.domain.posting import Posting


class AlertIndex:
    """Alerts by the companies they name, those of all companies by job type. `fit` decides about the rest."""

    def __init__(self, alerts: Iterable[Alert]) -> None:
        self._by_company: dict[str, list[Alert]] = defaultdict(list)
        self._by_job_type: dict[str, list[Alert]] = defaultdict(list)
        for alert in alerts:
            for key in {name_key(name) for name in alert.companies}:
                self._by_company[key].append(alert)
            for slug in () if alert.companies else alert.job_types:
                self._by_job_type[slug].append(alert)

    def candidates(self, posting: Posting, company_keys: frozenset[str]) -> Iterator[Alert]:
        """Every alert that may fit, each once."""
        seen: set[str] = set()
        lists = [self._by_company.get(key, ()) for key in company_keys]
        lists += [self._by_job_type.get(slug, ()) for slug in (ANY_JOB_TYPE, *posting.job_types)]
        for alert in (alert for alerts in lists for alert in alerts):
            if alert.id not in seen:
                seen.add(alert.id)
                yield alert
