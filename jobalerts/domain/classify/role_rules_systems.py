"""Ordered title rules for data, operations of systems, support, science and hardware.

Patterns read a cleaned title in lower case and stand between word ends; a plural s is allowed.
` ... ` stands for up to four further words.
"""

SYSTEMS_AND_SCIENCE: tuple[tuple[str, str], ...] = (
    (
        "data_engineer",
        "(?:data|analytics|etl|elt|big data|database|bi|business intelligence|dwh|data warehouse|snowflake"
        "|databricks|sql|spark|hadoop|data platform|data infrastructure|data integration|streaming|data ops"
        "|dataops|reporting|power bi|tableau|master data|data pipeline)(?: (?:and|&|analytics|platform"
        "|infrastructure|warehouse|software|systems?|pipelines?|integration|quality|cloud|backend|reliability"
        "|operations|governance|solutions?|science|storage|production|management|lake|migration|modeling"
        "|product|ml|big data|applications|visualization|ingestion|insights))* (?:engineer\\w*|developer"
        "|architect\\w*|modell?er|programmer)|database (?:administrator|admin|administration|reliability"
        "|specialist|manager)|dba|data (?:steward|governance|modeling|modeler|architecture|warehouse"
        "|migration engineer|management specialist|custodian|curator)|dateningenieur\\w*"
        "|(?:software )?engineer,? (?:big )?data(?: platform| infrastructure| engineering| pipelines?)?|etl",
    ),
    (
        "devops_sre",
        "devops|sre|site reliability|platform reliability|(?:cloud|infrastructure|infra|reliability"
        "|production|kubernetes|aws|azure|gcp|build|build and release|release|platform operations"
        "|systems reliability|observability|cloud operations|cloud infrastructure|ci/cd|linux"
        "|service reliability|data ?center operations|capacity|finops|openstack|terraform|build & release"
        "|system operations|site operations)(?: (?:and|&|software|platform|infrastructure|systems?|operations"
        "|network|native|services?|security|automation|support|reliability|cloud|technical|production|storage"
        "|compute|development|efficiency|foundations?))* (?:engineer\\w*|architect\\w*|developer|specialist"
        "|administrator)|(?:software )?engineer,? (?:cloud )?(?:infrastructure|infra|cloud|reliability"
        "|platform infrastructure|production)|operations engineer|sysops|release engineering",
    ),
    (
        "it_support",
        "(?:it|desktop|help ?desk|service ?desk|end[\\s-]user(?: computing)?|technical|tech|systems?|computer"
        "|information technology|network|application|field|technology|deskside|av|audio ?visual|ict|hardware"
        "|it help desk|onsite|edi|atlassian|okta|hubspot|zendesk|m365|office 365|endpoint|help-desk|lan|noc|voip|pc"
        "|infrastructure|client platform|data center"
        "|datacenter|active directory|sharepoint|salesforce|jira|erp|servicenow|workday|sap|oracle|netsuite"
        "|epic|exchange|windows|unix|vmware|cloud|iam|storage)(?: (?:and|&|infrastructure|network|support"
        "|operations|services?|desk|systems?|applications?|field|user|computer|helpdesk|center|level|security"
        "|asset|project|basis|server|hardware))* (?:administrat\\w+|technician|admin)"
        "|(?:it|desktop|help ?desk|service ?desk|end[\\s-]user(?: computing)?|information technology|deskside"
        "|ict|noc|network operations|client platform)(?: (?:and|&|infrastructure|network|support|operations"
        "|services?|desk|systems?|applications?|field|user|business|security|asset|technical|corporate"
        "|operations center))* (?:engineer\\w*|analyst|specialist|manager|lead|coordinator|agent|associate"
        "|supervisor|director|officer|assistant|representative|intern|operator|generalist|professional|expert"
        "|trainee|head|administrator|apprentice|team lead|leader|partner)"
        "|systems? (?:administrat\\w+|technician|specialist)|(?:network|endpoint|m365|it systems?|linux systems?"
        "|windows systems?|wireless|telecom\\w*|voice|unified communications|noc|collaboration|messaging"
        "|storage|servers?|workplace technology|citrix|vmware|windows|corporate)(?: (?:and|&|network|support"
        "|operations|administration|infrastructure|solutions|technology))* (?:engineer\\w*|architect"
        "|administrator|specialist|technician)|sysadmin|\\w+beheerder|técnico (?:de|en) (?:soporte|sistemas"
        "|informática|redes)|help ?desk|service ?desk|it support|it (?:manager"
        "|director|operations|services?|systems|infrastructure|lead)|(?:director|head|vp"
        "|manager),?(?: of)? (?:it|information technology|information systems|enterprise applications"
        "|business systems|it operations)|cio|chief information officer|(?:systems?"
        "|application) (?:support )?analyst|systems administrator|systemadministrator\\w*"
        "|fachinformatiker\\w* (?:für )?systemintegration|technicien (?:support|informatique|réseau\\w*)"
        "|network engineering|business systems? (?:analyst|engineer|administrator)|crm administrator",
    ),
    (
        "customer_support",
        "(?:technical|product|customer|application|tier \\d|l[123]|production|software|developer|cloud"
        "|escalations?|premier|premium) support(?: (?:and|&|operations|services))? (?:engineer\\w*|specialist"
        "|representative|analyst|agent|associate|manager|lead|advisor|supervisor|team lead|consultant"
        "|technician|officer|executive|director|expert|coordinator|intern)|support (?:engineer\\w*"
        "|operations engineer|agent|specialist|representative|associate|advisor)|technical support"
        "|product support|escalation engineer|developer support",
    ),
    (
        "data_scientist",
        "(?:data|decision|quantitative|behaviou?ral data|marketing|product|analytics|business|people"
        "|operations research|machine learning data) scien(?:tist|ce)(?! (?:recruit|manager|engineer|writer))"
        "|data scientist|applied scientist|decision scien\\w+|statistic(?:ian|s) ?\\w*|biostatistic\\w+"
        "|quant(?:itative)?(?: (?:research\\w*|analyst|developer|trader|strategist|modeler|modeller|trading"
        "|risk|finance|analytics|analysis))?|econometric\\w+|economist|operations research(?: (?:analyst"
        "|scientist|engineer))?|data scien\\w+|datenwissenschaftler\\w*|data-scientist|(?:catastrophe|risk"
        "|predictive|actuarial)? ?modell?er|actuar(?:y"
        "|ial)(?: \\w+)?|econom(?:ic|etrics) (?:analyst|researcher)",
    ),
    (
        "designer",
        "(?:ux|user|design|user experience|product|usability|customer experience|qualitative"
        "|mixed[\\s-]methods) research(?:er)?(?: (?:lead|manager|operations|intern))?|research(?:er)?,? (?:ux"
        "|user experience)|ux|ui/ux|user experience|uxr|product design\\w*",
    ),
    (
        "research_scientist",
        "(?:research|applied research|staff research|principal research|computational|environmental|food"
        "|materials|life|soil|climate|remote sensing|analytical|formulation|discovery|process development"
        "|polymer|plant|marine|animal|r&d|laboratory|lab|molecular|cell|protein|immunology|neuro|biology"
        "|chemistry|associate|senior|principal|staff|bioinformatics|genomics|medicinal|in vivo|ai|ml"
        "|machine learning|quantum|geo|research and development) ?(?:scientist)|research (?:scientist"
        "|engineer|fellow|associate|assistant|intern|technician|director|lead|staff|specialist|technologist)"
        "|researcher|scientist|post-?doc\\w*|chemist|biologist|physicist|microbiologist|geologist"
        "|geophysicist|hydrologist|ecologist|bioinformatic\\w+|mathematician|lab(?:oratory)? (?:technician"
        "|manager|assistant|analyst|scientist|technologist)|wissenschaftlich\\w+ mitarbeiter\\w*"
        "|doktorand\\w*|phd (?:student|candidate|position)|chercheu\\w+|r&d (?:chemist|specialist|technician)"
        "|sociologist|anthropologist|archaeologist",
    ),
    (
        "hardware_engineer",
        "(?:hardware|embedded|firmware|electrical|electronics?|mechanical|manufacturing|asic|fpga|rtl|silicon"
        "|vlsi|soc design|chip|analog|mixed[\\s-]signal|rf|radio frequency|antenna|power electronics|pcb"
        "|board|signal integrity|optical|optics|photonics?|laser|thermal|industrial|process"
        "|production engineering|npi|new product introduction|controls?|automation|robotics?|mechatronics?"
        "|aerospace|aeronautical|avionics|flight|propulsion|structural?|structures|automotive|vehicle|battery"
        "|chemical|civil|geotechnical|environmental|materials?|metallurgical|packaging|tooling|cad"
        "|design verification|design for test|dft|physical design|verification|validation|semiconductor"
        "|equipment|maintenance|facilities|reliability test|product development|biomedical|medical device"
        "|nuclear|petroleum|marine|naval|gnc|guidance|instrumentation|plc|scada|hvac|power systems?|power"
        "|energy|systems integration|test equipment|supplier quality|quality systems|sustaining|welding"
        "|building|piping|mining|drilling|reservoir|transportation|traffic engineering|water|wastewater"
        "|hydraulic|bridge|highway|substation|transmission|protection|commissioning|field service|service"
        "|project|drone|uav|radar|sensor|lidar|camera|display|audio|acoustic\\w*|dsp|bios|device driver"
        "|linux kernel|kernel|bsp|iot|wireless hardware|cpu|gpu hardware|memory design|layout|circuit|emc"
        "|electro-?mechanical|mems|spacecraft|satellite|launch|integration and test|rail|architectural"
        "|fire protection|plumbing|stress|lead manufacturing|site|estimating|engineering design"
        "|electromagnetic|turbine|combustion|powertrain|actuator|payload|lithography)(?: (?:and|&|design|software"
        "|systems?|development|test|integration|verification"
        "|validation|application|product|process|quality|project|hardware|firmware|electronics|control|r&d"
        "|research|manufacturing|power|engineering|algorithm|simulation|analysis|mechanical|electrical"
        "|technology|performance|layout|cad|field|service|equipment))* (?:engineer\\w*|developer"
        "|architect(?!ure)|technician|designer|drafter|technologist|programmer|draftsman|draughtsman)"
        "|embedded|firmware|fpga|asic|plc programmer|cnc programmer|cad (?:designer|technician|drafter"
        "|operator)|drafter|elektroingenieur\\w*|maschinenbauingenieur\\w*|ingénieur (?:mécanique|électri\\w+"
        "|électronique|process|production|méthodes)|manufacturing engineering|electronics technician"
        "|engineering technician|hardware|konstrukteur\\w*|quality engineer|mechanical design\\w*"
        "|autonomy engineer|(?:process safety|bioprocess|plant|grid(?: integration)?|cost|r&d|safety|cell|corrosion"
        "|integrity|cryogenics?|fluids?|gas|solar|wind"
        "|chassis"
        "|body|plastics|tool|land development|roadway|stormwater|cable|metrology|magnetics?|motor|mission|ground"
        "|interconnect|yield|etch|device) (?:systems? |design |test )?(?:engineer|technician|designer)"
        "|microarchitect\\w*|electrical design\\w*",
    ),
    ("engineering_manager", "(?:software|application|web) development (?:manager|lead)"),
    ("strategy_consulting", "(?:enterprise|business) architect\\w*"),
    (
        "software_engineer",
        "(?:software|backend|fullstack|platform|api|systems?|application|applications|java|python|\\.net|c#"
        "|c\\+\\+|c/c\\+\\+|c|php|ruby|ruby on rails|rails|golang|go|node|node\\.js|nodejs|scala|rust|elixir"
        "|django|laravel|blockchain|smart contract|solidity|protocol|game|gameplay|games|unity|unreal"
        "|graphics|rendering|engine|distributed systems|core|product|growth|founding|payments?"
        "|integrations? software|compiler|simulation|algorithm\\w*|tools|developer (?:tools|experience"
        "|productivity)|salesforce|servicenow|sap|abap|mainframe|cobol|sharepoint|crm|erp|low[\\s-]code|rpa"
        "|middleware|web3|crypto|video|search|performance|internal tools|productivity|computer|technical|tech"
        "|enterprise|solution|integration|mulesoft|robotic process automation|gis|sitecore|magento|odoo"
        "|appian|pega|automation|hpc|numerical|perl|delphi|cloud software|junior|senior|staff|principal|lead"
        "|member of technical staff)(?:[/ ](?:and|&|software|backend|fullstack|platform|product|systems?"
        "|applications?|application|web|development|design|api|services?|solutions?|cloud|infrastructure"
        "|computer|research|java|python|js|node|react|\\.net|c\\+\\+|core|engine|tools|games?|sql|angular|go"
        "|aws|spring|php|framework|technical|full))* (?:engineer\\w*|developer|programmer|architect"
        "|development|dev)"
        "|software|developer|programmer|entwickler\\w*|softwareentwickl\\w*|software-?entwickl\\w*"
        "|softwareingenieur\\w*|programmierer\\w*|(?:fach)?informatiker\\w*|\\w*anwendungsentwickl\\w*"
        "|développeu\\w+|ingénieur(?:e)? (?:logiciel|développement|informatique|études)|desarrollador\\w*"
        "|programador\\w*|ingeniero de software|desenvolvedor\\w*|engenheir\\w+ de software|sviluppat\\w+"
        "|ontwikkelaar|utvecklare|member of technical staff|software ?architect\\w*|coder|webmaster"
        "|engineer,? (?:backend|platform|product|systems?|fullstack|payments|api|growth|core"
        "|infrastructure software|software|developer \\w+)|(?:founding|product|backend|platform|fullstack"
        "|core|principal|staff) engineer|entwicklungsingenieur\\w*|programista|ソフトウェア(?:エンジニア)?"
        "|エンジニア|개발자|软件工程师|开发工程师|tech(?:nical)? lead|technical architect",
    ),
)
