#!/usr/bin/env python3
"""Makes data/gazetteer/*.csv from the collected tables and the additions beside this file.

    python3 training/gazetteer/clean.py DIRECTORY data/gazetteer

DIRECTORY holds the collected tables (people, roles, orgs, places, countries, offices, and the
hand-written ones under hand/). Rows of additions/ win over collected rows. The output is sorted, so
that the same input always gives the same files. What code can derive is not written down.
"""
import csv
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = {"eps": "wikidata", "factbook": "factbook", "congress-legislators": "congress", "hand": "hand"}

# Offices of which one body has one holder at a time; their terms are cut where the next begins.
SINGLE = {
    "president", "monarch", "supreme-leader", "pope", "prime-minister", "foreign-minister",
    "defence-minister", "finance-minister", "interior-minister", "justice-minister",
    "un-secretary-general", "un-ambassador",
}
TITLE_WORDS = {
    "sir", "dr", "lord", "lady", "prof", "maj", "capt", "col", "lt", "brig", "adm", "hon", "rev", "mr", "mrs", "ms",
    "president", "president-elect", "ambassador", "minister", "governor", "senator", "acting", "former",
    "formerly", "prime", "deputy", "first", "transitional", "interim", "chairman", "secretary", "judge", "his", "her",
    "representated", "representative", "affairs", "commission", "tenure", "aka", "and", "or", "it", "is", "vacant", "vice", "premier",
    "chief", "commissioner", "justice", "marshal", "charge", "chargé", "moslman", "co-prince", "coprince",
}
TITLE_PAIRS = ("Gen ", "Gen. ", "Lt. Gen. ", "Maj. Gen. ", "Queen ", "King ", "Dame ", "Mullah ", "Sheikh ", "Ayatollah ",
               "Crown Prince ", "Prince ", "Princess ", "Pope ", "Sultan ", "Emir ", "General ", "Admiral ", "Captain ")
REGNAL = re.compile(r"^(Pope|King|Queen|Emperor|Prince|Sultan|Sheikh|Emir|Patriarch)\b")
EAST_ASIAN = {"CN", "KR", "KP", "TW", "HK", "MO"}
SURNAME_LAST_WORDS = {"jr", "jr.", "sr", "sr.", "jnr", "ii", "iii", "iv", "v", "vi"}
PARTICLES = {"von", "van", "de", "der", "den", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "el", "al",
             "bin", "bint", "ibn", "ben", "ter", "ten", "zu", "abu", "abd", "st.", "st", "mac", "al-", "e", "do"}


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_tsv(path, sep="\t"):
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            rows.append([cell.strip() for cell in line.split(sep)])
    return rows


def write(path, columns, rows):
    # "the Pentagon" says no more than "Pentagon", and would take the article into the name.
    for row in rows:
        lists = [c for c in ("aliases", "metonyms") if row.get(c)]
        every = {row.get("name")} | {n for c in lists for n in row[c].split("|")}
        for c in lists:
            row[c] = "|".join(n for n in row[c].split("|") if not (n.lower().startswith("the ") and n[4:] in every))
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def plain(text):
    """Without diacritics: the form for comparing and sorting."""
    for letter, written in zip("łŁøØđĐðÐıæÆœŒþÞßə", ["l", "L", "o", "O", "d", "D", "d", "D", "i", "ae", "AE", "oe", "OE", "th", "Th", "ss", "e"]):
        text = text.replace(letter, written)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def fold(text):
    return "".join(c for c in plain(text).lower() if c.isalnum() and unicodedata.category(c) != "Lm")


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", plain(text).lower().replace("'", "").replace("’", "")).strip("-")


def tidy(text):
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    text = text.replace("‘", "'").replace("’", "'").replace("ʻ", "'").replace("`", "'").replace("\u00a0", " ")
    return re.sub(r"\s+", " ", text).strip()


def aliases_of(name, aliases):
    """Aliases that differ from the name and from one another by more than accents, dots and hyphens.

    "Nato" stays beside "NATO": an acronym is found in upper case only. "Viet Nam" stays beside
    "Vietnam": a space in the text must be one in the name.
    """
    same = lambda text: (tuple(fold(w) for w in re.split("[ -]", text) if fold(w)), plain(text).isupper() and " " not in text)
    seen, out = {same(name)}, []
    for alias in aliases:
        alias = tidy(alias)
        if alias and fold(alias) and same(alias) not in seen:
            seen.add(same(alias))
            out.append(alias)
    return out


def transcribed(name):
    """The name with ae, oe, ue for its umlauts; nothing where it has none."""
    written = name
    for umlaut, letters in zip("äöüÄÖÜ", ["ae", "oe", "ue", "Ae", "Oe", "Ue"]):
        written = written.replace(umlaut, letters)
    return written if written != name else ""


# ------------------------------------------------------------------ countries


def country_keys(directory):
    keys = {}
    for row in read(directory / "countries.csv"):
        if row["id"] == "place:eu":
            keys["place:eu"] = keys["x-eu"] = "org:european-union"
            continue
        key = row["id"] if row["id"].startswith("iso:") else "wd:" + row["qid"]
        keys[row["id"]] = key
        keys["x-" + row["id"].removeprefix("place:")] = key
        if row["iso2"]:
            keys[row["iso2"]] = key
    return keys


BIG = {"US": 100, "CN": 98, "RU": 98, "GB": 96, "FR": 96, "DE": 96, "JP": 96, "IN": 96, "IR": 94, "IL": 94, "KR": 94,
       "KP": 94, "UA": 95, "TR": 93, "SA": 93, "PK": 93, "TW": 92, "PS": 93, "SY": 92, "IQ": 92, "AF": 92, "EG": 92}
# Metonyms that are bodies with entries of their own, or too common as plain names.
NO_METONYM = {"White House", "the White House", "Pentagon", "the Pentagon", "Langley", "Westminster", "Rawalpindi",
              "Verkhovna Rada", "Number 10", "Union Buildings"}
NO_COUNTRY_NAME = {"the South", "the North", "Gaza", "Gaza Strip", "West Bank", "the bloc", "the Gulf", "Gulf",
                   "Chisinau in Romanian", "Saint-Barth/ St. Barts", "KSA", "SRV", "TCA", "RSA", "Wallis", "Emirates",
                   "current country name disputed", "SAR", "Federation of", "US", "UK", "Union", "GDR", "DPR", "DNR",
                   "LPR", "LNR", "Barbuda", "Trinidad"}
KEEP_ADJ = {"U.S.", "UK", "U.K.", "US", "EU"}


def countries(directory, keys):
    out, places = [], []
    for row in read(directory / "countries.csv"):
        if row["id"] == "place:eu":
            continue
        iso = row["iso2"]
        split = lambda cell: [tidy(x) for x in row[cell].split("|") if tidy(x)]
        name = {"Türkiye": "Turkey"}.get(row["name"], row["name"])
        bad = NO_COUNTRY_NAME - ({"Gaza", "Gaza Strip", "West Bank"} if row["id"] in ("place:gaza", "place:west-bank") else set())
        names = [x for x in split("aliases") + [row["name"]] if x not in bad and not re.search("[/;]", x)]
        if iso in ("US", "GB"):
            names += ["US"] if iso == "US" else ["UK"]
        names = [x for x in names if x not in ("EU",)]
        kind = row["kind"]
        acts = kind in ("sovereign", "territory", "disputed", "historical")
        demonyms = split("demonyms") + split("demonyms_pl")
        demonyms = [d for d in demonyms if not d.endswith("mans") and not d.endswith("womans")]
        adjectives = [a for a in split("adjectives") if a != "Gulf"]
        if iso in ("PM", "AW", "GP", "MQ", "RE", "YT", "GF", "BL", "MF", "NC", "PF", "AX", "SJ"):
            adjectives = [a for a in adjectives if a not in ("French", "Dutch", "Finnish", "Norwegian")]
            demonyms = [d for d in demonyms if not d.startswith(("French", "Dutch"))]
        metonyms = [m.split("=")[0] for m in split("metonyms")]
        capitals = split("capitals")
        if kind == "subnational" or kind == "region":
            capitals = []
        metonyms = [m for m in metonyms if m not in NO_METONYM and m not in capitals]
        rank = BIG.get(iso) or {"sovereign": 90, "disputed": 75, "territory": 55, "historical": 60, "continent": 70}.get(kind, 65)
        parent = keys.get(row["parent"], "") if row["parent"] else ""
        entry = {
            "kind": "country" if acts else "place", "name": name, "aliases": "|".join(aliases_of(name, names)),
            "key": keys[row["id"]], "subkind": kind, "country": parent,
            "adjectives": "|".join(dict.fromkeys(adjectives)), "demonyms": "|".join(dict.fromkeys(demonyms)),
            "capitals": "|".join(x for x in dict.fromkeys(capitals) if x not in NO_COUNTRY_NAME), "metonyms": "|".join(dict.fromkeys(metonyms)),
            "rank": rank, "source": "hand" if not iso else "country-codes+factbook+hand",
        }
        out.append(entry)
    return out


# ------------------------------------------------------------------ organisations

ORG_KINDS = {"ministry", "military", "police", "intelligence", "agency", "legislature", "court", "central-bank",
             "government", "office", "committee"}
GENERIC = set("""air force forces navy naval army ground land coast guard guards national police ministry of interior
defense defence the and security internal affairs public armed royal special service services border gendarmerie civil
protection home general state republican presidential maritime marine corps infantry department military command joint
logistics support operations aviation reserve federal civilian judicial citizens militia regiment battalion fleet
reserves defenses republic ministries district component branch intervention rapid reaction strategic missile troops
airborne rocket medical training cyber space central main directorate agency marines rescue emergency fire drug control
customs immigration migration environment environmental justice order elite unit units administration ground-based coastal
self operational self-defense forest parks village paramilitary local e f d wing nations arms emergencies e.g""".split())
BODY = {"us-state": "foreign-ministry", "us-defense": "defence-ministry", "us-justice": "justice-ministry",
        "us-treasury": "finance-ministry", "us-interior": "interior-ministry", "us-hhs": "health-ministry",
        "us-commerce": "trade-ministry", "us-energy": "energy-ministry", "us-congress": "parliament",
        "us-supreme-court": "supreme-court", "federal-reserve": "central-bank", "uk-parliament": "parliament",
        "fcdo": "foreign-ministry", "uk-mod": "defence-ministry", "home-office": "interior-ministry",
        "hm-treasury": "finance-ministry", "bank-of-england": "central-bank", "ru-mfa": "foreign-ministry",
        "state-duma": "parliament", "npc": "parliament", "pla": "military", "pboc": "central-bank",
        "bundestag": "parliament", "bundeswehr": "military", "bundesbank": "central-bank", "kpa": "military",
        "spa-kp": "parliament", "diet": "parliament", "jsdf": "military", "boj": "central-bank", "lok-sabha": "parliament",
        "rbi": "central-bank", "idf": "military", "knesset": "parliament", "saf-sudan": "military",
        "tatmadaw": "military", "verkhovna-rada": "parliament", "rba": "central-bank", "bank-of-canada": "central-bank",
        "snb": "central-bank", "national-assembly-kr": "parliament", "national-assembly-fr": "parliament",
        "ru-mfa-": ""}
NOT_ALIAS = {"Fox", "Labor", "Marines", "Conservatives", "Liberals", "the bloc", "the world body", "Security Service", "Commons", "Lords", "House", "Amnesty", "VA", "DOT", "Davos",
             "Wikipedia", "Treasury", "the Commonwealth", "Quad", "CARE", "Lords", "Union", "X", "MIT"}
KEEP_NAME = {"X": "X Corp.", "Meta": "Meta Platforms", "Apple": "Apple", "CARE": "CARE International"}


def organizations(directory, keys):
    rows, seen = [], set()
    for cells in read_tsv(directory / "hand/orgs.psv", "|"):
        cells += [""] * 6
        ident, kind, name, aliases, country, parent = cells[:6]
        key = "org:" + ident
        seen.add(fold(name))
        names = [a for a in aliases.split(";") if a not in NOT_ALIAS]
        if name in KEEP_NAME and KEEP_NAME[name] != name:
            names.append(name)
            name = KEEP_NAME[name]
        if ident == "wikimedia":
            names = []
        row = {"kind": "organization", "name": name, "aliases": "|".join(aliases_of(name, names)), "key": key,
               "subkind": kind, "country": keys.get(country, ""), "parent": "org:" + parent if parent else "",
               "body": BODY.get(ident, ""), "rank": 80 if kind in ("igo", "un-body", "alliance", "bloc") else 70, "source": "hand"}
        if ident == "european-union":
            row.update(adjectives="EU", capitals="Brussels", rank=95, subkind="igo",
                       aliases="EU|European Communities")
        if ident == "united-nations":
            row.update(rank=95)
        rows.append(row)
    for row in read(directory / "orgs.csv"):
        if "hand" in row["provenance"].split("+") or row["provenance"].startswith("phoenix"):
            continue
        name = tidy(row["name"]).removeprefix("the ")
        words = re.findall(r"[\w'-]+", name.lower())
        if fold(name) in seen or len(words) < 2 or len(words) > 9 or re.search(r"[/()\[\]\"?:;–]|\d{3}|\bor\b|\be\.g|\bincludes\b", name):
            continue
        if not name[0].isupper() or words[-1] in ("for", "of", "and", "the", "e") or all(w in GENERIC for w in words):
            continue
        if row["type"] in ("military", "police", "ministry") and words[0] in ("ministry", "ministries", "department"):
            continue
        if row["type"] in ("rebel", "terrorist") or row["provenance"].startswith("congress"):
            pass
        aliases = [a for a in aliases_of(name, row["aliases"].split("|"))
                   if not (len(a.replace(".", "")) < 4 or re.search(r"[/()\[\]\"?:;]", a) or (" " not in a and not a.isupper()))]
        rows.append({"kind": "organization", "name": name, "aliases": "|".join(aliases), "key": row["id"],
                     "subkind": row["type"], "country": keys.get(row["country"], ""), "parent": "", "body": "",
                     "rank": 30, "source": "factbook" if row["provenance"].startswith("factbook") else "congress"})
    # A party's name that several countries share says nothing by itself.
    count = Counter(fold(r["name"]) for r in rows)
    rows = [r for r in rows if r["source"] == "hand" or count[fold(r["name"])] == 1]
    agencies = [r for r in rows if r["subkind"] in ORG_KINDS and r["country"]]
    others = [r for r in rows if not (r["subkind"] in ORG_KINDS and r["country"])]
    return agencies, others


# ------------------------------------------------------------------ places

# City names that are commoner as words or as family names than as places in the news.
NO_CITY = {"Of", "Mary", "San", "Same", "Bar", "Nice", "Split", "Reading", "Mobile", "Salt", "Born", "Van", "Man", "Most", "Ho",
           "Sale", "Along", "Police", "March", "Un", "As", "Victoria", "Santiago", "George", "Orange", "Union", "Serra",
           "Wu", "Xi", "Suzuka", "Lincoln", "Jackson", "Madison", "Anderson", "Kennedy", "Gaza", "Wilson", "Houston city"}


def places(directory, keys):
    rows = []
    used = set()
    for row in read(directory / "places.csv"):
        name = tidy(row["name"])
        if row["kind"] == "us-state":
            code = row["id"].split(":")[1]
            names = [a for a in row["aliases"].split("|") if a != name]
            rows.append({"kind": "place", "name": {"District of Columbia": "District of Columbia"}.get(name, name), "aliases": "|".join(aliases_of(name, names)),
                         "key": "iso:US-" + code, "subkind": "us-state", "country": "iso:US", "parent": "", "rank": 60, "source": "hand"})
            continue
        population = int(row["population"] or 0)
        if population < 450_000 and row["country"] not in ("US", "GB", "UA", "IL", "PS", "SY", "IQ", "AF", "LB", "KP"):
            continue
        if name in NO_CITY or len(name) < 3 or re.search(r"\d|[/()]", name) or "District" in name:
            continue
        names = [a for a in row["aliases"].split("|") if a and len(a) > 3 and a not in NO_CITY]
        country = keys.get(row["country"], "")
        if not country or (fold(name), country) in used:
            continue
        used.add((fold(name), country))
        parent = "iso:US-" + row["admin"] if row["country"] == "US" and row["admin"] else ""
        rank = 50 if population > 5_000_000 else 40 if population > 1_500_000 else 25
        rows.append({"kind": "place", "name": name, "aliases": "|".join(aliases_of(name, names)), "key": row["id"],
                     "subkind": "city", "country": country, "parent": parent, "rank": rank, "source": "geonames"})
    known = {r["key"] for r in rows}
    for r in rows:
        if r["parent"] and r["parent"] not in known:
            r["parent"] = ""
    return rows


# ------------------------------------------------------------------ people and roles


def person_name(text):
    """A clean name, or nothing where the text is not one."""
    text = tidy(text)
    text = re.sub(r"\s*[(\"][^)\"]*[)\"]\s*", " ", text).strip()
    text = re.sub(r",? (Jr|Sr)\.?$", r" \1.", text)
    text = re.sub(r",? Jnr$", " Jr.", text)
    text = re.sub(r", (III|II|IV)$", r" \1", text)
    text = re.sub(r"^(Charges? d'Affair\w*|Consul General|Commonwealth of Australia General|Co-Vice President|Foreign Affairs|"
                  r"Governor-General( of New Zealand)?|Lieutenant-Governor|Lieutenant Governor|Vice Admiral|H\. ?E\.|Ambassador|Sr\. Gen\.|"
                  r"Temporary Vice President|Apostolic \w+|Bailiff|Dame|Vice Admiral) (Dame |Vice Admiral |Ambassador )?(?=\S+ \S)", "", text)
    text = re.sub(r"^(Islamic Republic of )?(Afghanistan|Australia|China|Premiers|Ceo|CEO) (?=\w+ \w)", "", text)
    text = re.sub(r" of (Spain|Jordan|Sweden|Denmark|Norway|Morocco|Bahrain)$", "", text)
    text = re.sub(r", (\d+\w+ )?(Baron|Baroness|Baronet|Viscount|Marquis|Earl|Marquess|Duke).*$", "", text)
    if re.search(r"[^\w\s.'\-]|[\d_]", text) or not text:
        return ""
    while True:
        head, _, rest = text.partition(" ")
        if head.lower().strip(".") in TITLE_WORDS and rest:
            if head.lower() in ("and", "or", "it", "is", "tenure", "representated", "vacant", "moslman"):
                return ""
            text = rest
            continue
        break
    if text[:1].islower() and not text.lower().startswith(("al-", "el ", "el-", "al ")):
        return ""
    if re.search(r"[\u0370-\uffff]", unicodedata.normalize("NFC", text).translate({i: None for i in range(0x1E00, 0x1F00)})):
        return ""
    if len(text) > 60 or len(text.split()) > 8 or any(len(w) > 20 for w in text.split()):
        return ""
    if text.lower().split()[0] in TITLE_WORDS or text.lower().split()[-1] in ("of", "and", "the"):
        return ""
    return text


def day(text, last):
    """ISO day of a date of any precision: the first day that it covers, or the last."""
    text = text.strip().lstrip("~")
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        return ""
    parts = [int(p) for p in text.split("-")]
    if not 1850 <= parts[0] <= 2035:
        return ""
    if len(parts) == 1:
        return f"{parts[0]}-12-31" if last else f"{parts[0]}-01-01"
    if not 1 <= parts[1] <= 12:
        return ""
    if len(parts) == 2:
        leap = parts[0] % 4 == 0 and (parts[0] % 100 != 0 or parts[0] % 400 == 0)
        end = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][parts[1] - 1]
        return f"{parts[0]}-{parts[1]:02}-{end if last else 1:02}"
    return text


def before(iso):
    import datetime
    return (datetime.date.fromisoformat(iso) - datetime.timedelta(days=1)).isoformat()


OFFICE = {"US_SECRETARY_OF_STATE": "foreign-minister"}


def office_code(code):
    return OFFICE.get(code, code.lower().replace("_", "-"))


def clean_title(title):
    title = tidy(title)
    title = re.sub(r"\s*\([^)]*\)", "", title)
    title = re.sub(r" of( the)?$", "", title)
    return title if 3 < len(title) < 90 and not re.search(r"[\[\]\"]", title) else ""


def fix_office(office, title, of):
    """The office that a title really names; nothing where the collected code is wrong."""
    low = title.lower()
    if office == "head-of-state":
        if not re.search(r"head of state|supreme leader|^leader$|executive president|chair(man|person) of the presidency|prince of", low):
            return ""
        return "supreme-leader" if "supreme leader" in low else "head-of-state"
    if office == "prime-minister" and re.search(r"premier of|prime minister of (republika|azad|the fed|crimea|the cook|niue)|chief minister|administrator|governor|^vice$|chief executive|secretary", low):
        return "governor"
    if office == "prime-minister" and re.search(r"deputy|vice|ministers|first", low):
        return "deputy-prime-minister"
    if office in ("president", "prime-minister") and re.match(r"(deputy|vice|former)", low):
        return ""
    if office == "president" and re.search(r"president of (the )?(somaliland|south ossetia|abkhazia|government|republika|senate|chamber|court|council of|national|people's assembly)", low):
        return ""
    if office == "foreign-minister" and re.search(r"foreign trade|external trade|of state for foreign", low) and "foreign affairs" not in low.replace("of state for foreign affairs", ""):
        return "trade-minister" if "trade" in low else "deputy-foreign-minister"
    if office == "defence-minister" and re.search(r"materiel|equipment|personnel|industr|production|space|logistics", low):
        return "minister"
    if office == "speaker" and re.search(r"conference|caucus|committee|outreach|steering|policy", low):
        return "party-leader"  # of a party in a chamber, not of the chamber
    if office == "monarch" and re.search(r"co-prince|prime minister", low) and of != "iso:BN":
        return "monarch" if "co-prince" not in low else ""
    return office


def people_and_roles(directory, keys, org_keys):
    raw = {}
    for row in read(directory / "people.csv"):
        key = "wd:" + row["qid"] if row["qid"] else "person:" + row["id"].split(":", 1)[1]
        raw[row["id"]] = dict(row, key=key)
        if row["qid"]:
            raw[row["qid"]] = raw[row["id"]]
    roles = []
    offices = {office_code(r["code"]) for r in read(directory / "offices.csv")}
    titles = {}
    for r in read(directory / "offices.csv"):
        titles[office_code(r["code"])] = r["pref_label"].lower()
    for row in read(directory / "roles.csv"):
        person = raw.get(row["person"]) or raw.get("wd:" + row["person"])
        of = row["country_or_org"]
        of = keys.get(of) or ("org:" + of if "org:" + of in org_keys else "")
        if not person or not of:
            continue
        if row["office"] in ("PRESIDENT", "VICE_PRESIDENT") and row["country_or_org"] in ("AS", "GU", "MP", "PR", "VI"):
            continue
        if row["office"] == "PRESIDENT" and row["country_or_org"] in ("HK", "MO", "GP", "MQ", "RE", "YT", "GF", "BL", "MF", "PM", "NC", "PF", "WF", "TF"):
            continue
        # Heads of all sorts of bodies were collected under the United Nations; the hand-made list has them right.
        if row["office"] == "IGO_HEAD" and of == "org:united-nations":
            continue
        title = clean_title(row["title"])
        office = fix_office(office_code(row["office"]), title, of)
        if not office:
            continue
        start, end = day(row["from"], False), day(row["to"], True)
        if start and end and end < start:
            end = ""
        # Terms of the hand-made list are read from that list itself: see `main`.
        if row["source"] == "hand":
            continue
        source = "factbook" if row["source"].startswith("factbook") else "congress" if "congress" in row["source"] else "wikidata"
        roles.append({"person": person["key"], "office": office, "of": of, "title": title, "from": start, "until": end,
                      "source": source, "asof": row["asof"], "detail": row["detail"]})
    return raw, roles, offices, titles


def family_name(name, country, surname):
    """The family name where it is not the last word (which code takes by itself)."""
    words = name.split()
    if len(words) < 2:
        return ""
    last = words[-1]
    if surname and surname != last and surname in words:
        return surname
    if surname and " " in surname and surname in name and surname != name:
        return surname
    if country in EAST_ASIAN and len(words) in (2, 3) and len(words[0]) <= 7 and "-" not in words[0]:
        if country in ("HK", "MO", "TW") and len(words) == 3 and "-" not in words[-1]:
            return ""
        return words[0]
    if last.lower() in SURNAME_LAST_WORDS and len(words) > 2:
        return words[-2]
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in PARTICLES:
        first -= 1
    if first < len(words) - 1 and words[first].lower() not in ("bin", "e", "y", "bint", "ibn"):
        return " ".join(words[first:])
    return ""


SNAPSHOT = "2022-08-01"  # the collected Wikidata tables know nothing after this day
WEIGHT = {"hand": 0, "wikidata": 1, "congress": 1, "factbook": 2}


def days(first, last):
    """About how many days lie between two ISO days."""
    number = lambda day: int(day[:4]) * 372 + int(day[5:7]) * 31 + int(day[8:])
    return number(last) - number(first)


def close_terms(roles):
    """Single-seat offices: one holder a day. A surer source's term stays; others fill the gaps.

    Of two terms of equal sources the later one ends the earlier. A Wikidata term that was open on
    the day of the snapshot is ended by any term that begins after it.
    """
    by_seat = defaultdict(list)
    out = []
    for r in roles:
        (by_seat[r["office"], r["of"]] if r["office"] in SINGLE else out).append(r)
    for terms in by_seat.values():
        terms = [dict(t) for t in terms if t["from"]]
        terms.sort(key=lambda t: (t["from"], WEIGHT[t["source"]], t["until"] or "9999", t["person"]))
        for t in terms:
            t["end"] = t["until"] or "9999-12-31"
        # Terms of one person that touch are one term.
        merged = []
        for t in terms:
            same = [k for k in merged if k["person"] == t["person"] and t["from"] <= day_after(k["end"])]
            if same:
                k = same[-1]
                if WEIGHT[t["source"]] < WEIGHT[k["source"]]:
                    if k["from"].endswith("-01-01") and k["from"][:4] == t["from"][:4]:
                        k["from"] = t["from"]           # only the year was known
                    k["end"] = t["end"]
                    k["source"] = t["source"]
                elif t["source"] == k["source"]:
                    k["end"] = max(k["end"], t["end"])
                k["title"] = k["title"] or t["title"]
                continue
            merged.append(t)
        # A cabinet that followed another is often left out: nobody stood between two terms of one person.
        for n, t in enumerate(merged):
            later = next((k for k in merged[n + 1:] if k["from"] > t["end"]), None)
            if later and later["person"] == t["person"] and days(t["end"], later["from"]) <= 120 \
                    and not any(k["from"] <= later["from"] and k["end"] >= t["end"] for k in merged if k["person"] != t["person"]):
                t["end"] = before(later["from"])
        starts = sorted(t["from"] for t in merged)
        for t in merged:
            if t["source"] == "wikidata" and t["end"] > "9999":
                later = [s for s in starts if s > max(SNAPSHOT, t["from"])]
                if later:
                    t["end"] = before(later[0])
        # Who stood in for some days inside a term did not end it.
        for t in merged:
            inner = [k for k in merged if k["person"] != t["person"] and k["source"] == t["source"]
                     and t["from"] < k["from"] and k["end"] < t["end"] < "9999"]
            if len(inner) == 1 and days(inner[0]["from"], inner[0]["end"]) <= 31:
                rest = dict(t, **{"from": day_after(inner[0]["end"])})
                if not any(k["from"] < rest["end"] and rest["from"] <= k["end"] for k in merged if k is not t):
                    merged.append(rest)
                    t["end"] = before(inner[0]["from"])
        placed = []
        for t in sorted(merged, key=lambda t: (WEIGHT[t["source"]], t["from"], t["person"])):
            # An equal or surer term that began later cuts this one; one that was there first moves its start.
            for k in sorted(placed, key=lambda k: k["from"]):
                if k["end"] < t["from"] or k["from"] > t["end"]:
                    continue
                equal = WEIGHT[k["source"]] == WEIGHT[t["source"]]
                if equal and k["from"] < t["from"]:
                    k["end"] = before(t["from"])
                elif k["from"] > t["from"]:
                    t["end"] = before(k["from"])
                else:
                    t["from"] = day_after(k["end"]) if k["end"] < "9999" else "9999-12-31"
            if t["from"] <= t["end"] and t["from"] < "9999":
                placed.append(t)
        for t in placed:
            short = t["end"] < "9999" and days(t["from"], t["end"]) < 20
            if t["from"] <= t["end"] and not (short and t["source"] == "factbook"):
                t["until"] = "" if t["end"] > "9999" else t["end"]
                out.append(t)
    return out


def join_spellings(people, roles, join):
    """Joins "Javier Gerardo Milei" to "Javier Milei": same country, one name's words are among the other's,
    and they held the same office at the same time, or one of them has no office that the other lacks."""
    by_country = defaultdict(list)
    terms = defaultdict(list)
    for r in roles:
        terms[r["person"]].append(r)
    for key, p in people.items():
        by_country[p["country"]].append((key, [fold(w) for w in p["name"].replace("-", " ").split()]))
    overlap = lambda a, b: a["office"] == b["office"] and a["of"] == b["of"] and a["from"] <= (b["until"] or "9999") and b["from"] <= (a["until"] or "9999")
    pairs = []
    for group in by_country.values():
        first = defaultdict(list)
        for key, words in group:
            for word in set(words):
                first[word].append((key, words))
        for key, words in group:
            if key.startswith("wd:"):
                continue
            near = {k: w for word in words for k, w in first[word] if k != key}
            for other, others in sorted(near.items()):
                a, b = set(words), set(others)
                if words == others or len(a & b) >= 2 and (a <= b or b <= a) and any(overlap(x, y) for x in terms[key] for y in terms[other]):
                    pairs.append((key, other))
                    break
    for old, new in pairs:
        if old in people and new in people:
            join(old, new)


def day_after(iso):
    import datetime
    if iso > "9999":
        return iso
    return (datetime.date.fromisoformat(iso) + datetime.timedelta(days=1)).isoformat()


def main():
    directory, target = Path(sys.argv[1]), Path(sys.argv[2])
    additions = HERE / "additions"
    keys = country_keys(directory)
    country_rows = countries(directory, keys)
    agency_rows, org_rows = organizations(directory, keys)
    place_rows = places(directory, keys)
    add = {p.stem: read(p) for p in sorted(additions.glob("*.csv"))}
    for cells in read_tsv(directory / "hand/people.tsv"):
        cells += [""] * 7
        of = keys.get(cells[2]) or "org:" + cells[2]
        add["roles"].append({"person": cells[0], "office": office_code(cells[3]), "of": of, "title": cells[4], "from": cells[5],
                             "until": cells[6], "aliases": cells[1]})

    def merge(rows, extra):
        table = {r["key"]: r for r in rows}
        for r in extra:
            if r.get("suppress"):
                table.pop(r["key"], None)
                continue
            old = table.get(r["key"], {})
            new = {c: v for c, v in r.items() if v}
            if old and new.get("aliases", "").startswith("+"):
                new["aliases"] = "|".join(aliases_of(new.get("name") or old["name"], [*old.get("aliases", "").split("|"), *new["aliases"][1:].split("|")]))
            table[r["key"]] = {**old, **new}
            table[r["key"]].setdefault("source", "hand")
        return list(table.values())

    country_rows = merge(country_rows, add.get("countries", []))
    agency_rows = merge(agency_rows, add.get("agencies", []))
    org_rows = merge(org_rows, add.get("organizations", []))
    place_rows = merge(place_rows, add.get("places", []))
    org_keys = {r["key"] for r in agency_rows + org_rows}
    raw, roles, offices, titles = people_and_roles(directory, keys, org_keys)
    offices_rows = merge([dict(r, key=r["code"]) for r in office_rows(directory)], [dict(r, key=r["office"]) for r in add.get("offices", [])])

    alone = {}
    for line in (HERE / "alone.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            surname, _, full = line.partition("\t")
            alone.setdefault(fold(full), []).append(surname)

    # The people: the collected ones, then the added ones, by name.
    rank_of = {r["office"]: int(r["rank"]) for r in offices_rows}
    people = {}
    by_name = {}
    by_person = defaultdict(list)
    for role in roles:
        by_person[role["person"]].append(role)
    for ident, row in raw.items():
        key = row["key"]
        if key in people:
            continue
        name = person_name(row["name"])
        if not name:
            continue
        # A person belongs where the highest office was held; of several such, to the better known country.
        held = Counter()
        for role in by_person.get(key, ()):
            if role["of"].startswith("iso:"):
                code = role["of"].removeprefix("iso:")
                held[code] = max(held[code], rank_of.get(role["office"], 0))
        country = max(held, key=lambda c: (held[c], c in BIG, c)) if held else row["countries"].split("|")[0]
        aliases = []
        for alias in row["aliases"].split("|"):
            clean = person_name(alias)
            if clean and (len(clean.split()) > 1 or clean in ("MBS", "Tedros", "Hemedti")):
                aliases.append(clean)
        people[key] = {"kind": "person", "name": name, "aliases": aliases, "key": key,
                       "country": keys.get(country, ""), "gender": {"m": "male", "f": "female"}.get(row["gender"], ""),
                       "family": family_name(name, country, row["surname"]), "rank": int(row["best_rank"] or 0),
                       "tier": row["tier"], "source": "hand" if "hand" in row["sources"] else SOURCE[row["sources"].split("|")[0]]}
    def join(old, new):
        """One person under two keys: the first key goes, its names and roles stay."""
        gone = people.pop(old)
        people[new]["aliases"] += [gone["name"], *gone["aliases"]]
        for field in ("gender", "family", "country"):
            people[new][field] = people[new][field] or gone[field]
        for role in roles:
            if role["person"] == old:
                role["person"] = new

    join_spellings(people, roles, join)
    for key, p in people.items():
        for n in [p["name"], *p["aliases"]]:
            by_name.setdefault(fold(n), []).append(key)
    for r in add.get("people", []):
        was = []
        for name in [r["name"], *filter(None, (r.get("was") or "").split("|"))]:
            was += [k for k in by_name.get(fold(name), []) if k in people and k not in was and (not r.get("country") or people[k]["country"] in ("", r["country"]))]
        was = sorted(set(was), key=lambda k: (not k.startswith("wd:"), k))
        for other in was[1:]:
            join(other, was[0])
        if r.get("was") and not was:
            print("additions/people.csv: nobody was", r["name"], r["was"], file=sys.stderr)
        if was and not r.get("key"):
            r = dict(r, key=was[0])
        found = [k for k in by_name.get(fold(r["name"]), []) if k in people and (not r.get("country") or people[k]["country"] == r["country"])]
        key = r.get("key") or (found[0] if found else "person:" + slug(r["name"]))
        old = people.get(key)
        extra = [a for a in (r.get("aliases") or "").split("|") if a]
        if old:
            if (r.get("aliases") or "").startswith("="):
                old["aliases"] = [a for a in r["aliases"][1:].split("|") if a]
            else:
                old["aliases"] = extra + old["aliases"] + ([old["name"]] if fold(old["name"]) != fold(r["name"]) else [])
            old["name"] = r["name"]
            for c in ("gender", "family", "country"):
                if r.get(c):
                    old[c] = r[c]
            if r.get("rank"):
                old["rank"] = int(r["rank"])
            old["source"] = "hand"
            old["tier"] = "A"
        else:
            people[key] = {"kind": "person", "name": r["name"], "aliases": extra, "key": key, "country": r.get("country", ""),
                           "gender": r.get("gender", ""), "rank": int(r.get("rank") or 60), "tier": "A", "source": "hand",
                           "family": r.get("family") or family_name(r["name"], (r.get("country") or "").removeprefix("iso:"), "")}
        for n in [r["name"], *extra]:
            if key not in by_name.setdefault(fold(n), []):
                by_name[fold(n)].insert(0, key)
    for r in add.get("roles", []):
        found = [k for k in by_name.get(fold(r["person"]), []) if k in people]
        if r["person"].startswith(("wd:", "person:")):
            key = r["person"]
        else:
            near = [k for k in found if people[k]["country"] == r["of"]] or found
            key = near[0] if near else "person:" + slug(r["person"])
        if key not in people:
            country = r["of"] if r["of"].startswith("iso:") else ""
            people[key] = {"kind": "person", "name": r["person"], "aliases": [], "key": key, "country": country, "gender": r.get("gender") or "",
                           "rank": 0, "tier": "A", "source": "hand", "family": family_name(r["person"], country.removeprefix("iso:"), "")}
            by_name.setdefault(fold(r["person"]), []).append(key)
        elif r.get("aliases"):
            people[key]["aliases"] += r["aliases"].split("|")
            people[key]["source"], people[key]["tier"] = "hand", "A"
        elif r.get("gender") and not people[key]["gender"]:
            people[key]["gender"] = r["gender"]
        roles.append({"person": key, "office": r["office"], "of": r["of"], "title": r["title"], "from": day(r["from"], False),
                      "until": day(r["until"] or "", True), "source": "hand", "asof": "", "detail": ""})

    roles = [r for r in roles if r["person"] in people and not people[r["person"]].get("drop")]
    roles = close_terms(roles)
    # Collected terms that were open on the day of the snapshot stay open only where nothing says otherwise.
    # One term twice (renewed, or from two sources) is one term.
    joined = {}
    for r in sorted(roles, key=lambda r: (r["person"], r["office"], r["of"], r["from"] or "0", r["source"] != "hand", r["until"] or "9999")):
        k = (r["person"], r["office"], r["of"])
        last = joined.get(k, [None])[-1]
        if last and (not last["until"] or (r["from"] and r["from"] <= day_after(last["until"]))) and not (last["title"] and r["title"] and last["title"] != r["title"] and r["office"] in ("minister", "other", "deputy-minister")):
            if last["source"] != "hand":
                last["until"] = "" if not r["until"] else max(last["until"] or r["until"], r["until"])
            continue
        joined.setdefault(k, []).append(dict(r))
    roles = [r for rs in joined.values() for r in rs]

    latest = defaultdict(str)
    for r in roles:
        latest[r["person"]] = max(latest[r["person"]], r["until"] or ("2026" if not r["from"] or r["from"] > "2010" else r["from"]))
    own = {r["person"] for r in roles}
    kept = {}
    for key, p in people.items():

        hand = p["source"] == "hand"
        last = latest[key]
        if not hand:
            if key not in own or p["tier"] == "C" and p["rank"] < 50:
                continue
            large = big(p["country"])
            if last < ("1975" if p["rank"] >= 95 else "1992" if p["rank"] >= 84 else "2000" if p["rank"] > 62 and large else "2006" if p["rank"] > 62 or large else "2015"):
                continue
            if len(p["name"].split()) == 1 and p["rank"] < 95:
                continue
        kept[key] = p
    roles = [r for r in roles if r["person"] in kept]
    best = defaultdict(int)
    for r in roles:
        best[r["person"]] = max(best[r["person"]], rank_of.get(r["office"], 0) - (0 if big(r["of"]) else 10))
    out = []
    count = Counter(fold(p["name"]) for p in kept.values())
    for key, p in kept.items():
        p["rank"] = max(best[key], p["rank"] if p["source"] == "hand" and not best[key] else 0)
        if count[fold(p["name"])] > 1 and p["rank"] < 60 and p["source"] != "hand":
            continue
        names = [n for n in aliases_of(p["name"], p["aliases"]) if " " in n or n in ("MBS", "Tedros", "Hemedti", "Hasina")]
        if p["country"] in ("iso:DE", "iso:AT", "iso:CH"):
            # "Schroeder" is how English papers without umlauts write "Schröder".
            names += [n for n in (transcribed(m) for m in [p["name"], *names]) if n and n not in names]
        own_surnames = []
        for n in [p["name"], *names]:
            own_surnames += alone.get(fold(n), [])
        out.append(dict(p, aliases="|".join(names), alone="|".join(dict.fromkeys(own_surnames))))
    kept_keys = {p["key"] for p in out}
    roles = [r for r in roles if r["person"] in kept_keys and r["office"] not in ("other",)]
    for r in roles:
        if r["title"].lower() == titles.get(r["office"]) or len(r["title"]) > 60:
            r["title"] = ""
    missing = [s for full, ss in alone.items() if full not in by_name for s in ss]
    if missing:
        print("alone.txt names nobody:", missing, file=sys.stderr)

    entity = ["kind", "name", "aliases", "key", "subkind", "country", "rank"]
    order = lambda r: (fold(r["name"]), r["key"])
    write(target / "people.csv", ["kind", "name", "aliases", "key", "country", "gender", "rank", "family", "alone", "source"], sorted(out, key=order))
    write(target / "roles.csv", ["person", "office", "of", "title", "from", "until", "source"], sorted(roles, key=lambda r: (r["person"], r["from"], r["office"], r["of"], r["until"], r["title"])))
    write(target / "countries.csv", entity + ["adjectives", "demonyms", "capitals", "metonyms", "source"], sorted(country_rows, key=order))
    write(target / "agencies.csv", entity + ["parent", "body", "metonyms", "source"], sorted(agency_rows, key=order))
    write(target / "organizations.csv", entity + ["parent", "adjectives", "capitals", "metonyms", "source"], sorted(org_rows, key=order))
    write(target / "places.csv", entity + ["parent", "source"], sorted(place_rows, key=order))
    write(target / "offices.csv", ["office", "name", "variants", "rank", "scope", "body"], sorted(offices_rows, key=lambda r: r["office"]))
    write_templates(directory, target, add)
    write_ambiguous(directory, target)
    write_given_names(out, target)


def big(of):
    return not of.startswith("iso:") or of.removeprefix("iso:") in BIG or of in ("iso:CA", "iso:AU", "iso:IT", "iso:ES", "iso:MX", "iso:BR")



# Names of one person, or of half the people in the news.
NO_OFFICE_NAME = {"Dalai Lama", "TD", "deputy", "chief", "Father", "Sister", "Prince", "Lord", "Baroness", "Chair", "Attorney",
                  "Representative", "Secretary of State for", "Minister of State", "head of", "party leader"}


def office_rows(directory):
    rows = []
    for r in read(directory / "offices.csv"):
        if r["code"] in ("US_SECRETARY_OF_STATE",):
            continue
        names = [tidy(v) for v in r["variants"].split("|")]
        code = office_code(r["code"])
        names = [n for n in names if n not in NO_OFFICE_NAME]
        rows.append({"code": code, "office": code, "name": r["pref_label"] if not r["pref_label"][1:].islower() else r["pref_label"].lower(),
                     "variants": "|".join(aliases_of(r["pref_label"], names)), "rank": r["rank"], "scope": r["scope"], "body": r["body_kind"]})
    return rows


def write_templates(directory, target, add):
    rows = add.get("ministries", [])
    write(target / "ministries.csv", ["body", "name", "variants", "office", "subkind"], sorted(rows, key=lambda r: r["body"]))


def write_ambiguous(directory, target):
    rows = []
    for cells in read_tsv(directory / "hand/ambiguous.tsv"):
        cells += [""] * 4
        rows.append({"name": cells[0], "senses": cells[1], "default": cells[2], "rule": tidy(cells[3])})
    write(target / "ambiguous.csv", ["name", "senses", "default", "rule"], sorted(rows, key=lambda r: (fold(r["name"]), r["name"])))


def write_given_names(people, target):
    """Given names with their gender, from people whose gender is known, and from the hand-made list."""
    count = defaultdict(Counter)
    for p in people:
        words = p["name"].split()
        if len(words) < 2 or p["country"].removeprefix("iso:") in EAST_ASIAN | {"VN", "KH", "HU"} or p["family"] == words[0]:
            continue
        word = words[0]
        if re.fullmatch(r"[^\W\d_][\w'-]{2,}", word) and word.lower() not in PARTICLES:
            count[word][p["gender"]] += 1
    table = {}
    for word, c in count.items():
        male, female = c["male"], c["female"]
        if male + female >= 2 and (male >= 6 * female or female >= 6 * male):
            table[word] = "male" if male > female else "female"
        elif male + female >= 4:
            table[word] = ""
        elif sum(c.values()) >= 3:
            table[word] = ""
    for line in (HERE / "given_names.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            gender, _, words = line.partition(":")
            for word in words.split():
                table[word] = {"male": "male", "female": "female"}.get(gender, "")
    write(target / "given_names.csv", ["name", "gender"], [{"name": n, "gender": table[n]} for n in sorted(table, key=lambda n: (fold(n), n))])


if __name__ == "__main__":
    main()
