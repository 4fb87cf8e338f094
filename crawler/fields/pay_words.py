"""How pay is written: currencies, periods and the words around amounts, in the languages postings come in."""

import re
from types import MappingProxyType

from jobalerts.domain.posting import Period

SYMBOLS = MappingProxyType(
    {
        "us$": "USD", "ca$": "CAD", "c$": "CAD", "cad$": "CAD", "a$": "AUD", "au$": "AUD", "aud$": "AUD", "nz$": "NZD",
        "s$": "SGD", "sg$": "SGD", "hk$": "HKD", "r$": "BRL", "mx$": "MXN", "nt$": "TWD", "€": "EUR", "£": "GBP",
        "¥": "JPY", "円": "JPY", "₹": "INR", "rs": "INR", "₩": "KRW", "원": "KRW", "元": "CNY", "rmb": "CNY",
        "zł": "PLN", "₪": "ILS", "kč": "CZK", "₺": "TRY", "₱": "PHP", "฿": "THB", "euro": "EUR", "euros": "EUR",
        "rm": "MYR", "r": "ZAR", "tk": "BDT", "৳": "BDT", "₦": "NGN", "ft": "HUF", "lei": "RON", "franken": "CHF",
    }
)  # fmt: skip
DOLLARS = MappingProxyType({"CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD"})
"""What a bare "$" means where every place of the posting is in that country; else it is the US dollar."""
PESOS = MappingProxyType({"MX": "MXN", "CL": "CLP", "CO": "COP", "AR": "ARS", "UY": "UYU"})
"""What a bare "$" may mean there, when it would be too much in US dollars."""
CROWNS = MappingProxyType({"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"})
TOO_MUCH_IN_DOLLARS = MappingProxyType({"hour": 150, "day": 1_500, "week": 6_000, "month": 15_000, "year": 400_000})
LARGE_UNITS = frozenset({"JPY", "KRW", "INR", "HUF", "IDR", "VND", "PHP", "THB", "TWD", "CZK", "CLP", "COP",
                          "ARS", "BDT", "PKR", "NGN", "KES"})  # fmt: skip
"""Currencies whose amounts are larger by a factor of up to a few thousand."""
YEARLY_FROM_IN = MappingProxyType(
    {
        "PLN": 40_000, "CZK": 250_000, "SEK": 120_000, "NOK": 150_000, "DKK": 120_000, "HUF": 2_500_000, "RON": 30_000,
        "INR": 100_000, "BRL": 25_000, "MXN": 80_000, "JPY": 1_000_000, "KRW": 10_000_000, "ZAR": 80_000,
        "TWD": 200_000, "PHP": 150_000, "THB": 200_000, "CLP": 4_000_000, "COP": 15_000_000, "ARS": 6_000_000,
        "PEN": 25_000, "CNY": 80_000, "SGD": 30_000, "HKD": 150_000, "MYR": 40_000, "AED": 120_000, "SAR": 120_000,
        "QAR": 120_000, "ILS": 80_000, "BDT": 250_000, "PKR": 500_000, "NGN": 1_500_000, "KES": 500_000, "EGP": 150_000,
    }
)  # fmt: skip
"""Where pay is often told by the month: from here on an amount is a year's, below it a month's."""
CODES = (
    "(?-i:USD|EUR|GBP|CAD|AUD|NZD|CHF|SGD|HKD|JPY|INR|KRW|PLN|SEK|NOK|DKK|CZK|HUF|RON|BRL|MXN|ILS|TRY|ZAR|CNY|RMB|TWD|"
    "THB|PHP|MYR|IDR|VND|AED|SAR|CLP|COP|ARS|PEN|UYU|QAR|BDT|PKR|NGN|KES|EGP|usd|eur|gbp|cad|chf)"
)
_MONEY = (
    rf"(?P<pre{{n}}>T?{CODES}\s?\$?|T€|(?:US|CA|C|A|AU|NZ|S|SG|HK|R|MX|NT|CAD|AUD)?\$|€|£|¥|₹|₩|zł|₪|₺|₱|฿|৳|₦|Rs\.?|(?-i:RM|Tk|R(?=\s?\d\d))\.?)?\s?"
    r"(?P<num{n}>\d{{1,3}}(?:[.,'’\s]\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d)|\d{{1,3}}(?:,\d{{2}})+,\d{{3}}|\d+(?:[.,]\d{{1,2}})?(?!\d))"
    r"(?:,[-–])?\s?(?P<k{n}>[kK](?![a-zà-ž])|T(?=€|EUR\b|CHF\b)|Tsd\b\.?|LPA\b|lakhs?\b|万|만|mil\b|[mM]\b|million\b|[bB]n?\b|billion\b)?"
    rf"\s?(?P<post{{n}}>{CODES}\b|(?:€|£|\$)(?!\s?\d)|zł|Kč|円|元|원|euros?\b|pesos\b|kr\b|(?-i:Ft)\b|lei\b|Franken\b)?\.?"
)
FIRST, SECOND = _MONEY.format(n=1), _MONEY.format(n=2)
_UNIT = (
    r"annum|year|yr|anno|jahr|ans?|année|año|ano|jaar|rok|år|month|mo|monat|mois|m[eê]s|maand|mese|miesiąc|měsíc|"
    r"måned(?:en)?|månad(?:en)?|mån|md|kk|hó|lun[aă]|week|wk|woche|semaine|semana|day|tag|jour|d[ií]a|dag|giorno|hour|hr|h|std|stunde|heure|hora|uur|ora|"
    r"godz\w*|hod\w*"
)
PERIOD = (
    rf"(?P<period>(?:/|\b(?:per|an?|each|pro|par|por|pe|om|die|ao|al?|im|je|na|de l'|à l'))"
    rf"\s?(?:{_UNIT})\b|p\.?\s?a\.?(?![a-z])|"
    r"p\.?\s?m\.?(?![a-z])|p\.\s?d\.|havi\b|mensil[ei]\b|p\s?/\s?h\b|(?:hr|hour|day)\b|annual(?:ly)?\b|yearly\b|monthly\b|weekly\b|daily\b|hourly\b|"
    r"jährlich|monatlich|annu[io]\b|annuel(?:le)?s?\b|mensuel(?:le)?s?\b|anua(?:l|les|is)\b|mensua(?:l|les)\b|mensa(?:l|is)\b|"
    r"di[aá]ri[oa]s?\b|/\s?(?:月|年|天|小时)|měsíčně|ročně|miesięcznie|rocznie)"
)
PERIOD_NEAR = re.compile(
    r"\b(?:tjm|giornalier\w+|"
    r"annual(?:ly|ized)?|yearly|per year|per annum|monthly|hourly|weekly|daily|per hour|annuel\w*|mensuel\w*|"
    r"anual\w*|mensual\w*|mensa(?:l|is)|horaires?|miesięczn\w+|roczn\w+|day rate)\b|"
    r"(?:jahres|monats|stunden|tages)(?=gehalt|lohn|brutto|netto|verg|satz|entgelt|einkommen)|(?:maand|jaar|uur)(?=salaris|loon|tarief)|"
    r"月薪|年薪|时薪|日薪|年収|年俸|月給|月収|時給|"
    r"日給|연봉|월급|시급",
    re.I,
)
PERIOD_SIGNS: tuple[tuple[Period, re.Pattern[str]], ...] = (
    (
        "hour",
        re.compile(r"hour|(?<!ja)(?<!jä)hr|/h$|perh$|p/h|stunde|std|heure|hora|uur|ora$|godz|hod|小时|时薪|時給|시급"),
    ),
    (
        "month",
        re.compile(
            r"month|maand|/mo$|permo$|amo$|^pm$|monat|mois|m[eê]s|mens|maand|miesi|měs|mån|/md$|kk$|hó$|havi|lun[aă]|月|월"
        ),
    ),
    ("week", re.compile(r"week|wk|woche|seman|semaine")),
    ("day", re.compile(r"day|daily|tjm|giorn|tag|jour|d[ií]a$|dag|^pd$|di[aá]ri|天|日薪|日給")),
    ("year", re.compile(r"annum|year|yr|pa|an|jahr|år|jaar|año|ro[kč]|年|연")),
)
"""Looked for in this order, in words without spaces and dots."""
NET = (
    r"(?:(?:gross|net|base|salary|in base|brutto|netto|bruto|brutos?|bruts?|lord[io]|b2b|"
    r"l[ií]quidos?|\+? ?vat)\b[\s,]{0,3}){0,3}"
)
JOINED = (
    r"(?:-|–|—|−|~|〜|～|to|and|bis|until|up to|und|tot|(?:et|y|e|à|a|en|al|do|até)\s(?=[€$£₹]|[A-Z]{2,3}\s?\d|"
    r"\d{1,3}[.,\s]\d{3}|\d{4}\s?[€e]|\d+\s?[k€]))"
)
NUMBER = re.compile(r"\d+")
LONGEST_CURRENCY = 8
"""Characters, at the most, between where an amount begins and its number ("TEUR $ 90")."""
AMOUNT = re.compile(
    rf"(?<![a-z0-9_à-ɏ.,$€£+])(?:{FIRST})(?:\s?{PERIOD.replace('period', 'between')})?"
    rf"(?:(?P<open>(?<!\s)\+(?!\s?[$€£\d]|\w)|\s?(?<=\s)\+(?!\s?[\w$€£]))|\s?{JOINED}\s?(?:{SECOND}))?"
    rf"(?:[\s,]{{0,2}}\((?P<code1>{CODES})\))?[\s,(]{{0,3}}{NET}(?:{PERIOD})?(?:\s(?P<code2>{CODES})\b)?"
    r"(?:\s?[·・*x×]\s?(?P<pays>\d\d)\s?薪)?",
    re.I,
)
SPEAKS_OF_PAY = re.compile(
    rf"[$€£¥₹₩₪₺₱฿৳₦円元원]|\bT?{CODES}\b|zł|Kč|\bRs\b|\bRM\b|\bTk\b|(?-i:\bR\s?\d\d)|LPA\b|\beuros?\b|\bpesos\b|\bkr\b|\blei\b|\bFt\b|\bFranken\b|salary|\bpay\b|compensation|gehalt|\bbase\b|\blakhs?\b|\bral\b|薪|万\s?/",
    re.I,
)
PAY_WORDS = re.compile(
    r"salar|\bpay\b|pays\b|paying\b|compensation|\bwage|\bbase\b|\brate\b|earn|lpa\b|lakh|remuneration|gehalt|vergütung|"
    r"hourly|annual|\brange\b|\bgross\b|brutto|\bbruto|\bbrut\b|rémunération|salaire|salári|\btjm\b|\bctc\b|tariffa|\blordi\b|sueldo|retribu|\bral\b|lohn|entgelt|loon\b|薪|"
    r"gratification|wynagrodzenie|palkka|fizetés|\bmzda\b|\blön\b|\bløn|年収|年俸|月給|月収|時給|日給|연봉|월급|시급|\bm(?:in|ax)imum:?\s*[$€£]",
    re.I,
)
FROM = re.compile(
    r"\b(?:from|starting (?:at|from)|at least|minimum(?: of)?|ab|à partir de|desde|a partir de|vanaf|a partire da|"
    r"mindestens|"
    r"minimum (?:(?:annual|base|hourly) )?(?:salary|pay|rate|wage)(?: \w+){0,4}?(?: is| of)?)\s*:?\s*$",
    re.I,
)
UP_TO = re.compile(r"\b(?:up ?to|maximum(?: of)?|bis(?: zu)?|jusqu'à|hasta|até|maximaal|wynagrodzenie do)\s*$", re.I)
NO_PAY_AFTER = re.compile(
    r"\bote\b|on[- ]target|bonus|equity|\brsu|stock|commission|sign[- ]?on|signing|stipend|allowance|relocation|"
    r"reimburse|referral|\bbudget|variable|incentive|\bgrant\b|shift differential",
    re.I,
)
NOT_MONEY = re.compile(
    r"revenue|\barr\b|raised|funding|valu(?:ed|ation)|\bseries [a-f]\b|assets|investment|customers|users|companies|"
    r"savings|per (?:session|class|transaction)|donat|prize|fund\b|insurance|loan|fee\b|quota|deal|"
    r"sales of|portfolio",
    re.I,
)
OTHER_MONEY = re.compile(rf"{NOT_MONEY.pattern}|market", re.I)
TAIL_ENDS = re.compile(
    r"\n|[.;](?:\s|$)|\+|\bplus\b|,? (?:with|in addition)\b|[•|·]|,\s?(?:ote|on[- ]target)\b|\b401|\bdental\b|"
    r"[$€£]\s?\d",
    re.I,
)
