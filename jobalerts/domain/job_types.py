"""The job types a person chooses from and a posting is given, in the order people see them (docs/job_types.md)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class JobType:
    """`slug` never changes once published; `label` fits a form tile, `description` says what belongs to it."""

    slug: str
    label: str
    description: str


_TABLE: tuple[tuple[str, str, str], ...] = (
    ("software_engineer", "Software", "General, backend, full-stack, platform, API, systems, forward-deployed"),
    ("frontend_engineer", "Front-end", "Web, front-end, UI engineering"),
    ("mobile_engineer", "Mobile", "iOS, Android"),
    ("devops_sre", "DevOps and SRE", "DevOps, SRE, infrastructure, cloud, production and reliability engineering"),
    ("security_engineer", "Security", "Security engineering and analysis, infosec"),
    ("qa_engineer", "Quality and test", "Test, quality, SDET"),
    ("data_engineer", "Data engineering", "Data and analytics engineering, databases, ETL"),
    ("data_scientist", "Data science", "Data, applied and decision scientists, statisticians, quants"),
    ("data_analyst", "Data analysis", "Data, BI, product and reporting analysts"),
    ("ml_engineer", "Machine learning", "Machine learning and AI engineering"),
    ("research_scientist", "Research", "Research scientists and researchers in science or AI"),
    ("hardware_engineer", "Hardware", "Hardware, embedded, firmware, electrical, mechanical, manufacturing"),
    ("it_support", "IT", "System administration, IT support, help desk, network engineering"),
    (
        "solutions_engineer",
        "Solutions",
        "Solutions architects, sales engineers, technical consultants, implementation, integration, "
        "technical account management, developer relations",
    ),
    ("engineering_manager", "Engineering leads", "Managers, heads and directors of engineering or data teams"),
    ("product_manager", "Product", "Product management and ownership"),
    ("program_manager", "Program management", "Program, project, delivery and technical program management"),
    ("designer", "Design", "Product, UX, UI, brand and visual design, UX research"),
    ("marketing", "Marketing", "Marketing, growth, brand, events, SEO, product marketing"),
    (
        "sales",
        "Sales",
        "Account executives, SDR/BDR, account management, partnerships, business development, sales management",
    ),
    ("customer_support", "Customer support", "Support, success, onboarding, community"),
    ("finance", "Finance", "Accounting, FP&A, tax, treasury, audit, credit"),
    ("people", "People and HR", "HR, recruiting, talent, learning and development"),
    (
        "legal_compliance",
        "Legal",
        "Counsel, compliance, policy, privacy, risk, AML, government relations",
    ),
    (
        "operations",
        "Operations",
        "Business, sales and fraud operations, supply chain, logistics, procurement, facilities",
    ),
    ("strategy_consulting", "Strategy", "Business analysis, strategy, consulting, corporate development"),
    ("communications", "Communications", "Content, writing, PR, technical writing"),
    ("administrative", "Office", "Executive assistants, office and workplace management"),
    ("healthcare", "Healthcare", "Clinical, nursing, medical, pharma roles"),
    ("education", "Education", "Teaching, training, academic"),
    ("other", "Other", "None of these"),
)

JOB_TYPES: tuple[JobType, ...] = tuple(
    JobType(slug=slug, label=label, description=description) for slug, label, description in _TABLE
)
SLUGS: frozenset[str] = frozenset(job_type.slug for job_type in JOB_TYPES)
_LABELS: dict[str, str] = {job_type.slug: job_type.label for job_type in JOB_TYPES}


def label(slug: str) -> str:
    """Return the words shown for a slug; one nobody knows (an old alert's) is shown as it is."""
    return _LABELS.get(slug, slug)
