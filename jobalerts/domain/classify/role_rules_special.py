"""Title rules that come before all others: trades named by words of another one, and abbreviated roles."""

SPECIAL: tuple[tuple[str, str], ...] = (
    (
        "finance",
        "tax (?:technology|automation|systems|operations)(?: \\w+)?|cash (?:application\\w*|management"
        "|posting)(?: \\w+)?"
        "|analista (?:cont[áa]b\\w+|fiscal|tribut[áa]ri\\w+)",
    ),
    ("solutions_engineer", "pre-?sales(?: \\w+)?|enterprise architect|tam"),
    ("communications", "editorial(?: \\w+)?"),
    ("finance", "fp&a(?: \\w+)?|payroll implementation(?: \\w+)?"),
    (
        "legal_compliance",
        "(?:edd|cdd|kyb|due diligence) (?:analyst|specialist|associate|officer|manager|lead|investigator)",
    ),
    ("people", "hr (?:ai|automation|digital\\w*|transformation)(?: \\w+)?|(?:global|total) rewards(?: \\w+)?"),
    (
        "customer_support",
        "(?:product|technical|customer|digital|user) adoption (?:specialist|manager|lead|consultant|advisor)",
    ),
    ("solutions_engineer", "technical account specialist"),
    ("designer", "(?:audio|sound) design\\w*|art directors?|direct\\w+ artisti\\w+"),
    ("ml_engineer", "ai (?:trainer|tutor|evaluator|data trainer)|mle|(?:machine learning|ml|ai|deep learning) r&d"),
    ("data_engineer", "master data(?: \\w+)?|data quality (?:engineer|intern)"),
    (
        "hardware_engineer",
        "(?:asic|rfic|cpu|gpu|modem|pcie|fpga|rtl|serdes|ddr|dft|vlsi|ic|hw)(?: (?!software|sw|compiler|kernel|machine"
        "|ml|ai|drivers?|cloud|systems?|cluster)[\\w&/-]+){0,5} engineer",
    ),
    ("operations", "materials? (?:flow|handling|logistics) engineer"),
    ("administrative", "workplace solutions"),
    ("hardware_engineer", "soc (?:\\w+ )?(?:test|power|integration|performance) engineer"),
    (
        "sales",
        "ingénieure? (?:d'affaires|commercial\\w*)|verkoop\\w*|(?:\\w+ )?ae|bdm"
        "|(?:publisher|merchant|seller|creator|dealer) development (?:manager|lead|representative|director"
        "|specialist)",
    ),
    ("sales", "membership (?:coordinator|manager|director|advisor|sales|consultant|specialist|lead)|key ?holder"),
    ("customer_support", "csm|ai success(?: \\w+)?"),
    ("marketing", "pmm|abm(?: \\w+)?"),
    (
        "hardware_engineer",
        "(?:satellite|spacecraft|mission|flight|launch|orbital) (?:operations )?engineer|bim(?: \\w+)?"
        "|mep(?: \\w+)? engineer"
        "|(?:analog|digital|mixed[\\s-]signal|rf|ic|vlsi|chip|silicon)(?: ic)? designer",
    ),
    ("qa_engineer", "uat(?: \\w+)?"),
    (
        "data_engineer",
        "(?:data factory|databricks|snowflake|synapse|redshift|bigquery|airflow|dbt|informatica|hadoop"
        "|spark)(?: \\w+)?"
        " (?:engineer|developer|consultant|architect)",
    ),
    ("security_engineer", "privacy engineer\\w*"),
    ("software_engineer", "fde|mts|(?<!\\w )engineering (?:intern\\w*|co-?op|student|trainee|apprentice|graduate)"),
    ("data_analyst", "(?:gis|geospatial) (?:analyst|specialist|technician|coordinator)"),
    ("strategy_consulting", "rotational (?:program(?:me)? )?(?:analyst|associate)"),
    (
        "operations",
        "(?:management|manager|graduate management) trainee|customs (?:broker|specialist|coordinator|agent"
        "|entry \\w+)"
        "|manager in training|disputes?(?: resolution)? (?:analyst|specialist|associate|manager|lead)"
        "|(?:manufacturing|bioprocess\\w*) associate",
    ),
    ("healthcare", "(?:manager|director|supervisor|lead),? (?:- |of )?coding|coding (?:auditor|compliance \\w+)"),
    ("healthcare", "(?:health|wellness|recovery|lactation|nutrition) coach"),
    ("product_manager", "(?:value|customer|channel|health|product|client) propositions?(?: \\w+)?"),
    ("healthcare", "orthot\\w+|prosth\\w+|(?:hemo)?dialysis(?: \\w+)?|hearing (?:aid|instrument|care)(?: \\w+)?"),
    (
        "sales",
        "(?:real )?estate agent|lett?ings?(?: \\w+)?|(?<!customer )relationship (?:director|executive|officer|lead"
        "|specialist|associate|management|banker)",
    ),
    (
        "finance",
        "(?:group|statutory|financial) (?:consolidation|reporting)|internal controls?|sec (?:analyst|accountant)"
        "|consolidation and \\w+|domiciliation"
        "|(?:transfer|fund|custody|depositary|corporate trust) (?:agent|agency|services|administrat\\w+)"
        "|deals? (?:team|lead|advisory|execution|associate|manager|professional)",
    ),
    (
        "it_support",
        "(?:end[\\s-]user|network|it|desktop|workplace technology)(?: (?:&|and) \\w+)? services"
        "|(?<!educational )technology (?:specialist|coordinator|technician)(?! .*sales)",
    ),
    ("designer", "(?:interior|landscape) architect\\w*"),
    (
        "marketing",
        "(?:events?|experiential|paid|media|engagement|seo) ... strategist|(?:student|campus|brand"
        "|community) ambassador"
        "|cro (?:specialist|analyst|manager|expert|strategist|lead)|conversion rate(?: \\w+)?",
    ),
    (
        "it_support",
        "(?<!sales )(?<!consulting )it (?:(?!software|data|security|cyber|cloud|qa|test)[\\w&/-]+ ){0,3}engineer",
    ),
    ("hardware_engineer", "(?:field|service) engineering technician"),
    ("sales", "business developer|cco"),
    ("education", "attendance (?:officer|administrator|clerk|coordinator)|exam(?:ination)?s? (?:officer|invigilator)"),
    ("administrative", "business support (?:officer|coordinator)"),
    ("operations", "claims$|supplier quality (?!engineer)\\w+|quality management"),
    (
        "solutions_engineer",
        "consultant,? (?:- )?(?:microsoft |ms )?(?:business central|dynamics|d365|navision|odoo|hubspot|erp|crm"
        "|power platform)"
        "|(?:business central|dynamics 365|d365|navision|odoo|avaloq|temenos|hubspot) (?:\\w+ )?consultant",
    ),
    (
        "hardware_engineer",
        "(?:antenna|radome|microwave|avionics|hydraulics?|sheet metal|injection mold\\w*|harness"
        "|gearbox)(?: [\\w&/-]+){0,4}"
        " engineer",
    ),
    ("other", "recreation (?:assistant|leader|attendant|aide|coordinator|supervisor|worker)"),
    (
        "other",
        "(?:event|banquet|catering) (?:server|captain|staff|attendant)|(?:urban|city|town|land use"
        "|conservation) planner",
    ),
)
