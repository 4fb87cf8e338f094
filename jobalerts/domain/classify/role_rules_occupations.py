"""Occupations whose German, French, Spanish, Portuguese or Dutch name is one word of its own.

Read without accents, before the trades that are known by a word for their field.
"""

OCCUPATIONS_IN_OTHER_LANGUAGES: tuple[tuple[str, str], ...] = (
    (
        "healthcare",
        "\\w*sanitater\\w*|ambulancier\\w*|augenoptik\\w*|horakustik\\w*|chirurg(?!ical)\\w*|manipulat\\w+ radio\\w*"
        "|preparat\\w+ en pharmacie|sozial(?:padagog|arbeit)\\w*|heilpadagog\\w*|assistant\\w* social\\w*"
        "|assistente social|trabajador\\w* social\\w*|maatschappelijk werk\\w*|huisarts|tandarts\\w*|dokters?assist\\w*"
        "|verzorgende\\w*|psycholoog|masseu\\w*|diatassist\\w*",
    ),
    ("research_scientist", "\\w*laborant\\w*"),
    (
        "finance",
        "courtier\\w*|actuaire\\w*|aktuar\\w*|auditeu\\w*|auditrice|assistente fiscal|salarisadministrat\\w*"
        "|(?:responsable|assistant\\w*|technicien\\w*) (?:de )?(?:la )?paie",
    ),
    (
        "sales",
        "immobilien(?:kauf|makl|berat)\\w*|(?:einzelhandels|automobil|handels)kauf\\w*|\\w*verkaufer\\w*"
        "|chef\\w* de rayon"
        "|teleprospect\\w+|dependient[ea]|balconista|corretor\\w* de imoveis|makelaar\\w*|filiaal\\w*|kassier\\w*"
        "|caissier\\w*|hote(?:sse)?s? de caisse|cajer[oa]|operador\\w* de caixa|kassa\\w*",
    ),
    (
        "operations",
        "speditions?kauf\\w*|industriekauf\\w*|declarant\\w* en douane|affreteu\\w+|betriebsleit\\w*|schichtfuhr\\w*"
        "|^geschaftsfuhr(?:er|erin)",
    ),
    (
        "other",
        "(?:auxiliar|ajudante|ayudante) de (?:producao|produccion)|fluglotse\\w*|flugbegleit\\w*|zollbeamt\\w*"
        "|gouvernante|taxista|kassenaufsicht",
    ),
    ("people", "charge\\w* de formation|ausbildungsleit\\w*|personeels\\w*"),
    ("education", "docent|capacitador\\w*|bibliothekar\\w*|bibliothecai\\w*|bibliotecari\\w*|onderwijs\\w*"),
    ("legal_compliance", "\\w*staatsanwalt\\w*|richter(?:in)?|greffi\\w+|advocaat\\w*|procurador\\w*"),
    (
        "designer",
        "webdesigner\\w*|arquitet[oa](?! (?:de )?(?:software|solu|dados|ti|sistemas|cloud|nuvem))",
    ),
    (
        "hardware_engineer",
        "desenhista (?:projetista|tecnic\\w+|mecanic\\w+)|delineante|tekenaar|dessinat\\w+ (?:batiment|industriel\\w*"
        "|en)"
        "|topograf\\w+|geometre\\w*|vermessungs\\w*|landmeter|statiker\\w*|werktuigbouw\\w*",
    ),
    ("program_manager", "bauleit(?:er|ung)\\w*|oberbauleit\\w*"),
    ("data_engineer", "datenbankadmin\\w*|databasebeheer\\w*"),
    ("it_support", "it-?leit(?:er|ung)\\w*|helpdesk\\w*"),
    ("qa_engineer", "softwaretest\\w*"),
    ("software_engineer", "programmeu\\w+|\\w*softwareontwikkel\\w*"),
    ("product_manager", "product(?:manager|owner)"),
    ("program_manager", "project(?:manager|leider)"),
    ("customer_support", "call-?center-?\\w*|klantadvis\\w*|klantbegeleid\\w*|atendente"),
    (
        "administrative",
        "rezeption\\w*|(?:team|vorstands|direktions|chef)assisten[tz]\\w*|hote(?:sse)?s? d'accueil|\\w*secretaresse"
        "|(?:management|directie)-?assistent\\w*|archivar\\w*|archivista",
    ),
    ("communications", "dolmetsch\\w*|vertaler\\w*|tolk"),
)
