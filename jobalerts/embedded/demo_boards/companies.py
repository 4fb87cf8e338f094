"""The made-up companies of the demo: names, boards and sizes. None of them exists."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCompany:
    """One employer and its one board; `size` is how many postings are open at any time."""

    name: str
    source: str
    token: str
    size: int
    about: str
    homes: tuple[str, ...]  # ISO countries it hires in first
    types: tuple[str, ...]  # job types it hires most for

    @property
    def slug(self) -> str:
        return self.name.lower().replace(" ", "-")


COMPANIES = (
    DemoCompany(
        name="Brindlewick Robotics",
        source="greenhouse",
        token="brindlewick",
        size=420,
        about="Brindlewick Robotics builds small warehouse robots that lift, sort and never bump into people. "
        "We started in a bicycle shop 14 years ago and now work from nine places.",
        homes=("US", "DE", "JP"),
        types=("software_engineer", "hardware_engineer", "qa_engineer", "ml_engineer", "operations"),
    ),
    DemoCompany(
        name="Northgale Power",
        source="greenhouse",
        token="northgale",
        size=180,
        about="Northgale Power plans and runs wind parks off five coasts, and trades every kilowatt-hour they give.",
        homes=("GB", "NO", "DK"),
        types=("data_scientist", "devops_sre", "program_manager", "finance", "legal_compliance"),
    ),
    DemoCompany(
        name="Quillmoor Bank",
        source="lever",
        token="quillmoor",
        size=330,
        about="Quillmoor is a bank for people who dislike surprises: one account, plain words, no hidden fees.",
        homes=("GB", "IE", "PL"),
        types=("software_engineer", "security_engineer", "legal_compliance", "data_engineer", "customer_support"),
    ),
    DemoCompany(
        name="Tidewarren Health",
        source="lever",
        token="tidewarren",
        size=210,
        about="Tidewarren Health runs video clinics and the software behind them in eleven countries.",
        homes=("US", "CA", "AU"),
        types=("healthcare", "mobile_engineer", "people", "data_analyst", "product_manager"),
    ),
    DemoCompany(
        name="Emberfold AI",
        source="ashby",
        token="emberfold",
        size=260,
        about="Emberfold AI trains language models for repair manuals, so that machines live longer.",
        homes=("US", "FR", "CA"),
        types=("ml_engineer", "research_scientist", "software_engineer", "sales", "solutions_engineer"),
    ),
    DemoCompany(
        name="Pinecask Games",
        source="ashby",
        token="pinecask",
        size=140,
        about="Pinecask makes slow, friendly games about forests, islands and the people who look after them.",
        homes=("SE", "FI", "ES"),
        types=("frontend_engineer", "designer", "marketing", "communications", "engineering_manager"),
    ),
    DemoCompany(
        name="Halvermarch Logistics",
        source="amazon",
        token="halvermarch",
        size=420,
        about="Halvermarch moves parcels through 60 sorting centres with its own trucks, trains and software.",
        homes=("US", "IN", "BR"),
        types=("operations", "it_support", "data_engineer", "software_engineer", "strategy_consulting"),
    ),
    DemoCompany(
        name="Saltcombe Museums",
        source="jsonld",
        token="/careers/saltcombe-museums",
        size=40,
        about="Saltcombe Museums keeps four houses by the sea open to everyone, with workshops for schools.",
        homes=("GB", "NL", "IT"),
        types=("education", "administrative", "other", "designer", "people"),
    ),
)
