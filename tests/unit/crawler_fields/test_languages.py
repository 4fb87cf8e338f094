"""The language of a text: by function words where it is plain, else by the model."""

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from crawler.fields.function_words import plain_language
from crawler.fields.language_model import load_model
from crawler.fields.modes import language_of

ENGLISH = "You will work with our team on the services that people rely on, and you are going to own them with us. "
GERMAN = "Du arbeitest mit uns an den Diensten, auf die sich die Menschen verlassen, und bist für sie verantwortlich. "
FRENCH = "Vous travaillerez avec notre équipe sur les services dont les gens ont besoin et vous en serez responsable. "
SPANISH = "Trabajarás con nuestro equipo en los servicios de los que la gente depende y serás responsable de ellos. "
POLISH = "Będziesz pracować z naszym zespołem nad usługami, na których polegają ludzie, i będziesz za nie odpowiadać. "
JAPANESE = "私たちのチームと一緒に、人々が頼りにしているサービスを作り、運用していただきます。よろしくお願いします。"
SKILLS = "Python, Kubernetes, PostgreSQL, Terraform, Kafka, Grafana, Prometheus, Ansible, TypeScript, GraphQL, Linux. "
TEXTS = (ENGLISH, GERMAN, FRENCH, SPANISH, POLISH, JAPANESE, SKILLS, ENGLISH + GERMAN, "", "1 2 3", "x")


def test_the_model_in_a_file_answers_as_the_one_in_memory() -> None:
    ours, whole = load_model(), LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    assert [ours.classify(text) for text in TEXTS] == [whole.classify(text) for text in TEXTS]


@pytest.mark.parametrize(
    ("text", "language"),
    [(ENGLISH, "en"), (GERMAN, "de"), (FRENCH, "fr"), (JAPANESE * 2, "ja")],
)
def test_running_text_of_a_common_language_is_plain(text: str, language: str) -> None:
    assert plain_language(text * 2) == language


@pytest.mark.parametrize("text", [SKILLS, POLISH, ENGLISH + GERMAN, JAPANESE + "서비스", "of the and to", ""])
def test_lists_mixtures_and_other_languages_are_left_to_the_model(text: str) -> None:
    assert plain_language(text) is None


def test_a_language_without_a_list_of_words_is_known_too() -> None:
    assert language_of(POLISH * 2) == "pl"
