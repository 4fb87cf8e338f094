"""What a person may type, and the words for what they may not."""

from typing import Any

import pytest
from pydantic import ValidationError

from jobalerts.preferences import Preferences, Registration, field_errors

GOOD: dict[str, Any] = {
    "username": "Ada",
    "email": "ada@example.org",
    "job_types": ["software_engineer"],
    "years_of_experience": "3-5",
}


def errors(**given: Any) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        Registration.model_validate(GOOD | given)
    return dict(field_errors(caught.value))


def test_least_that_is_needed_is_name_address_type_and_years() -> None:
    registration = Registration.model_validate(GOOD)
    assert (registration.companies, registration.locations, registration.remote) == ((), (), False)
    assert registration.password is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (["Acme, Inc., Stripe"], ("Acme, Inc.", "Stripe")),
        (["Stripe", "stripe ", "STRIPE, Inc."], ("Stripe",)),
        (["  Coca   Cola "], ("Coca Cola",)),
        ([""], ()),
    ],
)
def test_company_names_are_split_and_kept_once(typed: list[str], kept: tuple[str, ...]) -> None:
    assert (
        Preferences.model_validate({"job_types": "any", "years_of_experience": "0-1", "companies": typed}).companies
        == kept
    )


def test_countries_are_kept_as_codes_once() -> None:
    registration = Registration.model_validate(GOOD | {"locations": ["USA", "United States", "Deutschland", ""]})
    assert registration.locations == ("US", "DE")


def test_any_stands_for_all_job_types() -> None:
    assert Registration.model_validate(GOOD | {"job_types": ["designer", "any"]}).job_types == ("any",)


@pytest.mark.parametrize(
    "email", ["ada@example.org", "ada@jobalerts.example", "ada@box.test", "Ada.Lovelace+jobs@example.co.uk"]
)
def test_address_of_any_usual_or_test_domain_is_taken(email: str) -> None:
    assert Registration.model_validate(GOOD | {"email": email}).email == email


@pytest.mark.parametrize("email", ["", "ada", "ada@example", "@example.org", "a b@example.org", "ada@[127.0.0.1]"])
def test_malformed_address_is_refused(email: str) -> None:
    assert set(errors(email=email)) == {"email"}


@pytest.mark.parametrize("control", ["\x00", "\x1b", "\u202e", "\x7f"])
def test_control_and_direction_characters_are_refused_in_names(control: str) -> None:
    assert set(errors(username=f"Ada{control}x")) == {"username"}


def test_each_wrong_field_is_named_once_in_words() -> None:
    found = errors(
        job_types=["astronaut", "wizard"], years_of_experience="4", companies=["x"] * 201, locations=["Mars"], hobby="x"
    )
    assert found == {
        "job_types": "There is no job type “astronaut”.",
        "years_of_experience": "Choose one of 0-1, 1-3, 3-5, 5-8, 8-12, 12+.",
        "companies": "Follow at most 200 companies; this has 201.",
        "locations": "We cannot read “Mars” as a country.",
        "hobby": "There is no such field.",
    }


def test_no_error_repeats_a_password() -> None:
    assert "hunter2" not in str(errors(password="hunter2"))


@pytest.mark.parametrize("value", [None, 3, {"a": 1}, [["x"]]])
@pytest.mark.parametrize("field", sorted(GOOD))
def test_value_of_another_type_is_an_error_at_its_field(field: str, value: Any) -> None:
    assert field in errors(**{field: value})
