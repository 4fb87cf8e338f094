"""Ordered title rules for business roles: the first that matches decides."""

PRODUCT_AND_PROGRAM: tuple[tuple[str, str], ...] = (
    (
        "marketing",
        "product marketing|(?:partner|performance|growth|brand|field|event|events|lifecycle|email|digital"
        "|content|social media|influencer|customer|integrated|demand generation|consumer|crm|affiliate|paid"
        "|retail|shopper|channel|community|account[\\s-]based|trade) marketing(?: (?:and|&|\\w+))* (?:program"
        "|project) manager",
    ),
    ("solutions_engineer", "technical account (?:manager|management)"),
    ("strategy_consulting", "chief of staff|product strategy|product strategist"),
    ("operations", "product(?: (?:and|&) tech(?:nology)?)? operations"),
    ("designer", "product design\\w*"),
    (
        "program_manager",
        "(?:program|programme|project|delivery|release|pmo|agile delivery|service delivery|transition|change"
        "|sprint|technical delivery|portfolio delivery)(?:/(?:program|project|product))?(?: (?:and|&"
        "|\\w+)){0,1}? (?:manager|management|lead|director|coordinator|specialist|officer|associate|analyst"
        "|leader|head|administrator|planner|owner|controller|scheduler|assistant)|(?:technical"
        "|engineering) program\\w*|tpm|pmo|scrum ?master|agile coach|projektmanager\\w*|projektleiter\\w*"
        "|projektassisten\\w*|chef(?:fe)? de projets?|jefe de proyectos?|(?:gerente|gestora?|coordinadora?"
        "|líder) de pro[jy]e[ct]\\w+"
        "|project ?manage\\w*|(?:manager|director|head|vp|lead),?(?: of)? (?:technical )?(?:program|project"
        "|programme|delivery)s?(?: management)?|prince2|release train engineer|programs? (?:manager|director"
        "|coordinator|officer|specialist|associate|lead)|projectleider|program management|delivery (?:manager"
        "|lead|director)",
    ),
    (
        "product_manager",
        "product (?:manager|owner|management|lead|line manager|director|executive|growth manager|head"
        "|portfolio manager)|(?:manager|director|head|vp|svp|lead|chief|cpo|intern|associate|group manager"
        "|senior manager),?(?: of| for)? product(?: management| manager| officer)?(?! (?:marketing|design"
        "|operations|support|analy|engineer|develop|security|quality|specialist|compliance|communications"
        "|counsel|strategy|sales|success|partnership|research|data|education|content|policy|enablement"
        "|integrity|safety|finance|legal))|product manage\\w*|technical product|produktmanager\\w*"
        "|product ?owner|produktverantwortliche\\w*|chef(?:fe)? de produits?|gerente de produto|pm"
        "|プロダクトマネージャー|product specialist|product associate",
    ),
)

BUSINESS: tuple[tuple[str, str], ...] = (
    (
        "administrative",
        "(?:executive|personal|administrative|admin|team|office|departmental|virtual|legal administrative"
        "|executive business|executive personal|executive administrative|business support|clerical"
        "|general office|secretarial) (?:assistant|administrator|secretary|support|aide|admin|coordinator"
        "|associate|clerk|specialist)|executive business partner|receptionist|secretary|office (?:manager"
        "|management|coordinator|assistant|administrator|administration|experience|operations|services|lead"
        "|clerk|associate|supervisor|specialist)|workplace (?:experience|manager|coordinator|operations"
        "|services|specialist|lead|associate|director|management|ambassador)|front (?:desk"
        "|office)(?! engineer)|data entry|typist|clerk typist|administrative|mail ?room|filing clerk"
        "|records clerk|switchboard|concierge|assistente|assistenz\\w*|sekretär\\w*|bürokauf\\w+"
        "|kaufleute für büromanagement|assistant(?:e)? (?:de direction|administrati\\w+|polyvalente)"
        "|secrétaire|office-?manager\\w*|auxiliar administrativ\\w+|empfang\\w*|file clerk"
        "|assistant to (?:the )?.*|pa to .*|ea to .*|impiegat\\w+ amministrativ\\w+|municipal clerk|city clerk"
        "|asistente administrativ\\w+",
    ),
    (
        "people",
        "recruit(?:er|ing|ment)(?: \\w+)?|talent(?: (?:acquisition|partner|management|sourcer|operations"
        "|development|attraction|coordinator|lead|manager|scout|specialist|advisor|sourcing|director"
        "|associate|experience|and|&|program))*|sourcer|head ?hunter|(?<!\\d )hr(?:bp|is)?(?: \\w+)?"
        "|people (?:operations|partner|business|ops|experience|team|manager|and culture|& culture|analytics"
        "|systems|programs?|lead|generalist|coordinator|development|specialist|analyst|services|director"
        "|relations|strategy|science|success|culture|advisor|associate|technology|insights)|(?:chief|head|vp"
        "|director|manager|lead),?(?: of)? (?:people|talent|hr|culture|total rewards|recruiting|learning"
        "|employee)|learning (?:and|&) (?:development|talent|organizational)|l&d"
        "|organi[sz]ational development|compensation(?: and| &)?(?: benefits)?(?: (?:analyst|manager|partner"
        "|specialist|director|consultant))?|benefits (?:analyst|manager|specialist|administrator|coordinator"
        "|consultant|director|partner|advisor)|total rewards|employee (?:relations|experience|engagement"
        "|success|listening|communications manager)|payroll hr|diversity|dei|staffing (?:specialist"
        "|coordinator|manager|consultant|recruiter|partner)|personalreferent\\w*|personalsachbearbeiter\\w*"
        "|personalberater\\w*|ressources humaines|rh|chargée? de recrutement|recursos humanos"
        "|workforce (?:development|experience)|labor relations|learning (?:partner|specialist|consultant"
        "|experience|program|business partner|manager|technologist|enablement|designer)|people|talent ?\\w*"
        "|onboarding (?:and|&) people|people ?ops|leadership development|mobility (?:specialist|manager"
        "|partner|advisor)|learning.{1,20}enablement.{1,3}partner|人事|採用\\w*|immigration specialist"
        "|personnel \\w+|campus programs? \\w+",
    ),
    (
        "legal_compliance",
        "counsel|attorney|lawyer|solicitor|barrister|paralegal|legal(?: \\w+)?|juriste?|jurist\\w*"
        "|rechtsanw\\w+|syndikus\\w*|abogad\\w+|advogad\\w+|avvocato|compliance(?: \\w+)?"
        "|regulatory(?: (?:affairs|compliance|operations|reporting|counsel|manager|specialist|analyst|policy"
        "|strategy|lead|associate|advisor))?|privacy(?: \\w+)?|data protection \\w+|aml"
        "|anti[\\s-]money laundering|kyc|bsa|financial crimes?|sanctions|(?:enterprise|operational"
        "|third[\\s-]party|vendor|model|market|liquidity|it|technology|credit and|integrated|regulatory"
        "|supplier|insurance|business|cyber|conduct|non-?financial|global|corporate|head of"
        "|director of) risk(?: \\w+)?|risk (?:manager|management|analyst|officer|director|specialist"
        "|associate|advisor|consultant|lead|and|&|partner|control|governance|modeling|analytics|strategy"
        "|assessor|oversight)|(?:public|government|content|trust (?:and|&) safety|tech|ai|global|regulatory"
        "|state|federal|economic|health|international|legislative|education|energy|product|safety) (?:policy"
        "|affairs|relations)|policy (?:analyst|manager|advisor|director|lead|associate|specialist|counsel"
        "|officer|fellow|researcher|intern|enforcement|development)|(?:head|director|vp|manager|lead"
        "|chief),?(?: of)? (?:policy|public policy|government|regulatory|compliance|legal|privacy|risk|ethics"
        "|aml)|contracts? (?:manager|specialist|administrator|analyst|negotiator|counsel|attorney|officer"
        "|associate|director|lead|coordinator|administration)|commercial contracts|ethics(?: \\w+)?|lobbyist"
        "|grc(?: \\w+)?|governance|intellectual property|patent(?: \\w+)?|litigation(?: \\w+)?|law clerk"
        "|notar\\w*|mlro|dpo|ediscovery|corporate secretary|company secretary|chief risk officer"
        "|chief legal officer|e-discovery|disclosure \\w+|licensing (?:specialist|analyst|manager"
        "|coordinator)|trademark \\w+|mediator|judge|magistrate|environmental,? health|ehs|auditor,? compliance",
    ),
    (
        "finance",
        "account(?:ant|ing|ants)(?: \\w+)?|bookkeep\\w+|controllers?(?! of traffic)|comptroller|cfo"
        "|chief (?:financial|accounting|investment) officer|fp ?& ?a|financial(?: (?:planning|analyst"
        "|analysis|reporting|controller|advisor|manager|accountant|consultant|systems|services|operations"
        "|modeling|planner|institutions|director|representative|crime|planning and analysis|management"
        "|associate|specialist|counsel\\w*|examiner))*|finance(?: \\w+)?|tax(?: \\w+)?|treasur\\w+(?: \\w+)?"
        "|(?:internal |external |it |staff |senior |lead |night )?audit(?:or|ing)?(?: \\w+)?"
        "|billing(?: \\w+)?|payroll(?: \\w+)?|accounts? (?:payable|receivable)(?: \\w+)?|invoic\\w+(?: \\w+)?"
        "|credit(?: (?:analyst|risk|manager|officer|controller|specialist|underwriter|operations|associate"
        "|strategy|portfolio|director|research|and|&))?|underwrit(?:er|ing)(?: \\w+)?|loan (?:officer"
        "|processor|originator|specialist|closer|servicing|analyst|administrator|review)|mortgage(?: \\w+)?"
        "|(?:investment|equity|fixed income|private equity|venture|asset|wealth|portfolio|fund|hedge fund"
        "|capital markets|investor|trading|trade|securities|derivatives|fund accounting|lending|banking"
        "|collections?|reconciliation|cash|cost|revenue accounting|gl|budget|pricing and revenue|insurance"
        "|actuarial|valuations?|real estate investment|private credit|leveraged finance|equity research"
        "|corporate banking|commercial banking|personal banking|retail banking|investment banking"
        "|m&a transaction|stock plan|equity compensation|equity plan|client investment|royalty"
        "|deal origination)(?: (?:and|&|\\w+)){0,2}? (?:analyst|associate|manager|banker|advisor|specialist"
        "|administrator|director|officer|accountant|representative|consultant|planner|trader|vp|strategist"
        "|intern|lead|estimator|controller|assistant|executive|operations|services|partner|relations"
        "|coordinator|researcher)|investor relations(?: \\w+)?|banker|teller|trader|broker|stockbroker"
        "|investment (?:professional|banking|management|operations)|venture (?:capital|partner)"
        "|prime brokerage(?: \\w+)?|sec reporting(?: \\w+)?|financi(?:eel|ële) \\w+|revenue (?:accountant"
        "|accounting|manager|analyst|recognition)|collections? (?:specialist|agent"
        "|analyst|representative|manager|officer)|buchhalt\\w*|finanzbuchhalt\\w*|bilanzbuchhalt\\w*"
        "|steuer\\w+|controlling|wirtschaftsprüf\\w*|comptab\\w+|contrôleu\\w+ de gestion|contabl\\w+"
        "|contador\\w*|contabil\\w+|finanz\\w*|(?:relationship|bank|branch) banker|procure[\\s-]to[\\s-]pay"
        "|order[\\s-]to[\\s-]cash|record[\\s-]to[\\s-]report|経理\\w*|財務|estate planner"
        "|reimbursement (?:specialist|analyst|manager)|(?:bank )?branch manager.{0,20}bank|purser"
        "|cashier accounting|equity (?:administrator|analyst|associate)|revenue cycle \\w+",
    ),
    (
        "strategy_consulting",
        "m&a(?: \\w+)?|corporate development|mergers(?: (?:and|&) acquisitions)?|business analyst"
        "|business analysis|business process(?: \\w+)?|(?:corporate|business|go[\\s-]to[\\s-]market|gtm"
        "|growth|commercial|product|strategic|enterprise|digital|company|global|customer|market) strateg(?:y"
        "|ist)(?: (?:and|&|\\w+)){0,2}|strategy(?: (?:and|&|\\w+)){0,3}|strategist|strategic (?:planning"
        "|initiatives|advisor|planner|projects|finance)(?: \\w+)?|management consult\\w+|(?:strategy|business"
        "|management|operations|transformation|change management|economic|advisory|senior|associate|principal"
        "|managing|supply chain) consult(?:ant|ing)|unternehmensberat\\w*|transformation(?: \\w+)?"
        "|business transformation|(?:chief strategy) officer|entrepreneur in residence|consultor\\w*"
        "|consultant(?:e)? en (?:stratégie|management)|business planning|change manager|change management"
        "|requirements analyst|management analyst|analyste? fonctionnel\\w*|business-?analyst\\w*|inhouse consult\\w+"
        "|advisory (?:associate|manager|consultant|senior)|capture manager",
    ),
    (
        "data_analyst",
        "(?:data|bi|business intelligence|reporting|product|insights?|analytics|web|digital|research|growth"
        "|marketing|sales|customer|operations data|people data|market research|marketing data|market|pricing"
        "|revenue|fraud data|risk data|survey|statistical|quantitative|sql|tableau|power bi|decision"
        "|consumer insights|business insights|search|media|ecommerce|e-commerce|crm|campaign|user|game|sports"
        "|performance|commercial|merchandis\\w+|category|marketing analytics|digital analytics|business data"
        "|clinical data|geospatial|gis|intelligence|supply chain data|program|forecast\\w*|planning"
        "|workforce) (?:data |analytics |insights? |reporting |intelligence |research |science |quality "
        "|migration |management |operations |performance |and |& |planning )*(?:analyst|analytics|analysis"
        "|analyste)|data (?:analytics?|analysis|visuali[sz]ation|insights|reporting|storytell\\w+|quality"
        "|specialist|associate|labell?ing|annotat\\w+|collection|technician|coordinator|management|manager"
        "|consultant|intern|integrity|strategist|officer|product analyst|lead)(?: \\w+)?|datenanalyst\\w*"
        "|analyste? (?:de )?(?:données|data|bi)|analista de (?:datos|dados)|business intelligence|bi"
        "|analytics(?: \\w+)?|insights? (?:manager|lead|director|specialist|associate|partner|strategist)"
        "|reporting (?:specialist|manager|lead|associate)|tableau (?:developer|expert)|データアナリスト|analysis"
        "|report (?:writer|developer|analyst)|data$|data,.*|market intelligence|market research(?: \\w+)?"
        "|analyst,? (?:data|product|analytics|business intelligence|insights)",
    ),
)
