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
    ("customer_support", "csm"),
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
    (
        "other",
        "(?:event|banquet|catering) (?:server|captain|staff|attendant)|(?:urban|city|town|land use"
        "|conservation) planner",
    ),
)
