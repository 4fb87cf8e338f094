"""Title rules that come first: trades with misleading words, and leaders of engineering teams.

Patterns read a cleaned title in lower case and stand between word ends; a plural s is allowed.
` ... ` stands for up to four further words.
"""

_LEADS = "(?:director|head|vp|svp|evp|manager|chief|lead|supervisor|leader|senior manager)"
_TEAM = (
    "(?:engineering|software(?: engineering| development)?|software engineers|platform|infrastructure|ai|ml"
    "|machine learning|data(?: science| engineering| platform| and analytics| & analytics)?"
    "|technology|devops|sre|site reliability(?: engineering)?|backend|frontend|mobile|web development"
    "|robotics|architecture|applied science|artificial intelligence|computer vision|r&d"
    "|development operations|software quality|cloud(?: engineering)?|analytics)"
)


# Trades whose words would mislead the rules further down.
EXCEPTIONS: tuple[tuple[str, str], ...] = (
    ("data_analyst", "(?:data|bi) analyst"),
    (
        "sales",
        "(?:sales|business|enterprise|market|account|partner|customer|new business) development rep\\w*"
        "|(?:agency|partner|reseller) development(?: \\w+)?",
    ),
    (
        "hardware_engineer",
        "(?:rtl|asic|fpga|chip|analog|rf|pcb|physical|mechanical|electrical) design(?! engineer)(?: \\w+)?",
    ),
    ("software_engineer", "trust (?:and|&) safety engineer"),
    (
        "marketing",
        "marketing technolog\\w+(?: \\w+)?|(?:trade|channel|shopper) marketing(?: \\w+)?|programmatic(?: \\w+)?"
        "|(?:major|planned) gifts?(?: \\w+)?",
    ),
    ("administrative", "document control\\w*(?: \\w+)?"),
    ("qa_engineer", "software (?:development )?engineer,?(?: in)? test\\w*"),
    ("solutions_engineer", "(?:lead|manager|director|head),? (?:of )?implementations?"),
    ("qa_engineer", "ingénieure? (?:qualité|test|validation)(?: \\w+)?"),
    ("people", "recruteu\\w+(?: \\w+)?"),
    ("communications", "press secretary|medical interpreter"),
    ("legal_compliance", "(?:corporate|company) secretary"),
    ("healthcare", "infection (?:prevention\\w*|control)(?: \\w+)?|endoscopy(?: \\w+)?"),
    ("it_support", "(?:workday|servicenow|salesforce|sap|oracle|epic|hris systems) analyst"),
    ("solutions_engineer", "(?:sales|field) applications? engineer"),
    ("hardware_engineer", "soc (?:architect|design|verification|validation|physical)(?: \\w+)?"),
    (
        "people",
        "human capital(?: \\w+)?|benefits (?:and|&) \\w+(?: \\w+)?|leave(?: of absence)? (?:specialist|analyst"
        "|manager)",
    ),
    ("software_engineer", "(?:packaged )?app(?:lication)? development(?: \\w+)?"),
    (
        "research_scientist",
        "(?:process|assay|formulation|analytical|upstream|downstream) development (?:associate|scientist|specialist)",
    ),
    (
        "it_support",
        "technicien\\w*.{0,25}(?:support|informatique|réseau\\w*)|network (?:deployment|implementation) engineer",
    ),
    (
        "finance",
        "sox(?: \\w+)?|transfer pricing(?: \\w+)?|reinsurance(?: \\w+)?|trust officer|structured products?(?: \\w+)?"
        "|ap/ar(?: \\w+)?|ar/ap(?: \\w+)?",
    ),
    ("legal_compliance", "(?:environmental,? )?health,? ?(?:and|&) safety(?: \\w+)?|ehs|hse"),
    ("people", "analista de (?:remunera\\w+|benef\\w+|rh|recursos humanos)|remunera\\w+ e benef\\w+"),
    ("communications", "analyst relations(?: \\w+)?"),
    ("strategy_consulting", "^(?:(?:senior|associate|principal) )?engagement manager"),
    ("solutions_engineer", "technical engagement manager"),
    ("security_engineer", "smart contract (?:auditor|audit|security)(?: \\w+)?"),
    ("finance", "stock administrat\\w+(?: \\w+)?"),
    ("legal_compliance", "risk advisory(?: \\w+)?|model (?:validation|risk)(?: \\w+)?"),
    ("solutions_engineer", "(?:consultant|berater\\w*),? (?:sap|salesforce|oracle|workday|servicenow|netsuite)"),
    ("it_support", "analista de sistemas|analyste? (?:systèmes?|d'exploitation)"),
    ("other", "(?:bakery|deli|meat|produce|grocery|seafood|floral|dairy) (?:clerk|associate|assistant)"),
    ("designer", "design systems? (?:lead|manager|designer|director|head)"),
    ("hardware_engineer", "embedded ... (?:engineer|developer|programmer|architect)"),
    ("it_support", "network operations cent(?:er|re)(?: \\w+)?|soporte (?:técnico|informático|it|ti)"),
    (
        "other",
        "delivery (?:associate|courier|helper|rider)|(?:air traffic|flight) controller|camp counsel+or"
        "|industrial hygienist|executive protection \\w+"
        "|(?:correction(?:al|s)|probation|parole|detention) officer"
        "|(?<!information )(?<!system )(?<!systems )(?<!cyber )(?<!chief )(?<!it )(?<!data )(?<!product )(?<!cloud"
        " )(?<!network )security"
        " (?:officer|guard|patrol\\w*|screener|supervisor|driver|agent|host)|loss prevention(?: \\w+)?",
    ),
    (
        "operations",
        "workforce management(?: \\w+)?|(?:revenue|sales|gtm|business) operations(?: \\w+)?|(?:middle"
        "|back)[ -]?office(?: \\w+)?|(?:merchant"
        "|seller|host|driver|rider"
        "|courier|marketplace) operations(?: \\w+)?"
        "|(?:safeguards |policy )?enforcement (?:analyst|specialist|associate|lead|manager)|fraud (?:strategy"
        "|prevention|detection|risk)(?: \\w+)?|claims? (?:examiner"
        "|adjuster|analyst|specialist|representative|manager|handler|adjudicator|associate|consultant|supervisor)"
        "|loss adjuster",
    ),
    ("data_scientist", "(?:sas|statistical) programm(?:er|ing)"),
    ("it_support", "(?:epic|meditech|cerner|erp|netsuite) analyst"),
    ("frontend_engineer", "(?:ux|ui|user experience|user interface) engineer"),
    ("operations", "sales compensation(?: \\w+)?|partner operations(?: \\w+)?|(?:risk|fraud|aml|claims) investigator"),
    ("healthcare", "medical (?:cod(?:er|ing)|bill(?:er|ing)|records)(?: \\w+)?"),
    (
        "sales",
        "(?:financial|payments?|content|product|strategic|bank|platform|technology|global) partnerships?"
        "(?: (?:manager|lead|director|associate|specialist|development|executive|head))*",
    ),
    ("strategy_consulting", "(?:clinical |healthcare |salesforce )?business analyst"),
    ("software_engineer", "distributed systems engineer"),
    ("finance", "equity research(?: \\w+)?|fund (?:accounting|administration)(?: \\w+)?|project accountant"),
    ("communications", "content strateg\\w+|public relations(?: \\w+)?|ux writer|content designer"),
    (
        "education",
        "curriculum(?: \\w+)?|instructional (?:design\\w*|technolog\\w+|coach)|e-?learning (?:design\\w*|develop\\w*)",
    ),
    (
        "marketing",
        "(?:brand|creative|media|social|social media|marketing|seo|digital|campaign) strateg(?:ist"
        "|y)(?: \\w+)?|employer brand\\w*(?: \\w+)?",
    ),
    ("solutions_engineer", "developer (?:community|marketing|education) \\w+|professional services(?: \\w+)?"),
    (
        "operations",
        "sales support(?: \\w+)?|(?:assistant )?(?:restaurant|hotel|store operations|safety|city|country"
        "|district|warehouse|salon|spa|kitchen|hospitality|environmental services) (?:general )?(?:manager"
        "|supervisor|director|lead)",
    ),
    ("data_engineer", "ingenier[oa] de datos|ingénieur(?:e)? (?:data|données)|engenheir\\w+ de dados"),
    ("finance", "analista financier\\w+|analyste financi\\w+|analista contable|contrôle de gestion"),
    (
        "hardware_engineer",
        "(?:ingegnere|ingénieure?|ingenier[oa]|engenheir[oa]) (?:meccanic|mécani|mecánic|mecânic|elettr"
        "|électr|eléctr|elétr|elettronic|industrial|civil|de processos?|de producción)\\w*",
    ),
    ("sales", "tele(?:sales|market\\w+)(?: \\w+)?|lead gen(?:eration)?(?: \\w+)?|business development(?: \\w+)?"),
    ("people", "learning (?:and|&) development(?: \\w+)?|organi[sz]ational development(?: \\w+)?"),
    (
        "healthcare",
        "clinical (?:data|project|trial|research|study|operations|program|development|quality|informatics)(?: \\w+)?",
    ),
)
ENGINEERING_LEADERS: tuple[tuple[str, str], ...] = (
    (
        "program_manager",
        "(?:engineering|software|development|technical|data|ai|ml|infrastructure|security|platform"
        "|cloud) (?:program|project)(?:me)? (?:manager|management|lead|director|coordinator)",
    ),
    (
        "solutions_engineer",
        "(?:sales|solutions?|pre-?sales|customer|support|implementation|integration"
        "|field) engineering ... (?:manager|director|lead)|(?:manager|director|head|vp"
        "|lead),? (?:of )?(?:the )?(?:sales engineering|solutions? (?:engineering|architecture|consulting)"
        "|pre-?sales|field engineering|developer relations|forward deployed)",
    ),
    (
        "hardware_engineer",
        "(?:manufacturing|mechanical|electrical|hardware|process|firmware|embedded|industrial|civil"
        "|structural|plant|asic|silicon|rf|optical|test) (?:engineering )?(?:design )?manager",
    ),
    ("operations", "(?:facilities|maintenance|plant) engineering manager"),
    (
        "qa_engineer",
        "(?:qa|test|quality assurance|quality engineering|test engineering|software quality) (?:manager"
        "|director|lead|supervisor|head)|(?:manager|director|head|lead),? (?:of )?(?:qa|quality assurance"
        "|quality engineering|test engineering)",
    ),
    (
        "engineering_manager",
        "(?:engineering|software|r&d|web development|game development|software development"
        "|application development|technology|data science|data engineering|data platform|machine learning|ml"
        "|ai|devops|sre|site reliability|infrastructure|platform|backend|frontend|mobile|ios|android"
        "|architecture|applied science|cloud|fullstack|research engineering"
        "|analytics engineering)(?: engineering)? (?:manager|director|head|supervisor|group manager"
        "|group lead|team lead|team leader|team manager)",
    ),
    (
        "engineering_manager",
        f"{_LEADS},?(?: of| of the| for| -)?,? (?:the )?(?:global |senior |product |core |cloud |applied "
        f"|enterprise |software |backend |frontend |mobile )?{_TEAM}(?! (?:sales|marketing|partnership|model"
        f"|steward|visual|warehouse|annotat|label|collection"
        f"|recruit|program|project|product|analyst|engineer|scientist|developer|governance|strategy|privacy"
        f"|security|entry|center|procurement|operations|support|policy|ethics|consult|solutions"
        f"|transformation|partner|alliance|law|communications|enablement|learning|adoption|training|design))",
    ),
    (
        "engineering_manager",
        "cto|chief technology officer|chief (?:data|ai|information technology|engineering|analytics"
        "|data and analytics) officer|chief engineer|vp,? (?:of )?(?:engineering|technology)"
        "|engineering (?:lead|leader|leadership)|tech(?:nical|nology)? lead manager|engineering site lead"
        "|(?:head|director|vp) ... (?:engineering|software development)",
    ),
)

# What a "Software Engineer, …" works on, when that is a job type of its own.
SPECIALITIES: tuple[tuple[str, str], ...] = (
    ("mobile_engineer", "ios|android|mobile"),
    ("frontend_engineer", "frontend|web|ui|react"),
    ("ml_engineer", "machine learning|ml|ai ml|ai|computer vision|llm|deep learning"),
    ("security_engineer", "security|appsec|cryptography"),
    ("data_engineer", "data(?! ?cent(?:er|re))|big data"),
    (
        "devops_sre",
        "(?<!developer )infrastructure|sre|site reliability|devops|reliability|production engineering",
    ),
    ("qa_engineer", "test|testing|qa|test automation|quality"),
    (
        "hardware_engineer",
        "embedded|firmware|hardware|avionics|aerospace|vehicles?|spacecraft|satellites?|radar|robotics|electronics",
    ),
    ("it_support", "it|it support"),
)
# What a mere "Senior Engineer, …" works on, when it is no software.
ENGINEERS_OF_THINGS: tuple[tuple[str, str], ...] = (
    (
        "hardware_engineer",
        "maintenance|assembly|manufacturing|mechanical|electrical|process|production|structures?|civil|piping|hvac"
        "|facilities|powertrain|chassis|battery|thermal|vehicles?|plant|tooling|power|construction|water|quality",
    ),
)
# The kind of team an engineering leader leads: the second job type.
LED_TEAMS: tuple[tuple[str, str], ...] = (
    ("mobile_engineer", "mobile|ios|android"),
    ("frontend_engineer", "frontend|web"),
    ("ml_engineer", "machine learning|ml|ai"),
    ("data_scientist", "data science"),
    ("data_engineer", "data engineering|data platform|data infrastructure"),
    ("data_analyst", "analytics"),
    ("security_engineer", "security"),
)
