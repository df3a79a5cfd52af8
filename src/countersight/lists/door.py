"""Natural persons are turned away: by what the list says of an entry, else by whether its name is that of a body.

Nothing here looks at who a person is. A list that does not tell persons from bodies (export controls, denial orders)
is asked of each entry one thing: whether one of its names says itself that it is a body's. Where none does, the entry
is set aside, counted with its row, and not taken in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from countersight.lists.rows import Why

# Words and legal forms that only bodies bear, as whole words whatever their case.
_FORMS = """
ab ag aktiengesellschaft anonim anstalt ao aps as asa avv bhd bv cjsc co companies company corp corporate corporation
cv doo eood esq fzc fzco fzd fze gesellschaft gmbh gp inc incorporated jsc kabushiki kaisha kft kg kk kommandit lda
limited llc llp lp ltd ltda mchj nv oao ojsc oo ood ooo oy pao pjs pjsc plc pt pte pty pvt sa sarl sas sdn sirketi sl
snc sociedad societe société spa spc spol spolka srl sro st sti ta too tov tzoo ulc unipersonal ve vof yk zao zoo
"""
_NOUNS = """
academy administration advanced aero aerolineas aeronautic aeronautical aeronautics aeronaves aerospace affairs africa
agencies agency agricultural agriculture agro aid air aircraft airline airlines airport airways alliance aluminium
aluminum america ammunition analytical apparel appliance appliances armament armaments armed armour army arsenal asia
assembly asset assets associates association atomic authority auto automation automobile automotive aviation avionics
bank banking banque base battalion battery bearing bearings bilisim biological biomedical biotech biotechnology board
branch brewery brigade broadcasting brokers bros brothers builders building bureau business byuro cable cables camera
cameras capital carbon cargo carriers cartel cement center central centre centro chamber charity chemical chemicals
chemie chemistry china chips circuit circuits city civil clinic cloud coal college colony comercial comercializadora
command commerce commercial commission committee commodities communication communications compagnie component
components computer computers computing concern concrete consortium construction constructora consultancy consultant
consultants consulting contracting contractors control controls coop cooperative corps cotton council country court
crystal culture customs cyber cybersecurity danismanlik data defence defense delivery department design detachment
detention development device devices diamond diamonds digital directorate dis dispatch display distribution
distributor distributors district diversified division drone drones dynamics economic education educational electric
electrical electricity electro electronic electronica electronics elektrik elektrokom elektron elektronik elektronika
elektroteknik elevator embassy emergency employment energy engine engineering engineers engines enterprise enterprises
entrepreneurs environmental equipment establishment etablissement etablissements europe exchange exim expert experts
export exportadora exporter exporters exports express fabrication fabrika facilities facility factory farm farms
fashion federal federation fertilizer fgup fiber fibre field film finance financial financing firm fisheries fishing
fleet flight flying food foods force forces foreign forensic forging forwarders forwarding foundation foundry freight
front fsue fuel fuels fund furniture garment garments gas gc general genetics genomics geological geophysical germany
glass global government graphite grid group groups grupo gruppe guard gup hair handel handels harbor hardware
havacilik heavy helicopter high-tech highway holding holdings home  hospital hotel housing hydraulic ihr ihracat
ik ikz imaging impex import importadora importer imports independent india industria industrial industrie industrier
industries industry information infrastructure initiative innovation innovations innovative institut institute
institutes institution institutional instrument instrumentation instruments insulation insurance integrated
integration intelligence intelligent inter interior international internet invention inversiones invest investigation
investment investments iran iron issledovatelskiy ith ithalat joint journal kazakhstan kombinat kompaniya komponent
 konstruktorskoe korea lab laboratories laboratory labs laser lasers launch leasing lebanon liaison liberation
library lighting limestone linen liner lines link links liquid logic logistic logistics lojistik machine machinery
machines magazine magnet magnetics maintenance maison malaysia management manufactory manufacture manufacturer
manufacturers manufacturing marine maritime market marketing maschinenbau materials measurement mechanical mechanics
mechatronics media medical medicine mercantile merchants metal metallurgical metallurgy metals meteorological metro
micro microelectronic microelectronics microsystems microwave military militia mill mine mineral minerals mines mining
ministry mintrade missile missiles mission mobile mobility model monitoring motor motors movement municipal munitions
museum nakliyat nano nanotechnology national nations nauchno naval navigation navy net network networks new news nii
npc npk npo npp nuclear observatory obshchestvo ocean offensive office oil okb online openlab operation operations
operators optical optics optik opto optoelectronic optoelectronics orbital ordnance organisation organization
outsourcing pacific packaging paint pakistan paper parliament partners partnership parts party passport patrol
pazarlama penal penitentiary people peoples petro petrochemical petrochemicals petrol petroleum pharma pharmaceutical
pharmaceuticals pharmcontract photonics physics pipe pipeline pipelines plant plants plast plastic plastics platform
plating police political polymer polysilicon polytechnic port ports postal power precision predpriyatie press pressure
prison private process processing procurement produce producer producers product production productions products
professional program programme progress project projects promoters promtech properties property prosecutor province
provincial proving public publishing pump purchase quantum quarries quarry radar radio radios rail railroad railway
railways rare ready real refinery refining regiment region regional registry repair republic research reserve resource
resources restaurant retail rights river robot robotics rocket rubber russia safety sales sanayi satellite satellites
scanning school schools science sciences scientific sea seafood sealing security semicon semiconductor semiconductors
sensing sensor sensors service services servicios shipbuilding shipping shipyard shop silicon simulation singapore
sistemy site society soft software solar solution solutions sp space spare special specialized spinning squad stars
state station steel storage store stores strategic studio studios subsea subsidiaries subsidiary successor sugar
supervision supplier suppliers supplies supply support surveillance survey surveying sweets switzerland syndicate
synthetic system systems tanker task tech technic technical technics technik technique techno technological
technologies technology tekhnologii teknik teknoloji telecom telecommunication telecommunications telematics telephone
television terminal test testing textile textiles theater theatre therapeutics thermal thread ticaret timber tire
titanium tobacco tools tourism toy toys trade traders trades trading training trans transit translation transport
transportation transportes transports travel treasury troops trucking trucks trust tsnii tubes tunnel turbine turbines
turizm turkey uab uae uk und union unit united universal universe universitet universities university unlimited
uranium usa utilities vacuum vanguard vehicle vehicles venture ventures vertrieb vessel vision volunteer vp vpk
warehouse warehousing watch water weapon weapons web welding welfare wholesale wireless wool works workshop world
yacht yachts yard yarn zavod zentrum zinc zone
"""
_LEGAL = frozenset(_FORMS.split())
_BODIES = _LEGAL | frozenset(_NOUNS.split())
_CHINESE = re.compile(
    r"公司|集团|集團|大学|大學|学院|學院|研究[所院]|中心|工厂|工廠|[厂廠]$|银行|銀行|医院|醫院|政府|公安|协会|協會|基金"
    r"|[局厅廳部处處队隊院所校社会會]$"
)
_HONORIFIC = re.compile(r"\b(?:individual|mr|mrs|ms|dr|sr|capt|gen|sheikh|haji|hajji|mullah)\b\.?", re.IGNORECASE)
_TURNED = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*, (?P<given>[^\W\d_]+\.?(?:[ '’-][^\W\d_]+\.?){0,3})")
_MIXED = re.compile(r"\b(?!Mc|Mac|De|Di|La|Le|Du|Van|O)[A-Z]?[a-z]+[A-Z]")  # SenseNets, iFlytek
_ACRONYM = re.compile(r"\b[A-Z]{3,4}\b")
_FIGURE = re.compile(r"(?<!\w)\d")
_BRACKETS = re.compile(r"\([^)]*\)")
_TOKEN = re.compile(r"[^\W_]+(?:[.&'’/-][^\W_]+)*\.?")
_BIRTH = re.compile(r"\b(?:date of birth|DOB)\b", re.IGNORECASE)


def is_body(name: str) -> bool:
    """Whether a name says itself that it is a body's: by a word or legal form that only bodies bear, a figure, ``&``.

    After a comma, where an address may follow, only legal forms count.
    """
    bare, _, after = _BRACKETS.sub(" ", name).partition(",")
    told = _CHINESE.search(name) or "&" in bare or "hong kong" in bare.lower() or _FIGURE.search(bare)
    return bool(told) or not (_words(bare).isdisjoint(_BODIES) and _words(after).isdisjoint(_LEGAL))


def turned_away(names: Iterable[str], note: str = "") -> Why | None:
    """Why an entry whose list does not say what it is stays out; None for a body.

    A birth date, an honorific or a name turned round (``Family, Given``) is a natural person's. A first name of one
    word, with an acronym or capitals inside is a body's, and so is one without where half of the names are bodies'; a
    body's name among a person's others is what he or she trades under. What is left may be either.
    """
    names = [name for name in names if name]
    turned = _TURNED.fullmatch(names[0]) if names else None
    if turned and _words(turned["given"]).isdisjoint(_BODIES):
        return Why.PERSON
    bodies = sum(map(is_body, names))
    if names and (is_body(names[0]) or _is_coined(_BRACKETS.sub(" ", names[0])) or 2 * bodies >= len(names)):
        return None
    person = _BIRTH.search(note) or any(map(_HONORIFIC.search, names))
    return Why.PERSON if person else Why.DOUBTFUL


def _words(name: str) -> set[str]:
    tokens = _TOKEN.findall(name.lower().replace(".", ""))
    return {part for token in tokens for part in re.split("[-/’']", token)} | set(tokens)


def _is_coined(name: str) -> bool:
    acronym = _ACRONYM.search(name) and not name.isupper()
    return bool(_MIXED.search(name) or acronym) or len(_TOKEN.findall(name)) == 1
