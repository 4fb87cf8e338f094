"""The words titles use for levels, and the ones that only look like levels."""

TRAPS: tuple[str, ...] = (
    # "Executive", "lead", "head", "staff", "principal", "senior" and "junior" as part of another trade.
    r"(?:post-?doc\w*|research|clinical|teaching|policy|graduate|visiting|law|summer) fellow"
    r"|chief of staff|(?:web|seo|ux|email|growth)\W{1,3}(?:and )?cro"
    r"|cro (?:specialist|analyst|expert|strategist)|founder'?s? associate|projekt\w*leit\w*"
    r"|projectleider|staff to the chief",
    r"(?:produ[ck]t|proje[ck]t|programm?|account|kunden|community|event|content)manager(?:in)?",
    r"executive (?:assistant|administrat\w+|chef|housekeeper|recruit\w+|search|support|secretary|producer"
    r"|communications|protection|admin|business partner|operations|briefing|coach\w*|education|host|sous)",
    r"(?:account|accounts|sales|marketing|advertising|customer \w+|client|business development|hr|operations|support"
    r"|service|collections?|content|pr|media|seo|partnerships?|recruitment|success|finance|relations)s? executives?",
    r"lead (?:gen(?:eration)?|management|nurturing|qualification|scoring|sourcing)",
    r"senior (?:living|care|caregiver|services|housing|centers?|citizens?|community|life|health|home)",
    r"staff (?:accountant|nurse|rn|assistant|attorney|writer|pharmacist|physician|therapist|auditor|training"
    r"|development|member|associate|psychologist|chaplain|photographer|reporter|editor|veterinarian|dentist"
    r"|augmentation|services|sergeant|counsel|support|coordinator|supervisor|care|internist|tax|bookkeeper"
    r"|interpreter|administrator|secretary|officer|trainer)",
    r"(?:kitchen|bar|support|medical|office|restaurant|waiting|wait|floor|event|teaching|field|bench|nursing|clinical"
    r"|cleaning|general|front of house|service|hotel|store|crew|faculty|camp|seasonal) staff",
    r"(?:head|sous|junior|executive) (?:chef|cook|coach|baker|cashier|barista|gardener|groundskeeper"
    r"|bartender|waiter)",
    r"head (?:start|office|hunter|count|quarters)",
    r"(?:(?:elementary|middle|high|primary|assistant|vice|deputy|lower|upper|charter)(?: school)?|school) principal",
    r"principal\b[^a-z]*(?:of )?[\w' ,-]*(?:school|academy|elementary|campus)",
    r"junior (?:high|college|achievement|league|golf)",
    r"(?:assistant|deputy) general counsel|associate (?:professor|dean|attorney|dentist|veterinarian|general counsel"
    r"|counsel|physician|pastor|optometrist"
    r"|partner|lawyer|provost|editor|producer)",
    r"(?:art|dental|orthodontic|funeral|camp|choir|music|band|activities|athletic|worship) director",
    r"(?:internships?|interns?|apprenticeships?|graduate|early careers?|trainee|student)s? (?:program(?:me)?s?"
    r"|recruit\w*|coordinat\w+|talent|relations|hiring|manager|admissions|school|advis\w+|education"
    r"|medical education|teaching|research|success|studies|services|outreach|affairs|partnerships|counselor)",
    r"mid[\s-]?(?:market|office|atlantic|west|town|size|enterprise|cap)",
    r"entry (?:clerk|specialist|operator)|data entry|undergraduate|post-?graduate",
    r"(?:tier|phase|title|class|type|group|zone|world war) (?:[ivx]+|\d)",
)

LEVELS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "intern",
        (
            r"intern(?:s|ship|ships)?|working student|werkstudent\w*|apprentice(?:s|ship)?|\w*praktik\w+|stagiair\w*"
            r"|practicante|practica profesional|(?:menor |jovem )?aprendiz",
            r"stage(?! (?:manager|hand|tech|crew|director|operations|lighting|carpenter|iv|gate))|co-?op|alternan\w+",
            r"auszubildende\w*|ausbildung|azubi\w*|summer (?:analyst|associate|student)|becari[oa]\w*"
            r"|prácticas|estagi\w+",
            r"tirocin\w+|student (?:worker|assistant|researcher|employee|engineer|developer)"
            r"|dual(?:es)? (?:studium|student)",
            r"\w*インターン\w*|\w*internship\w*|externship|pasante|stagist\w*|abschlussarbeit|master(?:'s)? thesis"
            r"|인턴|实习生?",
        ),
    ),
    (
        "executive",
        (
            r"chief (?!engineer|architect|scientist|estimator|inspector|pilot|of staff)\w+(?: [\w&]+){0,3} officer",
            r"chief (?:executive|technology|financial|operating|marketing|people|product|revenue)",
            r"c[ceotfmri]o|ciso|cpo|chro|(?<!assistant )(?<!associate )[se]?vp|president",
            r"managing (?:director|partner)|executive director",
            r"(?:co-?)?founder|general counsel|geschäftsführer\w*|directeur général|vorstand",
        ),
    ),
    (
        "director",
        (
            r"directors?|head of|head(?=\s*(?:$|[,(-]))|directeur|directrice|directora?|diretora?|direttore",
            r"bereichsleit\w+|dean|^daf",
        ),
    ),
    (
        "manager",
        (
            r"supervisor|team[\s-]?lead(?:er)?|teamleit\w+|forem[ae]n|leads?(?=\s*(?:$|[,(/-]))|leader"
            r"|\w*leit(?:er|ung)",
            r"jef[ea]|gerente|coordenador|charge nurse|superintendent|lider|responsable|responsabile|encargad[oa]"
            r"|schulleit\w*|fachleiter\w*",
            r"avp|assistant vp|associate vp|group product manager|lead$",
        ),
    ),
    ("junior", (r"trainee\w*",)),
    (
        "staff",
        (
            r"staff|principal|distinguished|fellow(?! program)|tech(?:nical)? lead|lead|chief (?:engineer"
            r"|architect|scientist)",
        ),
    ),
    ("senior", (r"senior|sénior|senior-level",)),
    ("mid", (r"mid|mid[\s-]?level|intermediate|medior|mid[\s-]?senior|pleno|confirme",)),
    (
        "junior",
        (
            r"junior|entry[\s-]?level|entry|graduate|new grad\w*|university grad\w*"
            r"|early[\s-]careers?|berufseinsteiger\w*|débutant|recent grad\w*|freshers?|新卒|campus hire",
            r"associate(?= (?:software|product|data|engineer|developer|designer|analyst|consultant|scientist"
            r"|marketing"
            r"|recruiter|account|customer|project|program|brand|qa|quality|security|systems?|business|technical"
            r"|solutions?|ux|machine|frontend|backend|fullstack|research|devops|cloud|site|sales|web|mobile"
            r"|network))",
        ),
    ),
)

# "Product manager" leads no people; "engineering manager" and "store manager" do.
NOT_LEADERS = (
    r"(?:product|product marketing|product line|product owner|product operations|accounts?|program(?:me)?|project"
    r"|community|case|success|partner|partnerships?|brand|campaign|content|social media|office|relationship|category"
    r"|engagement|delivery|territory|property|events?|traffic|crm|vendor|release|change|risk|contracts?"
    r"|implementation"
    r"|channel|growth|alliances?|portfolio|grants?|proposal|bid|knowledge|performance|media|client|clients|seo|email"
    r"|lifecycle|influencer|locali[sz]ation|process|onboarding|policy|compliance|procurement|sourcing"
    r"|solutions|incident"
    r"|problem|configuration|data|records|benefits|payroll|credit|wealth|fund|business development|enablement"
    r"|transition|stakeholder|asset|care|experience|integration|innovation|supplier|commodity|merchandising"
    r"|pricing|market|ecommerce|e-commerce|trade|demand|launch|insights?|customer|stage|communications?|pr)"
)
ROLE_NOUN = (
    r"(?:engineer|developer|analyst|scientist|designer|technician|specialist|accountant|representative|associate"
    r"|administrator|coordinator|consultant|architect|programmer|recruiter|manager|assistant|nurse|officer"
    r"|clerk|planner"
    r"|buyer|operator|writer|auditor|researcher|tester|generalist|machinist|mechanic|paralegal|underwriter|examiner"
    r"|inspector|advisor|therapist|worker|agent|partner|teller|banker|editor|attorney|librarian|electrician|biologist"
    r"|chemist|statistician|driver|technologist|support|backend|frontend|fullstack|ios|android|science|engineering"
    r"|test|qa)"
)
