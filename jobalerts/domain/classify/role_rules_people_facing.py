"""Ordered title rules for care, teaching, customers, marketing, writing and the running of things."""

CARE_AND_TEACHING: tuple[tuple[str, str], ...] = (
    ("other", "veterinar\\w+(?: \\w+)?|vet (?:tech\\w*|assistant|nurse)|animal care \\w+"),
    (
        "sales",
        "(?:medical|pharmaceutical|pharma|device|surgical|dental|biotech|healthcare|orthopedic|diagnostics?"
        "|clinical|oncology|vaccines?|specialty|hospital) (?:device )?(?:sales|account|territory"
        "|business development)(?: \\w+){1,3}|(?:medical|pharmaceutical) representative|außendienst\\w*"
        "|pharmareferent\\w*",
    ),
    (
        "education",
        "teach(?:er|ers|ing)(?: \\w+)?|professor(?:ship)?|lecturer|tutor(?:ing)?|instructor|faculty"
        "|adjunct(?: \\w+)?|dean|provost|school principal|(?:elementary|middle|high|assistant|vice"
        "|deputy) (?:school )?principal|principal,? .{0,30}school|academic(?: \\w+)?|curriculum(?: \\w+)?"
        "|instructional(?: \\w+)?|educat(?:or|ion)(?: \\w+)?|special education|paraprofessional|paraeducator"
        "|early childhood(?: \\w+)?|child ?care(?: \\w+)?|preschool\\w*|kindergarten|daycare|nanny"
        "|school (?:counselor|psychologist|director|leader|administrator|librarian|social worker|aide"
        "|bus monitor|secretary)|librarian|training (?:specialist|manager|coordinator|consultant|lead"
        "|developer|director|facilitator|officer|instructor|and|&)|(?:corporate|technical|software|sales"
        "|product|customer|safety|clinical|retail|fitness )?trainer|coach(?:es|ing)?(?: \\w+)?"
        "|admissions?(?: \\w+)?|student (?:success|affairs|services|advisor|life|support|engagement"
        "|recruitment)(?: \\w+)?|enrollment (?:advisor|counselor|specialist|manager|coordinator)|registrar"
        "|lehrer\\w*|dozent\\w*|erzieher\\w*|pädagog\\w*|enseignant\\w*|professeur\\w*|formateu\\w+"
        "|profesor\\w*|maestr[oa]|professora?|docente|leraar|substitute(?! (?:custodian|driver|bus|cook|cafeteria"
        "|food|nurse|secretary|clerk))|school|learning designer"
        "|e-?learning(?: \\w+)?|examiner,? education|research and teaching",
    ),
    (
        "healthcare",
        "nurs(?:e|es|ing)(?: \\w+)?|rn|lpn|lvn|cna|crna|np|physician(?: \\w+)?|doctor|surgeon"
        "|surgical(?: \\w+)?|(?:physical|occupational|speech|respiratory|massage|radiation|recreation(?:al)?"
        "|behaviou?ral?|mental health|art|music|family|licensed|marriage|aba|radiologic)? ?therapist"
        "|physiotherap\\w+|pharmac(?:ist|y)(?: \\w+)?|medical(?: \\w+)?|clinic(?:al|ian)?(?: \\w+)?|dent(?:al"
        "|ist)(?: \\w+)?|hygienist|orthodont\\w+|caregiver|care ?giver|phlebotom\\w+|radiolog\\w+"
        "|sonograph\\w+|ultrasound(?: \\w+)?|mri(?: \\w+)?|ct tech\\w*|x-?ray(?: \\w+)?|paramedic|emt"
        "|emergency medical(?: \\w+)?|psycholog\\w+|psychiatr\\w+|psychotherap\\w+|counsel+or|(?:licensed "
        "|clinical )?social worker|dieti(?:tian|cian)|nutrition(?:ist)?(?: \\w+)?|midwife\\w*"
        "|patient(?: \\w+)?|home health(?: \\w+)?|health(?:care)? (?:assistant|aide|coach|worker|educator"
        "|navigator|information|services|unit|technician|coordinator|advocate|advisor)|optometr\\w+|optician"
        "|audiolog\\w+|chiropract\\w+|anesthesi\\w+|care (?:assistant|coordinator|manager|worker|navigator"
        "|aide|partner|team|support worker|home|management)|case manager|support worker|hospice(?: \\w+)?"
        "|oncolog\\w+|cardiolog\\w+|patholog\\w+|epidemiolog\\w+|pharmacovigilance(?: \\w+)?"
        "|drug safety(?: \\w+)?|cra|biopharma\\w*|sterile processing(?: \\w+)?|histotech\\w*|cytotech\\w*"
        "|surgical tech\\w*|dosimetrist|prosthetist|perfusionist|hospitalist|internist|pediatric\\w*"
        "|dermatolog\\w+|neurolog\\w+|obgyn|radiographer|direct support professional|dsp|scrub tech\\w*"
        "|utilization (?:review|management)(?: \\w+)?|pflege\\w*|krankenpfleg\\w*|altenpfleg\\w*"
        "|gesundheits-? und \\w+|arzt|ärzt\\w+|oberarzt|assistenzarzt|apotheker\\w*|\\w*pharmazeut\\w*|mfa"
        "|infirmi\\w+|médecin\\w*|aide[\\s-]soignant\\w*|pharmacien\\w*|enfermer\\w+|médic[oa]|fisioterap\\w+"
        "|infermier\\w*|verpleegkundige\\w*|lab assistant clinical|physician assistant|genetic counselor"
        "|lactation \\w+|bcba|behaviou?r (?:analyst|technician|therapist|specialist)|health coach|wellness coach"
        "|trauma \\w+|telehealth(?: \\w+)?"
        "|icu|medication (?:aide|tech\\w*)|resident (?:care|assistant|physician)(?: \\w+)?"
        "|acute care(?: \\w+)?|medical",
    ),
)

CUSTOMERS: tuple[tuple[str, str], ...] = (
    (
        "communications",
        "(?:content|copy|managing|news|social|senior|assistant|associate|story|web|video|technical|line"
        "|digital|photo|book|acquisitions|features|sports|science|web content)? ?(?:editor|copywriter|writer"
        "|journalist|reporter|proofreader)(?!.*video)|(?:corporate|internal|external|executive|employee"
        "|marketing|crisis|product|brand|science|financial|global|strategic|media|public|policy|change"
        "|investor|consumer|technology|health|digital|social)? ?(?:communications?|comms)(?: (?:and|&"
        "|\\w+)){0,2}|public relations(?: \\w+)?|pr (?:manager|specialist|director|lead|coordinator|associate"
        "|executive|intern|account\\w*)|publicist|press (?:officer|secretary|relations)"
        "|media relations(?: \\w+)?|content (?:writer|strategist|creator|producer|editor|developer|lead"
        "|specialist|manager|director|coordinator|associate|designer|strategy|operations|intern|reviewer)"
        "|speechwriter|translat(?:or|ion)(?: \\w+)?|interpreter|linguist|locali[sz]ation (?:specialist"
        "|coordinator|linguist|manager|editor)|scriptwriter|screenwriter|storyteller|redakteur\\w*"
        "|journalist\\w*|texter\\w*|übersetzer\\w*|rédact\\w+|redactor\\w*|redator\\w*|traduct\\w+"
        "|chargée? de communication|kommunikation\\w*|spokesperson|knowledge (?:manager|management|base"
        "|specialist|writer)(?: \\w+)?|編集\\w*|ライター",
    ),
    (
        "marketing",
        "market(?:ing|er)(?: \\w+)?|growth(?: \\w+)?|seo|sem|ppc|paid (?:media|search|social)(?: \\w+)?"
        "|brand(?: \\w+)?|social media(?: \\w+)?|(?:event|events|conference|trade show"
        "|exhibition)s?(?: (?:and|&|\\w+)){0,2}|demand gen(?:eration)?(?: \\w+)?|(?:crm|lifecycle|email"
        "|affiliate|influencer|acquisition|user acquisition|performance|media|campaign|traffic|programmatic"
        "|digital|adtech|ad operations|advertising|loyalty|retention|merchandising|public engagement"
        "|media planning|media buying|consumer engagement|creator|community marketing|consumer insights?"
        "|martech|search engine|e-?commerce|trade|shopper|category|ecommerce|creative|audience"
        "|customer marketing|social)(?: (?:and|&|marketing|media|campaign|planning|partnerships|operations"
        "|growth|advertising|acquisition))* (?:manager|specialist|coordinator|lead|director|planner|buyer"
        "|strategist|analyst|executive|associate|assistant|head|producer|expert|trader|trafficker|operations"
        "|intern)|cmo|chief marketing officer|media (?:planner|buyer)|ad (?:operations|ops|sales)|promoter"
        "|brand ambassador|creative director|art director|marketingmanager\\w*|marketing-?\\w*"
        "|marketingreferent\\w*|chargée? de marketing|mercadotecnia|マーケティング\\w*|マーケター|marcomms?(?: \\w+)?"
        "|consumer insights|advertising(?: \\w+)?|fundrais\\w+|(?:^|senior |assistant |donor |gifts? |annual "
        "|resource )development (?:officer"
        "|director|associate|coordinator)|growth",
    ),
    (
        "sales",
        "account (?:executive|manager|management|director|representative|development|partner|lead|specialist"
        "|coordinator|supervisor|growth|associate|strategist|planner|consultant|exec)(?: \\w+)?|(?:key"
        "|strategic|enterprise|national|global|named|major|commercial|regional|client|named|channel"
        "|customer) accounts?(?: \\w+)?|sales(?!\\s?(?:force|operations|ops|enablement|engineer|compensation"
        "|strategy|analytics|analyst|tax|systems|finance|accountant|recruiter|support engineer|counsel"
        "|training))(?: (?:and|&|\\w+)){0,2}|[sb]drs?|business development(?: \\w+)?|biz ?dev"
        "|partnerships?(?: \\w+)?|(?:partner|channel|alliance|alliances|reseller|affiliate|strategic partner"
        "|ecosystem)(?: (?:development|success|account|sales|and|&|growth|relationship))* (?:manager|director"
        "|lead|executive|representative|specialist|associate|head)|alliances?(?: \\w+)?|client (?:partner"
        "|executive|director|manager|relationship|advisor|development|solutions|acquisition|relations"
        "|engagement)(?: \\w+)?|territory(?: \\w+)?|(?:area|regional|inside|outside|district|field"
        "|territory) (?:sales )?(?:representative|rep|manager|director|executive)(?= ?(?:$|[,(-]))|cro"
        "|chief revenue officer|chief commercial officer|chief sales officer|commercial (?:director|manager"
        "|lead|executive|head|associate|account|excellence)|vertrieb\\w*|verkäufer\\w*|verkauf\\w*"
        "|außendienst\\w*|innendienst\\w*|commercial(?:e)?(?= ?(?:$|[,(]| b2b| séd| terrain| itin))"
        "|(?:ingénieur|technico)[\\s-]commercial\\w*|chargée? d'affaires|vendeu\\w+|ventas|vendedor\\w*"
        "|comercial|ejecutiv[oa] de (?:cuentas?|ventas)|vendas|venditore|verkoper|accountmanager"
        "|accountmanagement|kundenberater\\w*|key-?account\\w*|relationship manager|real estate agent|realtor"
        "|leasing(?: \\w+)?|insurance (?:agent|sales|advisor|producer)|travel (?:agent|consultant|advisor)"
        "|deal desk(?: \\w+)?|retail (?:specialist|associate|sales|advisor|assistant)(?: \\w+)?|store (?:associate"
        "|manager|assistant|director)|shop assistant|営業\\w*|영업\\w*|revenue(?: \\w+)? (?:manager|director"
        "|leader)|new business(?: \\w+)?|go[\\s-]to[\\s-]market|gtm|beauty advisor|cashier|head of revenue"
        "|pre-?sales|presales|bid (?:manager|coordinator|writer)|proposal manager|donor relations",
    ),
    (
        "customer_support",
        "customer(?: (?:success|support|service|services|care|experience|onboarding|operations|relations"
        "|advocate|advocacy|happiness|engagement|education|retention|satisfaction|solutions|resolution"
        "|excellence|journey|insights|advisor|champion|delight|response|contact|relationship|outcomes|account"
        "|enablement|quality|growth|health|lifecycle|value))+(?: \\w+)?|client (?:success|support|service"
        "|services|care|experience|onboarding|operations|happiness|specialist|associate)(?: \\w+)?|(?:member"
        "|guest|user|player|support|happiness|community|seller|merchant|driver|rider|partner|host|passenger"
        "|tenant|resident|consumer|buyer|creator|trust) (?:success|support|services?|experience|care"
        "|onboarding|operations|relations|advocate|engagement|manager|specialist|associate|lead|moderator"
        "|coordinator|director|representative|happiness)(?: \\w+)?|call ?cent(?:er|re)(?: \\w+)?"
        "|contact cent(?:er|re)(?: \\w+)?|community(?: \\w+)?|csm|cs manager|customer|onboarding(?: \\w+)?"
        "|renewals?(?: \\w+)?|escalations?(?: \\w+)?|content moderat\\w+|moderator|support (?:manager|lead"
        "|team lead|director|coordinator|supervisor|consultant|analyst|technician|operations|executive)"
        "|(?:support|kunden)(?:service|betreu)\\w*|kundendienst\\w*|kundenbetreuer\\w*|kundenservice\\w*"
        "|service client\\w*|conseill\\w+ client\\w*|chargée? de clientèle|atención al cliente"
        "|soporte(?: \\w+)?|suporte|atendimento|servicio al cliente|klantenservice\\w*|bereavement support"
        "|feedback specialist|カスタマー\\w*|ticketing agent|moderation(?: \\w+)?",
    ),
    (
        "operations",
        "(?:business|sales|revenue|marketing|fraud|people and|risk|product|partner|legal|design|gtm"
        "|go-to-market|growth|finance|field|store|retail|site|city|market|fleet|network|global|regional"
        "|support|strategic|trust and safety|trust & safety|safety|security|flight|airport|payments?|bank"
        "|trading|investment|clinical|event|program|process|service|branch|back ?office|middle office|loan"
        "|vendor|content|commercial|creative|research|engineering|technical|warehouse|supply|plant"
        "|manufacturing|distribution|transport\\w*|hotel|restaurant|food|studio|property|facility|lab"
        "|data cent(?:er|re)|datacenter|production|delivery|community|workforce|space|policy|platform"
        "|settlement)? ?operations?(?: (?:and|&|\\w+)){0,3}|coo|chief operating officer|rev ?ops"
        "|supply(?: chain)?(?: \\w+){0,2}|logisti\\w+(?: \\w+)?|procure\\w+(?: \\w+)?|purchas\\w+(?: \\w+)?"
        "|buyer|sourcing(?: \\w+)?|facilit(?:y|ies)(?: \\w+)?|warehouse(?: \\w+)?|inventory(?: \\w+)?"
        "|(?:demand|supply|production|materials?|merchandise|master|capacity|replenishment|inventory"
        "|fulfil+ment|transport|route|logistics) (?:planner|planning|scheduler|controller|handler|manager"
        "|coordinator|specialist|analyst|buyer)|fulfil+ment(?: \\w+)?|vendor(?: \\w+)?|category manager"
        "|(?:import|export)(?: \\w+)?|customs(?: \\w+)?|dispatch\\w*|fleet(?: \\w+)?|shipping(?: \\w+)?"
        "|transport\\w*(?: \\w+)?|trust (?:and|&) safety(?: \\w+)?|fraud(?: \\w+)?|general manager"
        "|plant manager|production (?:manager|supervisor|planner|lead|coordinator|planning|scheduler)"
        "|site (?:manager|lead|supervisor|director)|process improvement(?: \\w+)?"
        "|continuous improvement(?: \\w+)?|lean(?: \\w+)?|six sigma(?: \\w+)?"
        "|operational excellence(?: \\w+)?|business continuity(?: \\w+)?|crisis \\w+|sales (?:operations|ops"
        "|enablement|support|compensation|planning|analyst|analytics)(?: \\w+)?|enablement(?: \\w+)?"
        "|stock (?:associate|clerk|controller)|qualitäts\\w+|(?:trust|safeguards|abuse) analyst"
        "|maintenance (?:manager|planner|supervisor|coordinator)|quality (?:manager|director|specialist"
        "|supervisor|coordinator|control|improvement|assurance)(?: \\w+)?|property manager"
        "|property management|real estate(?: \\w+)?|construction(?: \\w+)?|lieferkette\\w*|logistik\\w*"
        "|einkäufer\\w*|einkauf\\w*|disponent\\w*|lager\\w*|acheteu\\w+|logistique|achats|compras"
        "|comprador\\w*|logística|approvisionn\\w+|implementation operations|merchandis\\w+(?: \\w+)?"
        "|deal operations|pricing (?:manager|analyst|specialist|lead)|franchise(?: \\w+)?|area manager"
        "|district manager|fulfillment|store operations|wholesale|order (?:management|processing|entry"
        "|fulfillment)(?: \\w+)?|material handler|packaging operator|expedit\\w+|revenue operations"
        "|operational",
    ),
)

CREATIVE_AND_TRADES: tuple[tuple[str, str], ...] = (
    (
        "designer",
        "design(?:er)?|illustrat\\w+|animator|animation|3d artist|(?:concept|game|vfx|technical|character"
        "|environment|visual|makeup|storyboard|ui) artist|motion graphics?|video (?:editor|producer|editing)"
        "|creative (?:lead|manager|producer|technologist|strategist|associate)|photographer|videographer"
        "|\\w*gestalter\\w*|grafiker\\w*|grafik\\w*|graphiste|diseñador\\w*|designerin|concepteu\\w+|デザイナー|디자이너"
        "|设计师|art director|creative director|creative",
    ),
    (
        "other",
        "driver|delivery (?:driver|associate)|cook|chef|barista|bartender|server|waiter|waitress|dishwasher"
        "|housekeep\\w+|janitor\\w*|custodian\\w*|cleaner|security (?:guard|officer)|guard|electrician"
        "|plumber|welder|carpenter|mechanic|machinist|machine operator|operator|production (?:worker"
        "|associate|operator)|assembler|assembly \\w+|laborer|labourer|forklift \\w+|picker|packer"
        "|package handler|stocker|team member|crew member|maintenance (?:technician|worker|mechanic)"
        "|technician|pilot|flight attendant|cabin crew|firefighter|police \\w+|lifeguard|stylist|hairdresser"
        "|cosmetolog\\w+|esthetician|painter|roofer|gardener|landscap\\w+|farm \\w+|installer|inspector"
        "|surveyor|(?:sound|audio|broadcast|recording) (?:engineer|technician)|hvac technician|warehouse associate"
        "|musician|actor|general application"
        "|spontaneous application|speculative application|open application|talent (?:pool|community|network)"
        "|initiativbewerbung|candidature spontanée|join our talent (?:community|network|pool)"
        "|future opportunities|fahrer\\w*|koch|köchin|küchen\\w*|mechaniker\\w*|mechatroniker\\w*"
        "|elektriker\\w*|elektroniker\\w*|chauffeur\\w*|volunteer",
    ),
)
