"""The words that tell years of experience from other times, and what is asked from what is wished."""

import re

EXPERIENCE = (
    r"(?:experien|exp\b|exp\.|expertise|erfahrung|expérience|experiencia|experiência|esperienza|ervaring"
    r"|erfarenhet|erfaring|viv[êe]ncia|опыт"
    r"|doświadczen|経験|经验|經驗|경력|경험|yoe\b|pqe\b|post[- ]qualifi|background|track record|seniority|berufspraxis"
    r"|tenure in)"
)
WORKS = re.compile(
    r"\s?'?s?'?\s?[)\]]?,?\s?(?:(?:of|in|as|with|at|on|using|within|across|inside|doing|post|without|relevant"
    r"|related|professional|industry|hands|work|direct"
    r"|als|en tant que|como|proven|prior|previous|progressive|solid|practical|full[\s-]time|management|leadership"
    r"|supervisory"
    r"|minimum|or more|required|under (?:your|their) belt)\b"
    r"|\w+ing\b|\w+ed\b|\w+(?:[aei]ndo|ant)\b|in the\b|\w+[\s-]facing|de (?:atuação|prática|práctica|pratique)\b)"
)
ASKED = re.compile(
    r"\b(?:minimum|min\.?|at least|least|requires?|required|require|requirements?|must have|must possess|need"
    r"|needs|mindestens|minimal|minimum de|mínim[oa]"
    r"|mínim[oa] de|au moins|al menos|almeno|minimaal|mind\.|you have|you've|you bring|possess"
    r"|candidates? (?:has|have|with)|someone with|looking for|seeking|with|has|having)"
    r"(?: (?:of|de|a|an|the|around|about|approximately|approx\.?|over|more than|roughly|ca\.?|von|du"
    r"|experience))*[:\s(~>≥]*$"
)
EXPERIENCE_LABEL = re.compile(
    rf"{EXPERIENCE}\w*(?: (?:required|level|range|needed|of|de|von"
    rf"|requirements?))*[\s:(\-–=>~]*(?:[a-z/ ]{{0,24}}[:(]\s?)?$"
)

HAS_DONE = re.compile(
    r"(?:\b(?:you|you've|candidates?|must|should)\b[^.;]{4,120}"
    r"|^\W*(?:have|has|having) (?:\w+ed|been|led|run|built|held|taught)\b[^.;]{0,100})"
    r"\bfor (?:at least |a minimum of )?$"
)
LISTED = re.compile(
    r"^\W*\w[^.,;:]{1,40} -\s?$|\w \((?:(?:typically|usually|generally|approximately|around|about|at least|minimum"
    r"|min\.?)\s)?$"
)
OTHERS = re.compile(
    r"\b(?:ceo|cto|cfo|coo|founders?|owners?|president|boss|mentors?|seniors|coaches|teammates|instructors|trainers"
    r"|veterans|colleagues|teammates|experts"
    r"|engineers|leaders)\b"
    r",? (?:who )?(?:has|have|with|bring|brings|bringing)(?: (?:over|more than|at least))?\s?$"
)
SEEKS = re.compile(r"\b(?:looking|seek\w*|hir(?:e|ing)|need\w*|want\w*|requir\w*|ideal|for)\b")
DOING = re.compile(r"\s?'?s?'? (?:of|spent) (?:\w+ ){0,2}\w{2,}ing\b")
LABELLED = re.compile(r"^[^.,;]{2,40}:\s?$")

# Right after the span: what makes it something else than experience.
NOT_AFTER = re.compile(
    r"\s?'?s?[\s-]{1,2}(?:ago|old|of age\b|(?:or|and|&) (?:older|younger)\b|younger|in (?:business"
    r"|operation)\b(?! (?:develop|analy|intel|operat|manag|admin|consult|strateg|process|sales|and|&|or))"
    r"|running\b(?! (?!and\b|as\b)[a-z])|in\b(?=[,.]| and (?:counting|growing|still))|look-?back|background check"
    r"|anniversar|warrant"
    r"|vest|cliff\b|sabbatical|from (?:now|the date|today)|in a row|per\b|later\b|after\b|before\b|earlier\b"
    r"|long\b|prior to\b|following\b|since\b"
    r"|,? you(?:'ll| will) (?:gain|get|learn|rotate|develop|complete)\b|of (?:continuous |consecutive |company "
    r"|uninterrupted |credited )?(?:service|employment|tenure|growth"
    r"|innovation|history|heritage|success\b|tradition"
    r"|existence|operation|vesting|life\b|age\b|funding|runway|research and development at"
    r"|profitab)\b(?! (?:manag|deliver|desk|industr|exp|design|operat)"
    r"| (?:in|as|at) (?:an? |the |any )?(?:[a-z/-]+ ){0,2}(?:position|role|grade|capacity|field|rank|post|level)\b"
    r"|,? or (?:similar|equivalent|comparable|relevant|related) experience)"
    r"|(?:gründ|alt\b|jahre alt|de edad|d'âge|(?:\w*ausbildung|lehre|\w*studium|umschulung|probezeit|restlaufzeit"
    r"|befrist\w*)\b"
    r"|(?:d'études?|de formation|d'apprentissage|de estudios|de estudos?|de carrera|de graduação)\b)"
    r"|(?:of|out of) the (?:last|past)"
    r"|(?:full[\s-]?time )?(?:post[- ]?secondary|college|university|high school|undergraduate|graduate"
    r"|vocational|technical|trade"
    r"|accredited|tertiary|higher|formal|academic)?\s?"
    r"(?:degree|diploma|college|university|school(?:ing)?|education|studies|study|coursework|bachelor"
    r"|associate|undergraduate|post[- ]?secondary|institution)\b(?!(?: \w+){0,2} experien))"
)
EDUCATION_AFTER = re.compile(
    r"\s?'?s?\s?of (?:(?:full[- ]time|formal|accredited|relevant|related|completed|successful|advanced"
    r"|additional|the|progressively higher[- ]level) )?(?:post[- ]?secondary|college|university|high school"
    r"|undergraduate|graduate|tertiary|education|school|stud(?:y|ies)|coursework|training|residency|fellowship"
    r"|(?:vocational|technical|trade|higher|academic) (?:or \w+ )?(?:school|training|education|stud(?:y|ies)"
    r"|college|degree|courses?|coursework|preparation))\b"
    r"(?!(?: \w+){0,2} (?:experien|teaching|lecturing|advising|administration"
    r"|recruit))"
)
# A degree's own length: "university degree in physics (3 or 5 years)".
DEGREE_LENGTH_BEFORE = re.compile(
    r"\b(?:university|college|polytechnic) (?:degree|diploma|studies)(?: in (?:\w+ ){1,4})?\s?\($"
)
# Years of schooling a degree stands for: "Bachelor's degree (± 16 years)".
SCHOOLING_BEFORE = re.compile(r"\b(?:degree|diploma|bachelor'?s?|master'?s?|doctorate)\s?\((?:±|\+/-|\s)*$")
YEARS_OF_SCHOOLING = 12
# "a 2-year contract", "5-year plan": only with the unit in the singular, as an adjective.
ADJECTIVE_OF = re.compile(
    r"(?:year|month|yr)[\s-]+(?:[a-z]+[\s-]){0,2}?(?:plan|strategy|vision|roadmap|program(?:me)?|project"
    r"|contract|to[\s-]hire|course|college|term|commitment|assignment|visa"
    r"|rotation|apprenticeship|diploma|degree|limited|fixed|initiative|period|partnership|bond|internship"
    r"|mandate|warranty|lease|cycle|horizon|history\b(?! of)"
    r"|window|vesting|cliff|placement|temporary|temp\b|position|role|post\b|appointment|engagement|secondment"
    r"|leave|anniversary|probation\w*|extension|forecast"
    r"|budget|residency|fellowship|scholarship|university|journey|legacy|heritage|curriculum|certificate"
    r"|renewable|maternity|duration|stint|deal|agreement|award|grant)s?\b"
    r"(?!(?:(?!\b(?:giv|provid|offer|gain|cover|with|to|for|that|which|across|and|or|in)\w*\b)[^,;.\n]){0,30}experien)"
)
NOT_BEFORE = re.compile(
    r"(?:\b(?:last|past|previous|next|first|final|coming|every|each|within|inside|per|after|since|age|aged"
    r"|age (?:range|limit|group|bracket)|ages|spend|gain|gaining|gives? you|offers? you|upcoming|another|twice"
    r"|once|recent|following(?!\s?:)|averag\w+|older than|founded|established"
    r"|contract|valid|(?<!in )duration|\w*dauer|term|length|initial|vesting|over|for the|lasting|il y a|depuis|seit|vor"
    r"|hace|desde hace|pendant|há|da|sedan|voor|al)"
    r"(?: (?:of|the|a|an|about|over|approximately|almost|nearly|more than|up to|our|your|their|its"
    r"|vergangenen|letzten|über|mehr als|rund|fast|plus de|más de|mais de|oltre|ruim|meer dan|is|for|least|at"
    r"|duration))*"
    r"|\bfor (?:over|more than|nearly|almost|the better part of|some|about|around|up to)|\bwithin -"
    r"|\b(?:appointment|appointed|employed|employment|engagement|fellowship) (?:is )?for"
    r"|\b(?:in business|operating|in operation|around|existed|profitable) for)[\s:(]*$"
)
# How long something lasts or somebody is to stay: "programmes last between two and four years", "commit to 2 years".
LASTS_BEFORE = re.compile(
    r"\b(?:(?:commit|stay|remain)(?:s|ted|ting|ment|ing)?(?: (?!with\b|have\b|and\b|to have\b)\w+){0,4}?(?: for| to)?"
    r"|lasts?|takes|spans|runs(?: for)?)(?: (?:between|from|about|approximately|around|up to|at least"
    r"|a minimum of))?\s$"
)
# Steps of a pay table: "$31 (3-5 years)".
PAY_BEFORE = re.compile(r"[$€£]\s?[\d.,]+k?(?: ?/ ?h\w*| an hour| per hour)? \($")
# "We've been a family practice for", "The firm has served clients for": whatever stands around it.
COMPANY_FOR = re.compile(
    r"\b(?:we|we've|our (?:\w+ ){0,2}(?:has|have)|(?:company|firm|practice|team|organi[sz]ation|hospital|group"
    r"|business) has)\b(?:(?!\b(?:look|need|seek|requir|want|ask|prefer|hir|expect|you))[^.;]){0,80}"
    r"\bfor (?:over |more than |nearly |almost |about )?$"
)
OVER = re.compile(r"\b(?:over|plus de|oltre|más de|mehr als|über)\s$")
COMPANY = re.compile(
    r"\b(?:we|we've|we're|our|us|company|firm|founded|since|established|organi[sz]ation|family-owned"
    r"|leader in|leading provider|has been|have been|inc|llc|ltd|gmbh|wir|unser\w*|nous|notre"
    r"|team (?:has|have|brings?|with)|combined|collective|collectively|founders?|led by|backed by|alongside"
    r"|entreprise|société|groupe|agence|cabinet|fondée?|créée?|empresa|compañía|somos|unternehmen|gegründet|bedrijf"
    r"|azienda|built (?:on|upon)|drawing on|mentored by|learn from|surrounded by|trusted|proud)\b"
)
PERSON = re.compile(
    r"\b(?:you|you'll|you've|your|candidates?|applicants?|looking|seek\w*|require\w*|need\w*|must|hir(?:e"
    r"|ing)|want\w*|ideal\w*|someone|minimum|at least|qualif\w*|experienced|individual|person|proven|seasoned"
    r"|should have|requier\w*|requer\w*|necesit\w*|precisa\w*"
    r"|du|sie|vous|suche\w*|recherch\w*|busca\w*|mindestens|expect\w*|ask"
    r"|m[ií]nim[oa]s?|requisitos?|obrigat[óo]ri\w*|exig\w+|pelo menos|ao menos|al menos|au moins|almeno)\b"
)
OTHER_TIMES = re.compile(
    r"\b(?:salar\w+|pto|vacation|paid time|holiday|parental leave|401\(?k\)?|vest\w*|warranty|probation\w*"
    r"|driving record|driver'?s? licen[sc]e (?:\w+ )?for|held (?:an?|the|your) (?:\w+ ){0,3}licen[sc]e|criminal"
    r"|convict\w*|felon\w*|resid\w+ in|lived in|citizen\w*"
    r"|background (?:check|investigation)|visa|sponsorship|stem opt|opt\b|contract (?:length|duration|term)"
    r"|duration|passport|reisepass|restlaufzeit|pasaporte|passeport|passaporte"
    r"|term of (?:contract|employment)|bonus of|stock|equity grant|refresh)\b"
)
AGES = frozenset((16.0, 18.0, 19.0, 20.0, 21.0, 22.0, 23.0, 23.5, 25.0))
AGE_BEFORE = re.compile(
    r"\b(?:must be|be|are|is|aged?|minimum age|mindestalter|(?:edad|idade)(?: mínima)?|âge(?: minimum)?)"
    r"(?: (?:at least|over|a minimum of|of|minimum|above|:))*[\s:]*$"
)

# Words that make years a wish: before them ("ideally 5 years") or at the end of their clause ("5 years preferred").
WISH = (
    r"(?:preferred|preferable|preferrable|pref\b|a (?:big |huge |strong |definite |real |major |distinct )?(?:plus"
    r"|bonus|asset|advantage)|desired|desirable|an (?:asset|advantage|added)"
    r"|advantageous|beneficial|nice to have|helpful|ideal\b|optional|recommended|not (?:required|necessary"
    r"|mandatory|essential)|would be (?:great|nice|good|ideal|useful)"
    r"|highly regarded|favou?red|von vorteil|wünschenswert|vorteilhaft|(?:est|serai(?:en)?t|sont|es|será|é) un plus"
    r"|un atout|souhaitée?s?\b|appréciée?s?\b|se valora\w*|deseable|desejáve(?:l|is)|desejad[ao]s?|valorad\w+)"
)
WISH_BEFORE = re.compile(
    r"(?:\bprefers?\b(?=\s*$)|\b(?P<adverb>ideally|preferably|idealerweise|idéalement|de préférence|idealmente"
    r"|preferiblemente|preferencialmente|preferentemente)\b"
    r"|\b(?:nice[\s-]to[\s-]haves?|bonus(?: points| if| for|(?=\s?[:;,-])|(?= experience))+"
    r"|plus if|(?<!minimum )(?<!minimum, )we(?:'d| would)"
    r" (?:love|like|prefer)(?! to (?:meet|hear|talk|chat|work|connect|know))|would be (?:great|nice|good"
    r"|ideal)|great if"
    r"|bevorzugt|se valorará|se valora"
    r"|valorable|expérience souhaitée|diferencia(?:l|is)|extra credit|even better|preference (?:is "
    r"|will be )?(?:given )?(?:to|for)"
    r"|optionally|gerne)\b"
    r"|(?:^|[,;(])[\s\W]*(?:preferred|desired|desirable|pluses|recommended|advantageous|optional"
    r"|wünschenswert|preference|prefer)\b"
    r"|(?:^|[,;:(]|experi[eê]ncia)[\s\W]*(?:deseables?|desejáve(?:l|is))\b"
    r"|\b(?:preferred|desired|desirable|plus|pluses|optional|preference)\s?[:-]|\b(?:preferred|desired"
    r"|preferable) (?:\w+ )?(?:experience|qualifications?|skills?|candidates?|background)\b)"
    r"(?P<between>[^.;!?\n]{0,70})$"
)
WISH_AFTER = re.compile(
    rf"\s?\)?(?:(?! - )[^,;()\n]){{0,120}}?(?<![a-z-]){WISH}(?![a-z]| if\b|\s?:)"
    r"|[^()\n]{0,16}?(?:歓迎|尚可|優遇|우대|优先)"
)
ADVERBS = (
    r"(?:(?:is|are|strongly|highly|very|much|also|but|though|although|however|this is|that is|which is"
    r"|would be|considered"
    r"|greatly|preferably|or|generally|definitely)\s)*"
)
# The wish stands alone after a comma or bracket, or closes a list ("in sales, marketing, or operations preferred").
WISH_TAIL = re.compile(
    rf"[^;\n]{{0,160}}?(?:[,(-]\s?|,\s(?:and/)?or\s[\w /]{{1,40}}\s){ADVERBS}{WISH}(?:\s?[).,;:]|\s*$|(?=[A-Z\n]))"
)
MUST_AFTER = re.compile(
    r"[^;:\n]{0,110}?\b(?<!not )(?:required|must|mandatory|essential|is a must|necessary|erforderlich|requis"
    r"|obligatoire)\b(?! (?:field|skills))"
)
INSTEAD = re.compile(
    r"^\W*(?:of (?:\w+ ){0,2}experience )?(?:without|with no|if no) (?:an? |the |any )?(?:\w+'?s? )?(?:degree"
    r"|diploma)\b"
    r"|\b(?:in lieu of|substitut\w*|in place of|in exchange for|instead of|each (?:additional )?year"
    r"|equivalency|equate[sd]?|(?:may|can) (?:be )?(?:replaced?|offset|waived?|count\w*))\b"
)

WITHOUT_DEGREE = re.compile(
    r"\bif (?:\w+ ){1,3}(?:does not|do not|don't|doesn't|lacks?) (?:have |hold |possess )?[^.;]{0,80}$"
    r"|\bif (?:an? |you |no |only )?(?:\w+ )?(?:associate|high[\s-]school|no degree|without)[^.;]{0,60}$"
)
BESIDE_DEGREE = re.compile(
    r"\b(?:degree|diploma|bachelor'?s?|master'?s?|ged)\b[^.;\d]{0,70}\bor\b(?:\s|,|\b(?:at least|an?|minimum"
    r"|min|of|over|with|equivalent|the|additional)\b)*$"
    r"|\b(?:degree|diploma)[^.;]{0,50}\bor\b[^.;,]{0,20}\bequivalent\b[^.;]{0,25}\((?:minimum|min\.?"
    r"|at least)?(?: of)?\s?$"
)
FOR_SOME = re.compile(
    r"\s?(?:of (?:\w+ ){0,2}experience )?(?:for (?:an? |the )?(?:senior|principal|staff|lead|sr|mid|expert"
    r"|higher)\b|if (?:from|you|coming)\b)"
)
DEGREE = re.compile(r"\b(?:degree|bachelor|master|mba\b|ph\.?d)")
