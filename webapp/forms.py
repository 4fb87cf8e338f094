"""The forms: they carry what was typed, and the models in `jobalerts.preferences` judge it, as they do for the API."""

import re
from typing import Any, TypeVar, cast
from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from pydantic import BaseModel, ValidationError
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)

from jobalerts.domain.alert import ANY_JOB_TYPE, BANDS, Alert
from jobalerts.domain.companies import split_names
from jobalerts.domain.job_types import JOB_TYPES
from jobalerts.domain.places import country_name
from jobalerts.preferences import COMPANY_LENGTH, MOST_COMPANIES, field_errors

Model = TypeVar("Model", bound=BaseModel)
POPULAR = (
    "software_engineer", "frontend_engineer", "data_engineer", "data_scientist",
    "ml_engineer", "devops_sre", "product_manager", "designer",
)  # fmt: skip
SEPARATORS = re.compile(r"[,;\r\n]+")
LONGEST_LIST = (MOST_COMPANIES + 1) * (COMPANY_LENGTH + 2)
MOST_READ = 20_000
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAY_CHOICES = {str(index): name for index, name in enumerate(WEEKDAYS)}
HOURS = {str(hour): f"{hour:02}:00" for hour in range(24)}
TIMEZONES = {name: name.replace("_", " ") for name in sorted(available_timezones())}


def typed_names(text: str) -> list[str]:
    """The names in a typed list; of one that is far too long only so much is read that it can be refused."""
    return split_names(text) if len(text) <= LONGEST_LIST else text.split(",")[:MOST_READ]


def _job_type_choices() -> dict[str, str]:
    """Those most people look for first, then the others, then all of them."""
    labels = {one.slug: one.label for one in JOB_TYPES}
    return {slug: labels[slug] for slug in POPULAR} | labels | {ANY_JOB_TYPE: "Any kind"}


class AlertForm(FlaskForm):
    """What an alert looks for; company names and countries are typed, separated by commas or new lines."""

    job_types = SelectMultipleField(
        "What kind of work?",
        choices=_job_type_choices(),
        validate_choice=False,
    )
    years_of_experience = RadioField(
        "Years of experience you have",
        choices={band: band.replace("-", "–") for band in BANDS},
        validate_choice=False,
    )
    companies = StringField("Companies to follow")
    locations = StringField("Countries")
    remote = BooleanField("Remote positions only")

    def document(self) -> dict[str, Any]:
        """What was typed, in the shape the model reads."""
        return {
            "job_types": self.job_types.data or [],
            "years_of_experience": self.years_of_experience.data or "",
            "companies": typed_names(self.companies.data or ""),
            "locations": SEPARATORS.split(self.locations.data or "")[:MOST_READ],
            "remote": bool(self.remote.data),
        }

    def show(self, alert: Alert) -> None:
        """Fill in what the alert looks for now."""
        self.job_types.data = list(alert.job_types)
        self.years_of_experience.data = alert.years
        self.companies.data = ", ".join(alert.companies)
        self.locations.data = ", ".join(country_name(code) for code in alert.countries)
        self.remote.data = alert.remote_only


class RegisterForm(AlertForm):
    """The first alert and whose it is."""

    username = StringField("Your name")
    email = EmailField("E-mail")
    password = PasswordField("Password (optional)")

    def document(self) -> dict[str, Any]:
        return super().document() | {
            "username": self.username.data or "",
            "email": self.email.data or "",
            "password": self.password.data or None,
        }


class SignInForm(FlaskForm):
    """By password, or by a mailed link when that button is pressed."""

    email = EmailField("E-mail")
    password = PasswordField("Password")


class DeliveryForm(FlaskForm):
    """When digests go out."""

    frequency = RadioField("How often", choices={"at_once": "At once", "daily": "Once a day", "weekly": "Once a week"})
    hour = SelectField("Hour", choices=HOURS)
    weekday = SelectField("Day of the week", choices=WEEKDAY_CHOICES)
    timezone = SelectField("Time zone", choices=TIMEZONES)


class PasswordForm(FlaskForm):
    """A new password; the present one is asked for when there is one."""

    current = PasswordField("Present password")
    password = PasswordField("New password")


class DeleteForm(FlaskForm):
    """Deleting takes typing the address."""

    email = StringField("Your e-mail address, to be sure")


def read(form: AlertForm, model: type[Model], *, show_in: AlertForm | None = None) -> Model | None:
    """The model of what was typed; None with the errors at their fields (of `show_in`) when something is wrong."""
    try:
        return model.model_validate(form.document())
    except ValidationError as error:
        for name, detail in field_errors(error):
            complain(show_in or form, name, detail)
        return None


def complain(form: FlaskForm, name: str, detail: str) -> None:
    """Put an error at a field."""
    field = cast(Field, form[name])
    field.errors = [*field.errors, detail]
