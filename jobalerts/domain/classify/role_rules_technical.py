"""Ordered title rules for design, solutions, software, security and test: the first that matches decides.

Patterns read a cleaned title in lower case and stand between word ends; a plural s is allowed.
` ... ` stands for up to four further words.
"""

_ENG = (
    "(?:engineer|developer|programmer|architect|engineering|development|dev|specialist|lead|expert|consultant"
    "|intern|apprentice|software engineer|contractor|guru|technologist)"
)

SOFTWARE: tuple[tuple[str, str], ...] = (
    (
        "communications",
        "(?:technical|medical|science|content|ux|grant|proposal|copy) ?writer|documentation (?:engineer"
        "|specialist|manager|lead|writer)|copywriter",
    ),
    (
        "designer",
        "(?:product|ux|ui|ux/ui|ui/ux|user experience|user interface|interaction|visual|graphic|web|brand"
        "|motion|game|communication|service|experience|industrial|creative|content|packaging"
        "|instructional graphic|digital|conversation|production|presentation|marketing|interior|fashion|level"
        "|sound|mobile|design systems?) design(?:er)?(?! (?:engineer|verification))",
    ),
    (
        "solutions_engineer",
        "(?:sales|pre-?sales|solutions?|implementation|integrations?|onboarding|customer(?: success| facing"
        "| solutions| experience)?|partner|technical account|field(?: applications?| solutions)?"
        "|applications? field|professional services|deployment|value|technical consulting|technical sales"
        "|client solutions) (?:engineer|architect|developer|engineering|architecture)",
    ),
    (
        "solutions_engineer",
        "integrations? specialist|solutions? (?:consultant|architect\\w*|engineer\\w*|specialist|manager"
        "|analyst|lead)|technical account (?:manager|management|executive|lead)|technical (?:consultant|specialist"
        "|evangelist|solutions?|implementation|success|advisor|onboarding|specialist,? sales)"
        "|developer (?:advocate|relations|evangelist|experience advocate|advocacy|success)|devrel"
        "|implementation (?:\\w+ )?(?:consultant|manager|specialist|analyst|lead|associate|project|engineer"
        "|advisor)"
        "|(?:integration|deployment|salesforce|sap|oracle|erp|crm|servicenow|workday|dynamics|netsuite"
        "|guidewire|cloud|software|data|it|technology|application|digital|functional|ai|hubspot|pega|anaplan"
        "|power platform) (?:functional |technical |implementation |solutions? )?(?:consultant|consulting)"
        "|(?:software|customer|system|product) implementation|functional consultant|customer engineer"
        "|technology consult\\w+|technical enablement",
    ),
    ("software_engineer", "forward[\\s-]deployed ... (?:engineer\\w*|developer|architect)|fde"),
    (
        "ml_engineer",
        "(?:machine learning|ml|ai|artificial intelligence|deep learning|computer vision|nlp|llm|genai|gen ai"
        "|generative ai|mlops|ml ops|perception|prompt|natural language processing|speech|conversational ai"
        "|agentic(?: ai)?|applied ai|applied ml|ai ml|reinforcement learning|recommendations?"
        "|ranking)(?: (?:software|platform|infrastructure|research|systems?|operations|applications?|backend"
        "|product|data|cloud|solutions|modeling|compiler|performance|fullstack|performance|and|&|training"
        "|inference|automation|evaluations?|evals|agents?|search))* "
        + _ENG
        + "|machine learning,|mlops|(?:prompt|llm|ai|ml) engineer\\w*",
    ),
    (
        "mobile_engineer",
        "(?:ios|android|mobile|react native|flutter|swift|kotlin|iphone)(?:/(?:ios|android))?(?: (?:and|&"
        "|or) (?:ios|android|mobile|web))?(?: (?:software|app|apps|application|applications|client|platform"
        "|sdk|product|games?|ui))* " + _ENG + "|(?:engineer|developer)[ ,(-]+ ?(?:ios|android|mobile|flutter"
        "|react native)|ios|android",
    ),
    (
        "frontend_engineer",
        "(?:frontend|front|ui|web ui|react|reactjs|react\\.js|angular|vue|vue\\.js|javascript|typescript|web"
        "|webflow|css|html|ux|user interface|wordpress|shopify|design systems?|drupal|web application|html5"
        "|three\\.js|webgl|next\\.js)(?:[/ ](?:ui|ux|software|application|app|client|product|platform|react"
        "|js|typescript|javascript|node|html))* (?:engineer\\w*|developer|programmer|architect|development"
        "|expert|lead)|frontend|webentwickler\\w*|(?:engineer|developer)[ ,(-]+ ?(?:web|ui)",
    ),
    (
        "security_engineer",
        "(?:security|cybersecurity|infosec|appsec|information security|application security|cloud security"
        "|network security|product security|offensive security|detection|threat|vulnerability|penetration|soc"
        "|siem|iam|cryptograph\\w+|devsecops|secops|red team|blue team|incident response|identity(?: and"
        "| &)? access(?: management)?|dfir|malware|cyber|cyber defense|identity|trust and security"
        "|grc security)(?: (?:and|&|software|systems?|operations|response|infrastructure|platform"
        "|intelligence|compliance|solutions?|automation|assurance|research|detection|engineering|network"
        "|cloud|test(?:ing)?|hunt\\w*|risk|governance|management|it|technical|product|data|center|application"
        "|defense|controls))* (?:engineer\\w*|analyst|architect\\w*|specialist|researcher|consultant|lead"
        "|manager|director|officer|administrator|tester|intern|expert|hunter|investigator|responder|technician"
        "|advisor"
        "|operator|developer|associate|partner|assurance)(?! marketing)"
        "|(?:head|director|vp|manager|lead|chief),?(?: of)? (?:information |product |application |cloud "
        "|cyber |it |corporate |global |enterprise )?(?:security|cybersecurity|infosec)|ciso|pentester"
        "|ethical hacker|devsecops|(?:engineer|analyst|architect),? (?:information |product |application "
        "|cloud |infrastructure |corporate |platform )?(?:security|cybersecurity|infosec|appsec)"
        "|cybersecurity|information security|cyber security",
    ),
    ("data_analyst", "data (?:quality|governance) (?:analyst|specialist)"),
    (
        "qa_engineer",
        "sdet|(?:qa|quality assurance|test|testing|test automation|automation test|quality|software quality"
        "|software test|validation and test|game)(?: (?:and|&|automation|software|systems?|game|games"
        "|functional|manual|mobile|platform|assurance|control))* (?:engineer\\w*|analyst|tester|developer"
        "|lead|specialist|architect|automation|intern|technician|associate|consultant|auditor|inspector)"
        "|software (?:development )?engineer in test|software engineer,? (?:in )?test\\w*|tester"
        "|automation qa|qa|quality (?:systems?|control) engineer|testeur|testingenieur\\w*",
    ),
)
