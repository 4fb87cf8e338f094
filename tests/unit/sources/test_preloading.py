"""What the launcher loads before it forks."""

from crawler.launcher import SAMPLE
from crawler.postings import posting_from
from crawler.shape import Board
from crawler.sources import load_source


def test_reading_the_sample_loads_every_table_and_model_that_a_crawl_needs() -> None:
    board = Board(source="lever", token="sample")
    draft = load_source("lever").draft(SAMPLE, board)
    assert draft is not None
    posting = posting_from(draft, board)
    assert posting.language == "en"
    assert posting.locations[0].country == "US"
    assert posting.salary is not None
    assert posting.experience is not None
