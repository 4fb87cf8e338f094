"""How headings of a posting begin: of its requirements, its wishes, and everything else."""

import re

THINGS = (
    r"(?:qualifications?|requirements?|skills?(?: ?sets?)?|experiences?|educations?|attributes|background|knowledge"
    r"|competenc(?:ies|y)|capabilities|criteria|credentials|certifications?|characteristics|profile|abilities"
    r"|expertise|candidates?|licen[sc]es?|strengths|traits|extras?)"
)
LEAD_IN = r"(?:(?:our|your|the|some|and|or|additional|additionally|other|key|also|highly|strongly|very|job|further)\s)*"
PREFERRED_LINE = re.compile(
    rf"{LEAD_IN}(?:"
    rf"(?:preferred|preferable|desired|desirable|optional|recommended|advantageous|nice)(?:\W+(?:and|or|but not"
    rf"|not|required|additional|job|professional|technical|work|\W)*\W*{THINGS})+"
    r"|(?:preferred|preferably|desired|desirables?|optional|ideally|recommended|advantageous)(?:\W*$|:)"
    rf"|{THINGS} we(?: would|'d)? (?:prefer|like)"
    r"|(?:nice|good|great|helpful|useful|lovely|cool)[\s-]to[\s-]ha(?:ve|s)"
    r"|bonus(?:es)?(?:\W*$|:|\s(?:points?|skills?|qualifications?|if|experience|round|for|but))"
    r"|(?:extra|brownie) (?:credit|points)|(?:plus|pluses|plus points|big plus|a plus|huge plus)(?:\W*$|:| if)"
    r"|(?:it'?s|it is|it'd be|it would be|would be|what'?s|what would be|what is)(?: an?)?(?: big| huge| definite)?"
    r" (?:plus|bonus|nice|great|even better|awesome|ideal)"
    r"|(?:it )?(?:will|would) be (?:an? )?(?:\w+ )?(?:plus|bonus|advantage|asset)\b"
    r"|even better|icing on the cake|added (?:advantage|bonus|plus)|advantage(?:s|ous)?(?:\W*$|:)"
    r"|(?:what|things|skills|experience|this|that)?\s?(?:that |which )?(?:will |would |could |can |might |may )?"
    r"(?:really )?(?:make|makes|set|sets|help|helps)(?: you)? (?:apart|stand out|standout|shine)"
    r"|(?:how|ways|you'?ll|you will|you|to|what makes you)(?: can| to| will)?(?: really)? (?:stand out|standout)"
    r"|we(?:'d| would)(?: also| really)? (?:love|like|prefer|be (?:excited|thrilled"
    r"|delighted))(?: it)?(?! to (?:meet|hear|talk))"
    r"|you (?:might|may|could) also (?:have|bring)|strong candidates (?:may|might|will) also|not required"
    r"|while not required|additional(?:ly)? (?:preferred|desired|nice)|assets?(?:\W*$|:)"
    r"|wünschenswert|von vorteil|idealerweise|pluspunkte|bonuspunkte|das wäre (?:ein|toll|super)|les plus(?:\W*$|:)"
    r"|atouts?\b|serait un plus|un plus(?:\W*$|:)|deseables?\b|se valora|valorable|desejáve|diferenciai"
    r"|requisiti preferenziali"
    r"|歓迎|尚可|あると|우대|加分|优先)"
)
# What PREFERRED_END and BOTH cannot do without: far cheaper to look for.
OF_WISHES = re.compile("prefer|nice|desir|optional|bonus|plus|not required")
PREFERRED_END = re.compile(
    r"[(\[:-]\s?(?:strongly )?(?:preferred|nice[\s-]to[\s-]have|desired|desirable|optional|bonus|a plus|not required"
    r"|preferred,? (?:but )?not required)\s?[)\]]?:?$"
    rf"|^[\w\s/&,'-]{{3,50}}(?:{THINGS})[\w\s&/]{{0,20}} (?:preferred|a plus|desired|desirable):$"
)
BOTH = re.compile(r"\b(?:required|minimum|basic|must)\b.{0,40}\b(?:preferred|desired)\b")
NOT_REQUIRED = re.compile(r"\bnot (?:strictly )?required\b")
REQUIRED_LINE = re.compile(
    rf"{LEAD_IN}(?:(?:minimum|min|basic|required|require|requirements?|requisite|qualifications?|essential"
    rf"|must[\s-]haves?"
    r"|mandatory|core|typical(?:ly)? (?:education|experience|requires)|what we need|what we require"
    r"|what it takes|what you need|what you'?ll (?:need|bring|have)"
    r"|what you will (?:need|bring|have)|what you (?:bring|have|should have|must have|offer)|what (?:we'?re|we are)"
    r" (?:looking|seeking|after)|what we (?:look|seek|want|expect)|you(?:'ll| will)? (?:have|bring|need|are"
    r"|should have|must have|offer)\W*$"
    r"|you(?:'ve| have)\W*$|you (?:could|may|might) be a|who you are|who we(?:'re| are) (?:looking|seeking)"
    r"|who (?:are you|we need)"
    r"|about you\b|we(?:'re| are) (?:looking|seeking)|we (?:could|may|might) be a match|we (?:expect|require"
    r"|need|seek)"
    r"|is this you|this is you|are you|if you (?:have|are)|to be successful|to succeed|to qualify"
    r"|the (?:ideal )?candidate"
    r"|ideal candidate|candidate (?:profile|requirements)|successful candidates?|the right (?:person|candidate)"
    r"|your (?:profile|background|qualifications|skills|experience|expertise)|how you qualify|eligibility"
    r"|person specification|selection criteria|job requirements|position requirements|role requirements|the skills"
    r"|anforderungen|ihr profil|dein profil|das bringst du|was du mitbring|das bringen sie|qualifikation"
    r"|voraussetzungen"
    r"|(?:votre )?profil\b|compétences|prérequis|requisitos|perfil|requisiti|il tuo profilo|wat breng"
    r"|functie-?eisen|jouw profiel"
    r"|必須|応募資格|자격|任职|岗位要求))"
)
SUB_LINE = re.compile(
    rf"{LEAD_IN}(?:technical |work |professional |soft |hard |education(?:al)?(?: and| &|/) )?{THINGS}(?:\W*$|:)"
    r"|education\b|languages?\b|licensure"
)
NEUTRAL_LINE = re.compile(
    r"(?:(?:key|your|our|the|job|role|main|core|principal|primary|essential|major|position|general)\s)*"
    r"(?:responsibilit|duties|accountabilit|what you(?:'ll| will)? (?:do|be doing|own|work|learn|get"
    r"|accomplish|achieve)"
    r"|what you(?:'ll| will) (?:do|be|own|work|get|learn)|what we(?:'ll)? (?:do|offer|provide)|what's in it|the role"
    r"|about (?!you\b)|benefits|perks|compensation|salary|pay\b|why\b|who we are|we offer|in this role"
    r"|in your role|how you"
    r"|job (?:description|summary|purpose|details|type)|overview|summary|description|mission|interview|hiring process"
    r"|location|equal|eeo|additional (?:information|notes|info)|tools|tech stack|our (?:stack|team|culture"
    r"|values|story)"
    r"|day[\s-]to[\s-]day|physical|work(?:ing)? (?:environment|conditions|schedule|location)|travel|company"
    r"|team\b|purpose"
    r"|aufgaben|deine aufgaben|ihre aufgaben|wir bieten|das bieten wir|was wir|über uns|missions?\b|vos missions"
    r"|nous (?:offrons|proposons)|avantages|qui sommes|ofrecemos|funciones|responsabil|te ofrecemos|sobre|beneficios"
    r"|仕事内容|業務内容|福利|담당|복리|职责|岗位职责|disclaimer|note\b|notice|privacy|how to apply|to apply|apply)"
)
# Headings inside running text, told from its words by their capitals.
THING = (
    r"(?:[Qq]ualifications?|[Rr]equirements?|[Ss]kills?|[Ee]xperience|[Ee]ducation|[Aa]ttributes|[Bb]ackground"
    r"|[Kk]nowledge|[Cc]ompetenc(?:ies|y)|[Cc]riteria|[Cc]ertifications?|[Cc]andidates?)"
)
RUNNING = re.compile(
    rf"(?:(?P<preferred>(?:Preferred|Desired|Desirable|Optional)(?: (?:and|&|Additional|Job|But Not Required"
    rf"|Technical|Professional|Work|Minimum))*(?:(?:,? (?:and|&|/)? ?){THING})+|(?:Preferred|Desired"
    rf"|Desirable|Ideally)\s?:"
    r"|Additional (?:or|and|/) [Pp]referred [Qq]ualifications?|Bonus(?=[A-Z])"
    r"|(?:PREFERRED|DESIRED|DESIRABLE|ADDITIONAL PREFERRED)\b(?! [a-z])(?:[ /&,-]{1,3}[A-Z]{2,})*"
    r"|Preferred(?=[A-Z][a-z])|Nice[\s-][Tt]o[\s-][Hh]aves?"
    r"|NICE[\s-]TO[\s-]HAVES?|[Qq]ualifications [Ww]e [Pp]refer(?:red)?|Good[\s-][Tt]o[\s-][Hh]aves?"
    r"|Bonus(?:es)?(?: (?:[Pp]oints|[Ss]kills|[Qq]ualifications))?(?: if)?\s?:|Bonus [Pp]oints?(?= [Ii]f"
    r"|[A-Z])|BONUS(?: POINTS)?\b|Plus(?:es)?:"
    r"|(?:Ways|How) [Tt]o [Ss]tand [Oo]ut(?: [Ff]rom [Tt]he [Cc]rowd)?|You(?:'ll| will)? [Ss]tand [Oo]ut"
    r"|You (?:[Mm]ight|[Mm]ay|[Cc]ould) [Aa]lso [Hh]ave|(?:Will|Would) [Bb]e [Aa] (?:[Pp]lus|[Bb]onus)"
    r"|Optional(?=\s?:| \d)|What [Ss]ets [Yy]ou [Aa]part|Even [Bb]etter(?: if)?"
    r"|歓迎(?:要件|条件|スキル|経験)|우대(?:사항|조건)|加分项|优先(?:条件|考虑)"
    r"|Strong (?:candidates|applicants) (?:may|might|will|could|often)(?: also)?"
    r"|Extra [Cc]redit|We'd (?:[Ll]ove|[Ll]ike)(?! to (?:meet|hear|talk|chat|work|connect|know))(?: to [Ss]ee"
    r"| it)?(?: if)?"
    r"|(?:What [Ww]ill )?[Mm]akes? [Yy]ou [Ss]tand [Oo]ut"
    r"|(?:It's |It is |It would be )(?:a (?:big |huge )?)?(?:plus|bonus|nice)(?: if)?)"
    rf"|(?P<required>Typical (?:Education|Experience)\b|(?:Minimum|Basic|Required|Essential|Mandatory|Key|Job"
    rf"|Position|Core)(?: (?:and|&|Job|Technical"
    rf"|Professional|Work))*(?:(?:,? (?:and|&|/)? ?){THING})+|(?:MINIMUM|BASIC|REQUIRED|ESSENTIAL)\b(?! [a-z])"
    rf"|(?:Requirements?|Qualifications?|Required|REQUIREMENTS|QUALIFICATIONS)(?:\s?:|(?=[A-Z\d])|(?= \d"
    rf"|  ?[A-Z]))|Must[\s-][Hh]aves?"
    r"|MUST[\s-]HAVES?|What [Ww]e [Nn]eed\b|What [Ww]e [Rr]equire\b|You(?:'ll| will) (?:[Nn]eed|[Bb]ring|[Hh]ave):"
    r"|(?:We|You) (?:may|might|could|'d|would|will) be a (?:good |great |strong )?(?:[Mm]atch"
    r"|[Ff]it)(?: for us)?(?: if)?"
    r"|You(?:'d|'ll) be a (?:good |great |strong )?(?:[Mm]atch|[Ff]it)(?: if)?|You(?:'ll| will|'d) (?:[Tt]hrive"
    r"|[Ss]ucceed)"
    r"|Your (?:[Ee]xpertise|[Pp]rofile|[Bb]ackground|[Qq]ualifications)\s?(?::|(?=[A-Z\d]))|Ideal [Cc]andidate"
    r"|Who [Ww]e(?:'re| are) [Ll]ooking [Ff]or|Skills [Yy]ou'll [Nn]eed"
    r"|必須(?:要件|条件|スキル|経験)|応募資格|자격(?:요건|조건)|任职要求|岗位要求"
    r"|What [Yy]ou(?:'ll)? (?:Need|need|Bring|bring|Have|have)|Who [Yy]ou [Aa]re"
    r"|About [Yy]ou\b|What [Ww]e'?(?:re| are)? [Ll]ook(?:ing)? [Ff]or"
    r"|You (?:[Hh]ave|[Aa]re|[Bb]ring):)"
    r"|(?P<neutral>(?:Key |Job |Your |Primary |Essential )?(?:Responsibilities|RESPONSIBILITIES|Duties"
    r"|DUTIES)\b|What [Yy]ou(?:'ll| [Ww]ill)? [Dd]o\b|About "
    r"(?:[Uu]s|[Tt]he|[Oo]ur|[A-Z]\w+)\b|ABOUT\b|Benefits(?:\s?:|(?=[A-Z]))|BENEFITS\b|Compensation(?:\s?:"
    r"|(?=[A-Z]))|Why [A-Z]\w+|What [Ww]e (?:[Oo]ffer|[Dd]o)\b"
    r"|Who [Ww]e [Aa]re|Equal [Oo]pportunity|EQUAL|Job [Dd]escription|Job [Ss]ummary|Additional [Ii]nformation"
    r"|Physical [A-Z]\w+|Work(?:ing)? (?:Environment|Conditions)))"
)
# At the start of a line these may speak of one sentence alone: "Bonus: 3 years in games. You have 4+ years …".
WEAK = re.compile(r"Bonus|BONUS|Plus|We'd|Ideally|It|Extra|Will|Would|You")
# How those headings begin: a search for these is far cheaper than the pattern above at every character.
OPENINGS = re.compile(
    r"Pr|PR|Str|De|DE|Op|Id|Ni|NI|Go|Bo|BO|Pl|Ex|We|Wh|Ma|It|Mi|MI|Ba|BA|Re|RE|Es|ES|Mu|MU|Qu|QU|qu|Ty|Ke|Jo|Po"
    r"|Co|CO|Ab"
    r"|AB|Yo"
    r"|Du|DU|Be|BE|Eq|EQ|Ev|Sk|Ad|AD|Ph|Wo|Ho|Wa|Wi|歓迎|우대|加分|优先|必須|応募|자격|任职|岗位"
)
