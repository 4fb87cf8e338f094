"""The language of a text that plainly is in one of the commonest: told by its function words."""

import re
from types import MappingProxyType

KANA = re.compile(r"[\u3041-\u30ff]")
HANGUL = re.compile(r"[\uac00-\ud7a3]")
WORD = re.compile(r"[^\W\d_]+")
SHARE = 0.16
"""Of all words; running text has about 0.4, and a list of skills hardly any."""
TIMES_THE_NEXT = 3
FEWEST = 6
FEWEST_SIGNS = 60
"""Of a script that one language alone writes."""
BY_LANGUAGE = {
    "en": "the of and to a in is you we for with our your are that will this on as be or have by at an from who can "
          "it their its they all has been not was but more if what about into other which so how when where there "
          "these those us i me my he she do does would should could may must any each than then also",
    "de": "der die das und zu in den von mit ist für auf ein eine wir sie dich du im dem des sich nicht als auch an "
          "einen einer einem eines bei oder unsere unser dein deine ihre ihr wie nach werden sind bist hast wird aus "
          "zum zur über dass kannst uns um durch vom haben ich es",
    "fr": "le la les de des et à un une en du dans pour vous nous est au aux sur par avec votre notre nos vos que qui "
          "ce cette ces son sa ses leur leurs il elle ils plus ou être sont avez avons d l qu se ne pas je",
    "es": "el la los las de del y a en un una para con que se por su sus es nuestro nuestra nuestros tu tus al lo como "
          "más o son está te nos ser sobre esta este eres tienes no si",
    "nl": "de het een en van in je is voor met op te dat wij we zijn aan bij ons onze jij jouw als of ook naar om er "
          "door uit worden wordt hebt heb ben bent die niet over dit deze kan",
    "pt": "o a os as de do da dos das e em um uma para com que se por na no nas nos seu sua você nossa nosso ao é são "
          "mais ou como ser não nós pelo pela às",
    "it": "il lo la i gli le di del della dei delle e a in un una per con che si da al alla nel nella sono è nostro "
          "nostra tuo tua come o non sei anche su ci dal dalla",
}  # fmt: skip
LANGUAGES_OF: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        word: tuple(language for language, words in BY_LANGUAGE.items() if word in words.split())
        for words in BY_LANGUAGE.values()
        for word in words.split()
    }
)


def plain_language(text: str) -> str | None:
    """The one language whose function words make up the text, with hardly any of another; else None."""
    kana = len(KANA.findall(text))
    if kana or HANGUL.search(text):
        return _asian(kana, len(HANGUL.findall(text)))
    words = WORD.findall(text.lower())
    counts = dict.fromkeys(BY_LANGUAGE, 0)
    for word in words:
        for language in LANGUAGES_OF.get(word, ()):
            counts[language] += 1
    (most, language), (next_most, _) = sorted(((count, name) for name, count in counts.items()), reverse=True)[:2]
    is_plain = most >= FEWEST and most >= SHARE * len(words) and most >= TIMES_THE_NEXT * next_most
    return language if is_plain else None


def _asian(kana: int, hangul: int) -> str | None:
    if kana >= FEWEST_SIGNS and not hangul:
        return "ja"
    return "ko" if hangul >= FEWEST_SIGNS and not kana else None
