"""For titles that no rule of a trade knows: words that hint at a field, ranks, and what the text speaks of."""

# For titles no rule knows: the field they mention anywhere.
FALLBACKS: tuple[tuple[str, str], ...] = (
    ("it_support", "data ?cent(?:er|re)s?"),
    ("data_analyst", "reporting|insights|analytics"),
    (
        "hardware_engineer",
        "rockets?|propulsion|spacecraft|satellites?|avionics|airframe|semiconductors?|mechanical|electrical|mechatronics"
        "|robotics|photonics|electronics",
    ),
    ("qa_engineer", "test|testing"),
    ("security_engineer", "security"),
    ("engineering_manager", "engineering|r&d"),
    ("people", "employer|employees?|culture"),
    ("marketing", "acquisition|branding|campaigns?|audience|media"),
    ("designer", "producer"),
    ("product_manager", "product"),
    ("it_support", "(?:erp|crm|systems|application) analyst|it"),
    ("software_engineer", "compilers?|web|programming|hpc|(?:high[- ]performance|scientific) computing"),
    (
        "research_scientist",
        "biology|chemistry|physics|genomics|neuroscience|microbiology|research\\w*|science|laboratory|lab",
    ),
    ("customer_support", "success|support(?! (?:officer|worker|staff|assistant))"),
    ("solutions_engineer", "sap"),
    ("finance", "banking|investments?|insurance|capital|payments|pricing|wealth|equity|credit|risk|funds?"),
    ("communications", "locali[sz]ation|translation|documentation"),
    (
        "ml_engineer",
        "ai|genai|agentic|llms?|machine learning|deep learning|artificial intelligence|computer vision|nlp",
    ),
    ("education", "learning|training|student"),
    ("healthcare", "health|healthcare|care|therapy"),
    ("sales", "client|clients|accounts?|commercial"),
    ("administrative", "administrat\\w+|clerk|scheduling|scheduler|office|secretarial"),
    ("operations", "manufacturing|sustainability"),
    ("program_manager", "programs?|projects?"),
    ("strategy_consulting", "business|advisory|innovation|berater\\w*|conseil|initiatives?"),
)

# For titles that name only a rank, once the text has not told more either.
RANKS: tuple[tuple[str, str], ...] = (
    (
        "software_engineer",
        "engineer\\w*|ingénieur\\w*|ingenieur\\w*|ingenier\\w+|engenheir\\w+|ingegnere|architect|technology",
    ),
    ("data_analyst", "analyst|analyste|analista|data|measurement"),
    ("strategy_consulting", "consult\\w+|associate"),
    ("administrative", "assistant(?! (?:[\\w-]+ )?(?:manager|director|superintendent|vp|chief|head|dean))"),
    ("sales", "advisor"),
    (
        "operations",
        "managers?|manager\\w*|coordinator|specialist|supervisor|director|lead|head|officer|administrator|planner",
    ),
)

# What a posting's text speaks of, for titles that name only a rank.
CUES: tuple[tuple[str, str], ...] = (
    (
        "software_engineer",
        "software (?:engineer\\w*|develop\\w*)|codebase|backend|microservices|apis?|pull requests?|unit tests?",
    ),
    ("data_analyst", "dashboards?|sql|tableau|data analysis|power bi|looker|reporting|analytics"),
    ("hardware_engineer", "mechanical|electrical|circuits?|cad|solidworks|manufacturing|hardware|firmware|pcb"),
    ("marketing", "marketing|campaigns?|seo|brand|social media|paid media"),
    ("sales", "sales|quota|pipeline|prospect\\w*|closing deals|new business|salesforce"),
    ("customer_support", "customer (?:service|support|success)|tickets?|zendesk|inbound calls"),
    (
        "finance",
        "accounting|financial statements|general ledger|budget\\w*|forecast\\w*|gaap|month[\\s-]end|valuation"
        "|invest\\w+",
    ),
    ("people", "recruit\\w*|hr|human resources|talent|onboarding|employee relations"),
    ("legal_compliance", "legal|complian\\w+|regulat\\w+|contracts?|policy|policies"),
    ("operations", "operations|logistics|supply chain|inventory|vendors?|warehouse|procurement|process improvement"),
    ("strategy_consulting", "strateg\\w+|consulting|engagements?|stakeholders|business requirements|market analysis"),
    ("healthcare", "patients?|clinical|nursing|hospital|medical"),
    ("education", "students?|classroom|teach\\w*|curriculum|school"),
    ("product_manager", "roadmap|product management|product vision|backlog"),
    ("program_manager", "project plans?|project management|milestones|program management"),
    ("designer", "figma|wireframes?|visual design|user research|adobe"),
    ("administrative", "calendars?|scheduling|filing|travel arrangements|office supplies|data entry"),
    ("it_support", "help ?desk|active directory|hardware and software|troubleshoot\\w*|servers?"),
)
