"""Where the made-up companies hire, and what money is paid there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A town; `pay` is how salaries there compare with the figures in US dollars a year."""

    city: str
    region: str
    country: str
    country_name: str
    alpha3: str
    currency: str
    pay: float


def _place(line: str) -> Place:
    city, region, country, country_name, alpha3, currency, pay = line.split("|")
    return Place(
        city=city, region=region, country=country, country_name=country_name, alpha3=alpha3, currency=currency,
        pay=float(pay),
    )  # fmt: skip


PLACES = tuple(
    _place(line)
    for line in """\
Austin|TX|US|United States|USA|USD|1
Denver|CO|US|United States|USA|USD|1
Boston|MA|US|United States|USA|USD|1.1
Portland|OR|US|United States|USA|USD|0.95
Chicago|IL|US|United States|USA|USD|1
Toronto|ON|CA|Canada|CAN|CAD|1.05
Vancouver|BC|CA|Canada|CAN|CAD|1.05
Montreal|QC|CA|Canada|CAN|CAD|0.95
London|England|GB|United Kingdom|GBR|GBP|0.62
Leeds|England|GB|United Kingdom|GBR|GBP|0.5
Edinburgh|Scotland|GB|United Kingdom|GBR|GBP|0.52
Dublin|Leinster|IE|Ireland|IRL|EUR|0.7
Berlin|BE|DE|Germany|DEU|EUR|0.65
Munich|BY|DE|Germany|DEU|EUR|0.7
Paris|Île-de-France|FR|France|FRA|EUR|0.6
Lyon|Auvergne-Rhône-Alpes|FR|France|FRA|EUR|0.52
Amsterdam|North Holland|NL|Netherlands|NLD|EUR|0.66
Utrecht|Utrecht|NL|Netherlands|NLD|EUR|0.6
Madrid|Madrid|ES|Spain|ESP|EUR|0.45
Barcelona|Catalonia|ES|Spain|ESP|EUR|0.45
Milan|Lombardy|IT|Italy|ITA|EUR|0.45
Lisbon|Lisbon|PT|Portugal|PRT|EUR|0.4
Stockholm|Stockholm|SE|Sweden|SWE|SEK|6.5
Helsinki|Uusimaa|FI|Finland|FIN|EUR|0.58
Oslo|Oslo|NO|Norway|NOR|NOK|7.5
Copenhagen|Capital Region|DK|Denmark|DNK|DKK|5.5
Warsaw|Mazovia|PL|Poland|POL|PLN|2.1
Kraków|Lesser Poland|PL|Poland|POL|PLN|2
Zurich|ZH|CH|Switzerland|CHE|CHF|1.1
Bengaluru|Karnataka|IN|India|IND|INR|28
Hyderabad|Telangana|IN|India|IND|INR|26
São Paulo|SP|BR|Brazil|BRA|BRL|1.8
Mexico City|CDMX|MX|Mexico|MEX|MXN|8
Tokyo|Tokyo|JP|Japan|JPN|JPY|80
Singapore|Singapore|SG|Singapore|SGP|SGD|1
Sydney|NSW|AU|Australia|AUS|AUD|1.15
Melbourne|VIC|AU|Australia|AUS|AUD|1.1
Auckland|Auckland|NZ|New Zealand|NZL|NZD|1
Cape Town|Western Cape|ZA|South Africa|ZAF|ZAR|7""".splitlines()
)
