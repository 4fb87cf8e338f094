"""What the launcher loads before it forks."""

from crawler.fields.function_words import plain_language
from crawler.fields.modes import ENOUGH_LETTERS
from crawler.launcher import NO_SENTENCE, SAMPLE
from crawler.postings import posting_from
from crawler.shape import Board
from crawler.sources import load_source


def test_reading_the_sample_loads_every_table_that_a_crawl_needs() -> None:
    board = Board(source="lever", token="sample")
    draft = load_source("lever").draft(SAMPLE, board)
    assert draft is not None
    posting = posting_from(draft, board)
    assert posting.locations[0].country == "US"
    assert posting.salary is not None
    assert posting.experience is not None


def test_the_language_of_the_other_sample_is_asked_of_the_model() -> None:
    assert plain_language(NO_SENTENCE) is None
    assert sum(char.isalpha() for char in NO_SENTENCE) >= ENOUGH_LETTERS
