"""Seconds and memory that reading lists takes: of files, or of an SDN list in the advanced form made as large as asked.

Usage: python bench/lists.py FILE...            the files, each in a process of its own
       python bench/lists.py --made PARTIES     an advanced XML with so many parties, half of them bodies
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from countersight.pipeline.watch import read

_PARTY = """<DistinctParty FixedRef="{n}"><Profile ID="{n}" PartySubTypeID="{kind}"><Identity ID="{n}" Primary="true">
<Alias AliasTypeID="1403" Primary="true"><DocumentedName><DocumentedNamePart><NamePartValue>EXAMPLE {n}
LANTERN OPTICS LIMITED</NamePartValue></DocumentedNamePart></DocumentedName></Alias>{aliases}</Identity>{features}
</Profile></DistinctParty>"""
_ALIAS = """<Alias AliasTypeID="1400" Primary="false"><DocumentedName><DocumentedNamePart><NamePartValue>
ALIAS {i} OF {n}</NamePartValue></DocumentedNamePart></DocumentedName></Alias>"""
_FEATURE = """<Feature ID="{n}{i}" FeatureTypeID="25"><FeatureVersion ID="1"><VersionLocation LocationID="{n}"/>
</FeatureVersion><IdentityReference IdentityID="{n}" IdentityFeatureLinkTypeID="1"/></Feature>"""
_PLACE = """<Location ID="{n}"><LocationCountry CountryID="1"/><LocationPart><LocationPartValue
 Primary="true"><Value>{n} Lantern Road</Value></LocationPartValue></LocationPart></Location>"""
_ENTRY = """<SanctionsEntry ID="{n}" ProfileID="{n}" ListID="1550"><EntryEvent ID="1"><Date><Year>2020</Year>
<Month>1</Month><Day>2</Day></Date></EntryEvent><SanctionsMeasure ID="2"><Comment>GLOMAG</Comment>
</SanctionsMeasure></SanctionsEntry>"""
_HEAD = """<?xml version="1.0"?><Sanctions xmlns="http://www.un.org/sanctions/1.0"><DateOfIssue><Year>2026</Year><Month>7
</Month><Day>1</Day></DateOfIssue><ReferenceValueSets><AliasType ID="1400">A.K.A.</AliasType>
<Country ID="1">China</Country>
<FeatureType ID="25">Location</FeatureType><List ID="1550">SDN List</List><PartySubType ID="3" PartyTypeID="2"/>
<PartySubType ID="4" PartyTypeID="1"/><PartyType ID="1">Individual</PartyType><PartyType ID="2">Entity</PartyType>
</ReferenceValueSets><Locations>"""


def make(path: Path, parties: int) -> None:
    """Leave an advanced XML with so many parties."""
    with path.open("w", encoding="utf-8") as out:
        out.write(_HEAD)
        out.writelines(_PLACE.format(n=n) for n in range(parties))
        out.write("</Locations><DistinctParties>")
        for n in range(parties):
            aliases = "".join(_ALIAS.format(n=n, i=i) for i in range(6))
            features = "".join(_FEATURE.format(n=n, i=i) for i in range(6))
            out.write(_PARTY.format(n=n, kind=3 + n % 2, aliases=aliases, features=features))
        out.write("</DistinctParties><SanctionsEntries>")
        out.writelines(_ENTRY.format(n=n) for n in range(parties))
        out.write("</SanctionsEntries></Sanctions>")


def measure(path: Path) -> None:
    """Read one list in this process and print what it took."""
    began = time.perf_counter()
    for offer in read([path]):
        a = offer.loaded.account
        took, most = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = path.stat().st_size / 1e6 if path.is_file() else 0
        print(f"{path.name}: {size:.1f} MB, {a.entries} entries, {a.organisations} bodies, {took:.2f} s, {most:.0f} MB")


def main() -> None:
    """Measure each file in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--made", type=int)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.made:
            make(Path(folder) / "sdn_advanced.xml", options.made)
            options.files.append(Path(folder) / "sdn_advanced.xml")
        for file in options.files:
            if options.here:
                measure(file)
            else:
                subprocess.run([sys.executable, __file__, "--here", str(file)], check=True)


if __name__ == "__main__":
    main()
