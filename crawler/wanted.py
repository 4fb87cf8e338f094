"""What `--job-type` and `--location` let through."""

from dataclasses import dataclass

from jobalerts.domain.places import country_code, folded
from jobalerts.domain.posting import Posting


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """None lets everything through."""

    job_type: str | None = None
    location: str | None = None

    def lets_through(self, posting: Posting) -> bool:
        return self._fits_type(posting) and self._fits_place(posting)

    def _fits_type(self, posting: Posting) -> bool:
        return self.job_type is None or self.job_type in posting.job_types

    def _fits_place(self, posting: Posting) -> bool:
        """A country by any of its names, "remote", else words that stand in one of the places."""
        if self.location is None:
            return True
        words, country = folded(self.location), country_code(self.location)
        if words == "remote":
            return posting.workplace == "remote"
        if country and any(place.country == country for place in posting.locations):
            return True
        if country and posting.workplace == "remote":
            return posting.remote_countries is None or country in posting.remote_countries
        texts = (f"{place.text} {place.city or ''} {place.region or ''}" for place in posting.locations)
        return country is None and any(f" {words} " in f" {folded(text)} " for text in texts)
