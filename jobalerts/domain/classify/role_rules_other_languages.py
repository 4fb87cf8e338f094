"""Trades in German, French, Spanish, Portuguese, Dutch and Italian titles, known by the word for their field.

Read without accents, before the English rules: no pattern may match an English title of another trade.
"""

_FROM_ENGINEERING = "(?:ingenier\\w+|engenhei?r\\w+|ingenieur\\w*|ingegner\\w+|ingenieria|engenharia|genie)"
_OF = "(?:(?:de|da|do|del|di|en|em|des|du|la|el|les|d'|of)[ ]?){0,2}"
_AI_WORKERS = (
    "(?:expert\\w*|ingenieur\\w*|ingenier[oa]|engenheir[oa]|architecte|consultant\\w*|consultor\\w*|developpeu\\w+"
    "|especialista|desarrollador\\w*|desenvolvedor\\w*|chercheu\\w+|alternance|stage|chef de projet)"
)
_HIRED_TO_SELL = (
    "(?:assistant\\w*|directeur|directrice|responsable|attache\\w*|delegue\\w*|charge\\w*|conseill\\w+|animat\\w+"
    "|technico|alternance|stage|employe\\w*)"
)

_BEFORE_FOREIGN_WORDS = "(?= (?:de|do|da|del|em|en|du|des|der|den|fur|im|voor|per|y|e|et|und)\\b)"

TRADES_IN_OTHER_LANGUAGES: tuple[tuple[str, str], ...] = (
    ("data_engineer", f"data engineer{_BEFORE_FOREIGN_WORDS}"),
    ("data_analyst", f"(?:data|bi) analyst{_BEFORE_FOREIGN_WORDS}"),
    ("product_manager", f"product (?:manager|owner){_BEFORE_FOREIGN_WORDS}"),
    ("program_manager", f"(?:project manager|scrum master){_BEFORE_FOREIGN_WORDS}"),
    ("strategy_consulting", f"business analyst{_BEFORE_FOREIGN_WORDS}"),
    (
        "other",
        "(?:maestr\\w+|ayudante|auxiliar|jefe|chef\\w*|responsable|commis) de (?:cocina|cozinha|obras?|cuisine)"
        "|agente? (?:de police|de policia|d'entretien|de proprete|de securite)"
        "|(?:supervisor\\w*|jef[ea]|auxiliar|oficial|elemento|encargad[oa]) de seguridad(?! (?:informa|de la|digital"
        "|del))"
        "|(?:kfz|nfz|land|landmaschinen|fahrrad|zweirad|baumaschinen)[- ]?mechatronik\\w*",
    ),
    (
        "security_engineer",
        f"(?:seguridad|seguranca|sicurezza) {_OF}(?:la )?informa\\w+|ciberseguridad|ciberseguranca|cyber-?securite"
        "|securite (?:informatique|des systemes\\b.*)|informationssicherheit\\w*|it-?sicherheit\\w*",
    ),
    (
        "legal_compliance",
        "(?:seguranca|seguridad|salud|sicurezza) (?:y salud )?(?:do|en el|del|no|sul) (?:trabalho|trabajo|lavoro)"
        "|prevencion de riesgos\\w*|arbeitssicherheit\\w*|geldwasche\\w*|datenschutz\\w*|conformite|cumplimiento"
        "|juridi[cq]\\w+|nota(?:ire|rio|io|r|riat)(?:in)?|giuridic\\w+|avocat\\w*|assuntos regulatorios"
        "|asuntos regulatorios|affaires reglementaires"
        "|protecao de dados|proteccion de datos|meio ambiente|medio ambiente|qhse|hse",
    ),
    (
        "people",
        "departamento (?:de )?pessoal|(?:seleccion|selecao) (?:de|y|e)(?: \\w+)?|reclutamiento|recrutamento|recrutement"
        "|reclutador\\w*|recrutador\\w*|recruteu\\w+|nominas?|capital humano|gestion de personas|gestao de pessoas"
        "|seleccion|personal(?:sachbearbeit|abrechn|referent|berat|entwickl|wesen|manag|leit|abteilung|gewinnung"
        "|dispon)\\w*"
        "|gestion(?:naire)? (?:de )?(?:la )?paie|lohnbuchhalt\\w*|entgeltabrechn\\w*|risorse umane|ressources humaines"
        "|recursos humanos|d'interim\\b.*|personeelszaken",
    ),
    (
        "qa_engineer",
        "qualitats(?:sicher|manag|pruf|kontroll)\\w*|testautomatisier\\w*|(?:inspecteu|controleu|technicien"
        "|responsable|assistant"
        "|charge|animat)\\S* qualite|controle qualite|qualiticien\\w*|controll?e? de (?:calidad|qualidade)"
        "|(?:inspe[ct]t?or\\w*"
        "|analista|auxiliar|tecnic[oa]|supervisor\\w*|jef[ea]|gerente|coordina?d?en?ador\\w*) (?:de |da )?(?:calidad"
        "|qualidade)"
        "|kwaliteits\\w*",
    ),
    (
        "data_scientist",
        "cient(?:ista|ific\\w+) de (?:dados|datos)|scientifique de donnees",
    ),
    (
        "data_engineer",
        f"{_FROM_ENGINEERING} {_OF}(?:dados|datos|donnees|data)|(?:gobierno|governanca|gouvernance) {_OF}(?:dados|datos"
        "|donnees)|(?:bancos?|bases?) de (?:dados|datos|donnees)",
    ),
    (
        "ml_engineer",
        "inteligencia artificial|intelligence artificielle|kunstliche intelligenz|aprendizado de maquina"
        f"|aprendizaje automatico|{_AI_WORKERS} (?:\\w+ )?ia|ki-?(?:entwickl|ingenieur|spezialist|expert)\\w*",
    ),
    (
        "data_analyst",
        "analist[ae] (?:de|em) (?:dados|datos|bi|informac\\w+|inteligencia\\b.*|analitica\\b.*)"
        "|analyste (?:de )?donnees"
        "|inteligencia de (?:negocios?|mercados?)|datenanaly\\w*|charge\\w* d'etudes statistiques",
    ),
    (
        "it_support",
        "(?:tecnic\\w+|technicien\\w*|administra\\w+|analist[ae]|auxiliar|asistente|assistente|gestor\\w*|responsable"
        f"|gestionnaire) {_OF}(?:\\w+ )?{_OF}(?:soporte|suporte|sistemas|systemes?|redes?(?! soc)|reseaux?"
        f"|informatic\\w+"
        "|informatique|infraestrutura|ti|telecom\\w*)|systemtechniker\\w*|it-?techniker\\w*|netzwerktechniker\\w*"
        "|systemadministrat\\w*|it-?administrat\\w*|(?:systeem|netwerk|applicatie|functioneel )beheer\\w*"
        "|support informatique|correspondant\\w* informatique",
    ),
    (
        "hardware_engineer",
        f"{_FROM_ENGINEERING} (?:\\(a\\) )?{_OF}(?:(?:conception|etudes|calculs?|diseno) (?:en "
        f"|de )?)?(?:producc?\\w+|pro[jy]e[ct]\\w+|proces\\w+|processos?|mecan\\w+"
        "|meccan\\w+|el[ei]c?tr\\w+|elettr\\w+|civil\\w*|industri\\w+|agronom\\w+|chimi\\w+|quimic\\w+|calidad"
        "|methodes|manutencao|mantenimiento|maintenance|automa\\w+|materia\\w+|ambienta\\w+|minas|metalurg\\w+"
        "|aliment\\w+|aeronaut\\w+|robot\\w+|bati\\w*|structure\\w*|energ\\w+|hidraul\\w+|termi\\w+|therm\\w+)"
        "|(?!software|entwicklungs|daten|system|netzwerk|vertriebs|testing|qualitats|wirtschafts)\\w{3,}ingenieur\\w*"
        "|automatizacion industrial|automacao industrial|informatique industrielle|elektrotechnik\\w*|maschinenbau\\w*"
        "|mechatronik\\w*|fertigungs(?:plan|ingenieur|technik|technolog|optimier|steuer|prozess)\\w*|konstrukt\\w+"
        "|systemplaner\\w*|technische[rn]? (?:zeichner|produktdesigner|modellbauer)\\w*|bauzeichner\\w*"
        "|dessinat\\w+[ -]projet\\w+|bureau d'etudes|projeteu\\w+|halbleiter\\w*|versorgungstechnik",
    ),
    (
        "other",
        "guardias?|vigilante|vigia|vigilancia|porteiro|conserje|motorista|chofer|repartidor\\w*|entregador\\w*"
        "|conductor\\w* (?:de|a)(?: \\w+)?|conducteur\\w* (?:de (?:bus|car|ligne|engins)|routier|poids lourd|spl)"
        "|cozinheir\\w*|cociner\\w*|cuisinier\\w*|serveu\\w+|camarer\\w*|garcom|meser\\w+|copeir\\w*|plonge"
        "|faxineir\\w*|limpiador\\w*|limpiez\\w*|limpieza|limpeza|aseo|servicos gerais|servicios generales|nettoyage"
        "|menager\\w*|reinig\\w*"
        "|schoonma\\w+|jardiner\\w*|jardinier\\w*|albanil\\w*|pedreiro|electricist\\w+|eletricist\\w+|electricien\\w*"
        "|elettricist\\w+|fontaner\\w+|plombier\\w*|soldador\\w*|soudeu\\w+|mecanic[oa]s?|mecanicien\\w*|mecanico/a"
        "|operador\\w* (?:de )?(?:maquina\\w*|grua\\w*|grue|produc\\w+|montacarga\\w*|empilhadeira|equipo\\w*)"
        "|ouvrier\\w*|agent\\w* de (?:production|fabrication)|bombeiro\\w*|bombero\\w*|pompier\\w*|marinheir\\w*"
        "|peluquer\\w+|coiffeu\\w+|cabeleireir\\w*|esthetici\\w+|estetici\\w+|policial?|(?:boulanger|boucher)(?:e|s"
        "|es)?"
        "|(?!kaufmannisch|medizin|zahn)\\w*techniker\\w*|\\w*mechaniker\\w*|\\w*elektroniker\\w*|\\w*elektriker\\w*"
        "|\\w*monteu\\w*|\\w*fahrer\\w*|\\w*schlosser\\w*|\\w*schwei(?:ss|ß)er\\w*|schreiner\\w*|tischler\\w*"
        "|dachdecker\\w*|gartner\\w*|hausmeister\\w*|friseu\\w*|kellner\\w*|\\w*koch|\\w*kochin|metzger\\w*"
        "|fleischer\\w*"
        "|produktions(?:mitarbeit|helf|fachkr)\\w*|maschinenbedien\\w*|maschinen- und anlagenfuhrer\\w*|lkw\\b.*"
        "|installateur\\w*|maurer\\w*|servicekraft\\w*|kuchen(?:hilfe|kraft|chef)\\w*|hauswirtschaft\\w*|vigile"
        "|produktiemedewerker|heftruckchauffeur|vrachtwagenchauffeur|beveilig\\w+|kontrolleur\\w*|recepcao de patio",
    ),
    (
        "education",
        "educador\\w*|parvul\\w*|profesor\\w*|docente\\w*|pedagog\\w*|enseignant\\w*|professeu\\w*|formateu\\w*"
        "|formatrice"
        "|creche|petite enfance|schul(?:e|en|leit|rat|begleit|sozial|assist|sekret)\\w*|fachleiter\\w*|lehr(?:er|kraft)"
        "\\w*|erzieher\\w*|kita\\w*|ausbilder\\w*|(?:studien|bildungs|berufs|lern)(?:berat|begleit|betreu)\\w*|leraar"
        "|leerkracht|onderwij\\w+|instrutor\\w*|insegnante\\w*"
        "|padagog\\w*|hilfslehr\\w*"
        "|educateu\\w*|educatrice\\w*|animat(?:eur|rice)\\w*|centro de capacitacion|capacitacion|formacion",
    ),
    (
        "healthcare",
        "farmac\\w+|enferm\\w+|fisioterap\\w*|nutricion\\w*|odontolog\\w*|dentista\\w*|psicolog\\w*|psicopedagog\\w*"
        "|medic[oa]s?|kinesiolog\\w*|terapeut\\w*|cuidador\\w*|gerocult\\w*|dietetic\\w*|biomedic\\w*|fonoaudiolog\\w*"
        "|infirmi\\w*|aide[- ]soignant\\w*|auxiliaire de (?:vie|puericulture|sante)|kinesitherap\\w*|sage[- ]femme"
        "|orthophon\\w*|ergotherap\\w*|opticien\\w*|pharmacien\\w*|brancardi\\w*|logopad\\w*|\\w*pfleger\\w*"
        "|(?:alten|kranken|intensiv|kurzzeit)?pflege\\w*|\\w*krankenschwester\\w*|hebamme\\w*|arzt\\w*|\\w*arzt(?:in)?"
        "|zahn(?:arzt|medizin|techni)\\w*|(?:human|veterinar|tier)(?:medizin|arzt|pfleg)\\w*|pta"
        "|\\w*therapeut\\w*|sanitater\\w*|heilerziehung\\w*|medizinische\\w*"
        "|verpleeg\\w*"
        "|zorg\\w*|thuiszorg|apotheek\\w*|infermier\\w*|medico-?social\\w*",
    ),
    (
        "finance",
        "contab\\w*|contador\\w*|comptab\\w*|financeir\\w*|finanzi?er\\w*|financier[aeo]?s?|finanz\\w*|finanzas"
        "|tesorer\\w*"
        "|tesoureir\\w*|tresor(?:er|ier)\\w*|facturacion|faturamento|faturista|facturation|cobranzas?|cobranca"
        "|recouvrement|creditos?|controladoria|contraloria|controleu\\w* de gestion|controle de gestion"
        "|contas a (?:pagar|receber)|cuentas por (?:pagar|cobrar)|analista fiscal|auxiliar fiscal|fiscalite|fiscalista"
        "|tribut\\w+|impuestos|conciliac\\w+|(?:privat|geschafts?|firmen|gewerbe)kunden(?:berat|betreu)\\w*"
        "|(?:wertpapier|darlehen|schaden|zahlungs)\\w*|meldewesen|(?:finanz|vermogens|anlage|bau(?:spar"
        "|finanz))\\w*|finanziell|financieel|steuer\\w*|buchhalt\\w*|rechnungswesen|kredit\\w*|boekhoud\\w*"
        "|versicherung\\w*|bank(?:kauf|berat|fach)\\w*|verzekering\\w*|seguros|controlleria|^daf"
        "|gestion(?:naire)? (?:de )?(?:sinistres|patrimoine)|amministrazione e finanza",
    ),
    (
        "operations",
        "logisti(?:ca|co|que|cien\\w*|ek\\w*|k\\w*)|suprimentos|compras|comprador\\w*|achats?|acheteu\\w+"
        "|approvision\\w+"
        "|aprovision\\w*|abastecimiento|almacen\\w*|bodeg\\w+|almoxarif\\w*|estoque\\w*|stockist\\w*|inventari\\w*"
        "|reponedor\\w*|repositor\\w*|mercaderista|promotor de vendas|empacad\\w+|conferente|envios?"
        "|order(?:administrat|verwerk|pick)\\w*|planning?s?(?:medewerk|assist)\\w*|kommission\\w*|versand\\w*"
        "|inpakker|embalador\\w*|magasini\\w+|cariste"
        "|prepara(?:t|d)\\w+ de (?:commandes?|pedidos?)|expedic\\w+|frota|flota|operac(?:oes|iones|ion)|lager\\w*"
        "|disponent\\w*"
        "|einkauf\\w*|einkaufer\\w*|magazijn\\w*|magazzin\\w*|inkoop\\w*|inkoper\\w*|licitac\\w+|planejamento"
        "|planificacion"
        "|ordonnancement|produktions(?:leit|plan|steuer)\\w*|fertigungsleit\\w*|schichtleit\\w*|materialfluss\\w*"
        "|chaine logistique|patrimonio",
    ),
    (
        "sales",
        f"{_HIRED_TO_SELL} commercia(?:l|le|ux)(?= ?(?:$|[,(|-]|export|adv|informatique|sedentaire|b2b|adjoint))"
        f"|ejecutiv\\w+ (?:de (?:cuenta|venta|relacion)|comercial)\\w*"
        "|executiv\\w+ de (?:contas?|vendas|relacionamento)|gerente de contas?|ventas|vendas|vendedor\\w*|vendeu\\w+"
        "|comercia(?:l|is|les)|(?:consultor\\w*|asesor\\w*|operador\\w*|agente|analista|emissor) (?:\\(a\\) )?(?:de )?"
        "(?:vendas?|ventas?|viage\\w+|comercia\\w+|inmobiliari\\w+)|winkel\\w*|commercieel\\w*|verko\\w+"
        "|vertegenwoordig\\w+"
        "|agent\\w* immobili\\w+|negociat\\w+|conseill\\w+ (?:de |en )?(?:vente|immobili\\w+|voyages?)"
        "|agent\\w* (?:general |d'|en )assurances?|(?:de|du) magasin|(?:de|da) (?:tienda|loja)|verkauf\\w*|vertrieb\\w*"
        "|filialleit\\w*|kaufmann im einzelhandel|punto de venta|representante|venditor\\w*"
        "|addett\\w+ (?:alle )?vendite"
        "|directeu\\w* d'agence",
    ),
    (
        "customer_support",
        "atendimento|atencion (?:al|a|de) (?:cliente|publico|usuario)\\w*|servicio al cliente|suporte|soporte"
        "|relations? client\\w*|service client\\w*|charge\\w* de clientele|teleconseill\\w+|teleoperador\\w*"
        "|teleatend\\w+"
        "|(?:service|kunden)berater\\w*|klantenservice\\w*|klantcontact\\w*|servicemitarbeit\\w*|kundenberat\\w*"
        "|kundenbetreu\\w*",
    ),
    (
        "marketing",
        "generacion de demanda|geracao de demanda|endomarketing|veranstaltungs(?:refer|manag|kauf|plan)\\w*"
        "|(?:gestor\\w*|analista|criador\\w*) de (?:trafego|trafico|anuncios|midias?|redes sociais|redes sociales)"
        "|publicidad\\w*|publicidade|mercadeo",
    ),
    (
        "communications",
        "offentlichkeitsarbeit\\w*|presse(?:sprech|referent|arbeit|stelle)\\w*|\\w*redakt\\w+|(?:edit(?:or|eur"
        "|rice)\\w*|montador\\w*) (?:de )?(?:video|imagen|imagem)\\w*|creador\\w* de contenido\\w*"
        "|criador\\w* de conteudo\\w*|redac(?:t|c)\\w+|redator\\w*"
        "|traduc\\w+|traduct\\w+|tradut\\w+|comunicac\\w+|communicatie\\w*|jornalist\\w*|periodist\\w*|lektor\\w*"
        "|ubersetz\\w+|charge\\w* de communication|interprete",
    ),
    (
        "designer",
        "disen\\w+ (?:grafic|industrial|ux|ui|web|de )\\w*|disenador\\w*|direc\\w+ (?:de arte|artisti\\w+"
        "|creativ\\w+)|diseno|architecte d'interieur|paysagiste"
        "|infograph\\w*"
        "|graphiste|grafik\\w*|innenarchitekt\\w*|vormgever\\w*|mediengestalt\\w*",
    ),
    (
        "designer",
        "arquitect\\w+(?! (?:de (?:la )?)?(?:ti|software|soluc\\w+|datos|dados|cloud|nube|nuvem|aplica\\w+|sistemas"
        "|empresa\\w*|informac\\w+|tecnolog\\w+|digital|\\(aplica))|architekt(?! (?:software|cloud|it|daten))",
    ),
    (
        "product_manager",
        "(?:chef\\w*|responsable|gerente|jefe|jefa|analista|coordenador\\w*|diretor\\w*|gestor\\w*)"
        " (?:de |do )?(?:produits?|produtos?|productos?)|(?:desarrollo|desenvolvimento) de produ[ct]t?os?",
    ),
    (
        "program_manager",
        "(?:chef\\w*|responsable|jef[ea]|gerente|gestor\\w*|analista|coordenador\\w*|coordinador\\w*|lider|charge\\w*)"
        " (?:de |d'|du )?pro[jy]e[ct]?t?\\w*|projekt(?:leit|manag|assist|koordin)\\w*|projectleider"
        "|conducteur\\w* de travaux",
    ),
    (
        "research_scientist",
        "wissenschaftliche\\w* (?:hilfskraft|mitarbeit\\w*|assist\\w*|referent\\w*)|investigador\\w*|pesquisador\\w*"
        "|chercheu\\w+|laborant\\w*|onderzoeker|quimic[oa]s?|biolog[oa]s?"
        "|laboratoriu?m?",
    ),
)

RANKS_IN_OTHER_LANGUAGES: tuple[tuple[str, str], ...] = (
    ("security_engineer", "securite|seguridad|seguranca"),
    (
        "designer",
        "architecte(?!.*\\b(?:logiciel|solution|si|data|cloud|tech|systeme|reseau|infra|entreprise|fonction|applic|donnees"
        "|it|java|aws|azure|salesforce|sap))",
    ),
    ("it_support", "informatique|informatica|ti|edv"),
    (
        "administrative",
        "administra(?:tiv|tie|tif|cao|cion)\\w*|amministrativ\\w*|digitador\\w*|capturista|datenerfass\\w*"
        "|recepcionista\\w*|receptionniste\\w*|secretari\\w+|secretaire\\w*"
        "|empfang\\w*"
        "|sekretar\\w*|buro\\w*|\\w*sachbearbeit\\w*|verwaltung\\w*|arquivista|bediende|kantoor\\w*|standardiste"
        "|gestionnaire|auxiliar|asistente|assistente|assistante|assistenz",
    ),
    ("finance", "controlador\\w*"),
    ("other", "handwerk\\w*|garten\\w*|\\w*helfer\\w*|groenvoorziening|groenmedewerk\\w*"),
    (
        "operations",
        "responsable|responsavel|encargad\\w+|jef[ea]|gerente|coordinador\\w*|coordenador\\w*|mitarbeit\\w*"
        "|medewerker|bedrijfsleid\\w*|(?:team|ploeg)leid\\w*|leit(?:er|ung)|directeur|directrice|directora"
        "|diretor\\w*|operari\\w+|lider",
    ),
)
