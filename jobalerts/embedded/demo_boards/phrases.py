"""Sentences of the demo postings: how years, pay, work places and benefits are put into words."""

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

# {m} is what is asked at the least, {word} the same in letters, {top} a bound, {field} what in, {skill} one skill.
AT_LEAST = (
    "{m}+ years of experience in {field}",
    "At least {m} years of professional experience with {skill}",
    "Minimum of {m} years' experience in {field}",
    "{m} or more years in {field}",
    "{word} years of hands-on experience in {field}",
    "You bring {m} years of experience, ideally with {skill}",
    "{m}+ yrs of relevant experience",
    "Proven experience of at least {word} ({m}) years in {field}",
    "{m}+ years in {field}, including some time with {skill}",
)
BOUNDED = (
    "{m}-{top} years of experience in {field}",
    "Between {m} and {top} years of experience in {field}",
    "{m} to {top} years' experience with {skill}",
    "{m}–{top} years of hands-on work in {field}",
)
NONE_NEEDED = (
    "No prior experience required: we train you from the first week",
    "Experience is not required for this role",
    "Entry level: no experience needed, curiosity is",
)
MONTHS = ("At least 18 months of experience in {field}", "18+ months of work with {skill}")
DEGREES = (
    "PhD with {low}+ years, or Master's degree with {m}+ years of experience in {field}",
    "Bachelor's degree and {m}+ years of experience, or a Master's degree and {low}+ years",
)
LEADING = ("{m}+ years in {field}, of which at least 2 years leading a team",)
PREFERRED = (
    "{m}+ years of experience in {field} would be a bonus",
    "Preferably {m} years of experience with {skill}",
)

INTROS = (
    "We are looking for a {title} to join our {department} team in {place}.",
    "Our {department} team in {place} is growing, and we would like a {title} to grow with it.",
    "As a {title} you will work with a small {department} team that ships often and argues kindly.",
    "A place is free in our {department} team: {title}, based in {place}.",
    "This {title} role is new. You will shape it together with the {department} team in {place}.",
)
WORKPLACES = {
    "remote": ("This role is fully remote within {country}.", "Work from anywhere in {country}; we meet twice a year."),
    "hybrid": ("Hybrid: three days a week in our {place} office.", "We share two office days a week in {place}."),
    "onsite": ("You will work on site in {place}.", "This role is based at our {place} location, every day."),
}
NICE = (
    "Experience in a company that grew quickly",
    "A second language that our customers speak",
    "Open-source or volunteer work you are proud of",
    "Knowledge of our industry",
    "Having taught or mentored others",
)
BENEFITS = (
    "30 days of holiday, and a rule that you take them",
    "Equipment of your choice and a budget for your desk",
    "A learning budget that renews every year",
    "Pension contributions from the first day",
    "Private health cover for you and your family",
    "Sixteen weeks of parental leave on full pay",
    "Options that vest over four years",
    "A paid week a year for a cause you choose",
)
PROCESS = (
    "You will hear from us within ten working days. The interviews are three conversations, none longer than an hour.",
    "Our process: a call, a small paid task, a day with the team. We answer everybody.",
    "Send us what you have; a cover letter is welcome and never required.",
)
EQUAL = (
    "We hire for what people can do. Tell us what you need for a fair interview and we will arrange it.",
    "All qualified applicants are considered, whatever their age, origin, belief, gender or family.",
)
CHANGED = "Update: we would now also welcome part-time applications from 80 percent upwards."
