"""Numbers as postings write them: 3, 1.5, 2½, five, twenty-five, drei, trois, tres."""

_WORDS: dict[str, float] = {
    "zero": 0, "half": 0.5, "an": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "ein": 1, "eine": 1, "einem": 1, "einer": 1, "eines": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6,
    "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "diez": 10,
    "um": 1, "dois": 2, "três": 3, "quatro": 4, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "dieci": 10,
    "een": 1, "twee": 2, "drie": 3, "vijf": 5, "couple": 2, "couple of": 2,
    "zwölf": 12, "fünfzehn": 15, "quinze": 15, "quince": 15, "sete": 7, "oito": 8, "nove": 9, "dez": 10,
}  # fmt: skip
_TENS: dict[str, float] = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_FRACTIONS: dict[str, float] = {"½": 0.5, "¼": 0.25, "¾": 0.75}
ARTICLES: frozenset[str] = frozenset(
    ("a", "an", "un", "une", "ein", "eine", "einem", "einer", "eines", "um", "een", "couple", "couple of")
)

_DIGITS = r"(?<![\d$€£#])(?<!\d[.,])\d{1,2}(?:[.,]\d{1,2})?(?:\s?[½¼¾]|[ -]1/2(?!\d))?(?![\d½])|[½¼¾]"
_SPELLED = "|".join(sorted(_WORDS, key=len, reverse=True))
NUMBER = (
    rf"(?:{_DIGITS}|(?<![a-zà-ÿ])(?:(?:{'|'.join(_TENS)})(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?"
    rf"|{_SPELLED})(?![a-zà-ÿ](?!ähr)))"
)
# "strong SQLTwo years of …": for the caller to check that it begins with a capital.
GLUED = r"(?<=[a-zà-ÿ).])(?:one|two|three|four|five|six|seven|eight|nine|ten)(?![a-zà-ÿ])"


def value_of(number: str) -> float:
    """Return the value of what NUMBER matched."""
    if number in _WORDS:
        return _WORDS[number]
    words = number.lower().replace("1/2", "½").replace("-", " ").split()
    return sum(_one(word) for word in words)


def _one(word: str) -> float:
    if word in _WORDS:
        return _WORDS[word]
    if word in _TENS:
        return _TENS[word]
    fraction = _FRACTIONS.get(word[-1], 0.0)
    digits = word.rstrip("½¼¾").replace(",", ".")
    return fraction + (float(digits) if digits else 0.0)
