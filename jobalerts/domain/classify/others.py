"""Years that are not the applicant's: of the employer, of future colleagues, and of what the position will give."""

import re

_COLLEAGUE = re.compile(
    r"\b(?:led|run|managed|headed|mentored|founded|coached|supervised|taught|trained|guided) by\b"
    r"(?!.*\b(?:you|need|requir\w*|look\w*|seek\w*|must)\b)[^.;]{0,80}$"
    r"|\b(?:head|director|vp|manager|lead|ceo|cto|founder|officer|president)\b[^.;]{0,40}\bwho (?:has|have"
    r"|brings)\s(?:over )?$"
)
_GIVEN = re.compile(
    r"^\W*(?:we'll|we will|we) (?:give|offer|provide) (?:you )?$|^\W*(?:our|the) \w+ (?:offers|provides|gives)\s$"
)
_EMPLOYER_HAS = re.compile(
    r"(?:^|\W)(?:(?:a|la|nossa|nuestra) empresa|l'entreprise|notre (?:entreprise|société|cabinet|agence)|(?:das|unser)"
    r" unternehmen|(?:the|our) (?:company|firm|agency|client|practice))"
    r" (?:tem|tiene|conta com|cuenta con|a|possède|compte|hat|has|have|brings)"
    r"(?: (?!requir|need|look|seek|want|minim|mínim|mindest)[\w'-]+){0,5}\s$"
)
_WITH = re.compile(
    r"^\W*(?:\w+(?: \w+){0,2}: )?(?:with|bringing|boasting|drawing on|built on|backed by|leveraging)"
    r"(?: (?:over|more than|nearly|almost|a combined))?\s$"
)
_THEN_THE_COMPANY = re.compile(
    r"[^.;]{0,100}, (?:we|our|the (?:company|firm|team|agency|group|practice))\b"
    r"|[^.;]{0,100}, (?!(?:you|the|this|these|candidates?|applicants?|ideally|preferably|including|and|or|as|plus)\b)"
    r"\w+(?: \w+){0,2} (?:is|has|offers|provides|delivers|continues|serves|helps)\b"
)
# What is said of an employer even under a heading of requirements: "…, Acme Ltd has earned a reputation".
_SURELY_THE_COMPANY = re.compile(
    r"(?![^;]{0,140}\b(?:you|candidates?|applicants?|person|individual)\b)[^;]{0,140}?, [^;]{0,40}?"
    r"\b(?:(?:has|have) (?:earned|built|become|established|grown|served|been"
    r" (?:a|an|the|in|providing|serving|helping|delivering))"
    r"|is (?:the|an?|one of)(?: [\w-]+){0,3} (?:leaders?|leading|providers?|company|companies|firms?"
    r"|manufacturers?|largest|oldest|specialists?))\b"
)
_OF_A_COMPANY = 10
_SUBJECT_HAS = re.compile(
    r"^\W*(?!(?:the|a|an|our|this|ideal|candidates?|applicants?|he|she|they|who|which|that|must|should"
    r"|individual|person"
    r"|someone|everyone|anyone|ideally|experience|already|also|you)\b)\w+(?: \w+)? (?:has|brings|boasts)"
    r"(?: (?:over|more than|nearly))?\s$"
)
_A_COMPANY = re.compile(
    r"\b(?:provider|contractor|manufacturer|retailer|consultancy|company|firm|(?:market|industry"
    r"|world) leader)\b[^.;]{0,60}"
    r"\b(?:with|possessing|boasting|bringing|has)(?: (?:over|more than|nearly))?\s$"
)
# "consultora líder con más de 25 años", "ein Familienbetrieb mit 40 Jahren", "un groupe fort de 30 ans".
_UNE_ENTREPRISE = re.compile(
    r"\b(?:empresa|compañía|consultor[ai]a?|multinacional|firma|grupo|líder|agencia|agência|despacho|clínica|cadena"
    r"|rede|fabricante|entreprise|société|groupe|leader|acteur|cabinet|agence|enseigne|unternehmen|hersteller"
    r"|dienstleister|marktführer|kanzlei|agentur|konzern|\w*betrieb)\b[^.;:]{0,60}"
    r"\b(?:con|com|avec|forte? d[e']|mit)"
    r"(?: (?:más de|mais de|plus de|über|mehr als|rund|fast|una trayectoria de))?\s?$"
)
_THEN_IT_SEEKS = re.compile(
    r"[^.;]{0,100}?(?:, |\b)(?:busca\w*|nous|wir|such(?:t|en)|incorpora\w*|selecciona\w*|precisa\w*|procura\w*"
    r"|contrata\w*|recrut\w*|recherch\w*|necesita\w*)\b"
)
_OLD = 15
_APPLICANT = re.compile(
    r"\b(?:you|your|candidates?|applicants?|looking|seek\w*|require\w*|need\w*|must|hiring|ideal|someone"
    r"|busca\w*|requ[ei]\w*|candidat\w*|perfil|suche\w*|vous|recherch\w*|procura\w*)\b"
)


def is_of_somebody_else(before: str) -> bool:
    """ "Mentored by an engineer with 8 years", "to the director, who has 12 years", "we give you 2 years"."""
    return any(pattern.search(before) for pattern in (_COLLEAGUE, _GIVEN, _EMPLOYER_HAS))


def is_surely_of_the_company(before: str, after: str, years: float) -> bool:
    """ "With more than 50 years of experience, Acme Ltd has earned a reputation", in whichever section."""
    return bool(years >= _OF_A_COMPANY and _WITH.match(before) and _SURELY_THE_COMPANY.match(after))


def is_of_the_company(before: str, after: str, years: float) -> bool:
    """ "With 15 years of experience, we …", "Acme has 10 years of experience", "a provider with over 20 years"."""
    if _WITH.match(before) and _THEN_THE_COMPANY.match(after):
        return True
    if _SUBJECT_HAS.match(before):
        return True
    if _APPLICANT.search(before):
        return False
    if _UNE_ENTREPRISE.search(before) and _THEN_IT_SEEKS.match(after):
        return True
    return years >= _OLD and _A_COMPANY.search(before) is not None
