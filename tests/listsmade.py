"""Small lists in every official form, made by hand from the published structures. Everything in them is fictional."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

SDN = '''\
101,"NORTHERN LANTERN OPTICS CO., LTD.",-0- ,"GLOMAG",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\
"Unified Social Credit Code (USCC) 91110000MA00000000 (China); Tax ID No. 7700000000 (Russia); a.k.a. 'NLO'."
102,"DOE, Jane Example","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1960."
103,"BLUE HERON","vessel","IRAN",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-
104,"HARBOUR, BROTHERS AND SONS ""LIMITED""",-0- ,"IRAN] [IFSR",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n\x1a'''
ALT = '101,9,"aka","BEIFANG DENGLONG",-0- \n101,10,"fka","NORTHERN LAMP WORKS",-0- \n102,11,"aka","DOE, J.",-0- \n'
ADD = '101,7,"1 Lantern Road","Beijing 100000","China",-0- \n104,8,-0- ,-0- ,"Iran",-0- \n'
COMMENTS = '101," ; Website www.lantern.example."\n'
CONS = """\
201,"EXAMPLE SYSTEMS GROUP LIMITED",-0- ,"CMIC-EO13959",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\
"Effective Date (CMIC) 08 Feb 2022; Purchase/Sales For Divestment Date (CMIC) 10 Dec 2022; \
Listing Date (CMIC) 10 Dec 2021; C.R. No. 1234567 (Hong Kong); ISIN HK0000000001."
202,"OILFIELD EXAMPLE AO",-0- ,"UKRAINE-EO13662] [RUSSIA-EO14024",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\
"Listing Date (EO 14024 Directive 3): 24 Feb 2022; Effective Date (EO 14024 Directive 3): 26 Mar 2022."
203,"MEMBER, A.","individual","NS-PLC",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-
"""
CLASSIC = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="http://tempuri.org/sdnList.xsd"><publshInformation><Publish_Date>03/10/2021</Publish_Date>
<Record_Count>3</Record_Count></publshInformation>
<sdnEntry><uid>101</uid><lastName>NORTHERN LANTERN OPTICS CO., LTD.</lastName><sdnType>Entity</sdnType>
<programList><program>GLOMAG</program></programList>
<idList><id><uid>1</uid><idType>Unified Social Credit Code (USCC)</idType><idNumber>91110000MA00000000</idNumber>
<idCountry>China</idCountry></id><id><uid>2</uid><idType>Legal Entity Number</idType>
<idNumber>12345678</idNumber></id></idList>
<akaList><aka><uid>9</uid><type>a.k.a.</type><category>strong</category><lastName>BEIFANG DENGLONG</lastName></aka>
<aka><uid>8</uid><type>a.k.a.</type><category>weak</category><lastName>NLO</lastName></aka>
<aka><uid>10</uid><type>f.k.a.</type><category>strong</category><lastName>NORTHERN LAMP WORKS</lastName></aka></akaList>
<addressList><address><uid>7</uid><address1>1 Lantern Road</address1><city>Beijing</city><country>China</country></address>
</addressList></sdnEntry>
<sdnEntry><uid>102</uid><firstName>Jane</firstName><lastName>DOE</lastName><sdnType>Individual</sdnType></sdnEntry>
<sdnEntry><uid>103</uid><lastName>BLUE HERON</lastName><sdnType>Vessel</sdnType></sdnEntry></sdnList>"""
ADVANCED = """<?xml version="1.0" encoding="utf-8"?>
<Sanctions xmlns="http://www.un.org/sanctions/1.0" Version="1">
<DateOfIssue CalendarTypeID="1"><Year>2024</Year><Month>5</Month><Day>6</Day></DateOfIssue>
<ReferenceValueSets>
<AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1401">F.K.A.</AliasType>
<AliasType ID="1403">Name</AliasType></AliasTypeValues>
<CountryValues><Country ID="11082" ISO2="CN">China</Country><Country ID="11088" ISO2="HK">Hong Kong</Country></CountryValues>
<DetailReferenceValues><DetailReference ID="91">Public Company</DetailReference></DetailReferenceValues>
<FeatureTypeValues><FeatureType ID="25" FeatureTypeGroupID="1">Location</FeatureType>
<FeatureType ID="904">Listing Date (CMIC):</FeatureType><FeatureType ID="905">Effective Date (CMIC):</FeatureType>
<FeatureType ID="906">Purchase/Sales For Divestment Date (CMIC):</FeatureType><FeatureType ID="907">Target Type</FeatureType>
<FeatureType ID="908">ISIN</FeatureType></FeatureTypeValues>
<IDRegDocTypeValues><IDRegDocType ID="1">Unified Social Credit Code (USCC)</IDRegDocType>
<IDRegDocType ID="2">C.R. No.</IDRegDocType></IDRegDocTypeValues>
<ListValues><List ID="1550">SDN List</List><List ID="91507">Consolidated List</List></ListValues>
<PartySubTypeValues><PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType><PartySubType ID="3" PartyTypeID="2">Unknown
</PartySubType><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
<PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="2">Entity</PartyType>
<PartyType ID="4">Transport</PartyType></PartyTypeValues>
</ReferenceValueSets>
<Locations><Location ID="55"><LocationCountry CountryID="11082"/><LocationPart LocPartTypeID="1454">
<LocationPartValue Primary="true"><Value>1 Lantern Road</Value></LocationPartValue></LocationPart></Location></Locations>
<IDRegDocuments><IDRegDocument ID="70" IDRegDocTypeID="1" IdentityID="800" IssuedBy-CountryID="11082">
<IDRegistrationNo>91110000MA00000000</IDRegistrationNo></IDRegDocument>
<IDRegDocument ID="71" IDRegDocTypeID="2" IdentityID="800" IssuedBy-CountryID="11088">
<IDRegistrationNo>1234567</IDRegistrationNo></IDRegDocument></IDRegDocuments>
<DistinctParties>
<DistinctParty FixedRef="201"><Profile ID="201" PartySubTypeID="3">
<Identity ID="800" FixedRef="201" Primary="true">
<Alias AliasTypeID="1400" Primary="false" LowQuality="true"><DocumentedName><DocumentedNamePart><NamePartValue>ESG</NamePartValue>
</DocumentedNamePart></DocumentedName></Alias>
<Alias AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName><DocumentedNamePart>
<NamePartValue>EXAMPLE SYSTEMS GROUP LIMITED</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
<Alias AliasTypeID="1401" Primary="false" LowQuality="false"><DocumentedName><DocumentedNamePart>
<NamePartValue>EXAMPLE OPTICS</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity>
<Feature ID="1" FeatureTypeID="25"><FeatureVersion><VersionLocation LocationID="55"/></FeatureVersion></Feature>
<Feature ID="2" FeatureTypeID="904"><FeatureVersion><DatePeriod><Start><From><Year>2021</Year><Month>12</Month><Day>10</Day>
</From><To><Year>2021</Year><Month>12</Month><Day>10</Day></To></Start></DatePeriod></FeatureVersion></Feature>
<Feature ID="3" FeatureTypeID="905"><FeatureVersion><DatePeriod><Start><From><Year>2022</Year><Month>2</Month><Day>8</Day>
</From></Start></DatePeriod></FeatureVersion></Feature>
<Feature ID="4" FeatureTypeID="906"><FeatureVersion><VersionDetail DetailTypeID="1432">10 Dec 2022</VersionDetail>
</FeatureVersion></Feature>
<Feature ID="5" FeatureTypeID="907"><FeatureVersion><VersionDetail DetailReferenceID="91"/></FeatureVersion></Feature>
<Feature ID="6" FeatureTypeID="908"><FeatureVersion><VersionDetail>HK0000000001</VersionDetail></FeatureVersion></Feature>
</Profile></DistinctParty>
<DistinctParty FixedRef="202"><Profile ID="202" PartySubTypeID="4"><Identity ID="801"/></Profile></DistinctParty>
<DistinctParty FixedRef="203"><Profile ID="203" PartySubTypeID="1"><Identity ID="802"/></Profile></DistinctParty>
</DistinctParties>
<SanctionsEntries><SanctionsEntry ID="1" ProfileID="201" ListID="91507">
<EntryEvent ID="1" EntryEventTypeID="1"><Date><Year>2021</Year><Month>12</Month><Day>10</Day></Date></EntryEvent>
<SanctionsMeasure ID="2" SanctionsTypeID="1"><Comment>CMIC-EO13959</Comment></SanctionsMeasure></SanctionsEntry>
</SanctionsEntries></Sanctions>"""
CSL_2019 = (
    "source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,standard_order,"
    "license_requirement,license_policy,alt_names,dates_of_birth,places_of_birth,ids\n"
)
CSL_ROWS = """\
Entity List (EL) - Bureau of Industry and Security,,,,Example Lantern Optics,,"1 Lantern Road, Beijing, CN",84 FR 1,\
2019-10-09,,,For all items subject to the EAR,Presumption of denial,Beifang Denglong; Lantern Optics,,,
Denied Persons List (DPL) - Bureau of Industry and Security,,,,JANE EXAMPLE,,"1 Road, US",82 F.R. 1,2017-10-16,2020-10-13,\
Y,,,,,,
Specially Designated Nationals (SDN) - Treasury Department,101,Entity,GLOMAG,NORTHERN LANTERN OPTICS,,,,,,,,,,,,\
"91110000MA00000000, CN, Unified Social Credit Code (USCC); 5, Tax ID No."
Specially Designated Nationals (SDN) - Treasury Department,103,Vessel,IRAN,BLUE HERON,,,,,,,,,,,,
Palestinian Legislative Council List (PLC) - Treasury Department,105,Individual,NS-PLC,"MEMBER, A.",,,,,,,,,,1960,,
"""
CSL_RESULT = {
    "source": "Entity List (EL) - Bureau of Industry and Security",
    "name": "Example Lantern Optics",
    "alt_names": ["Beifang Denglong", "Lantern Optics"],
    "addresses": [{"address": "1 Lantern Road", "city": "Beijing", "country": "CN"}],
    "programs": [],
    "start_date": "2019-10-09",
    "federal_register_notice": "84 FR 1",
    "ids": [{"type": "Tax ID No.", "number": "5", "country": "CN"}],
    "license_requirement": "For all items subject to the EAR",
    "type": None,
}
CSL_JSON = json.dumps({"total": 1, "sources": [], "results": [CSL_RESULT]})
EU = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2024-03-02T16:28:05.354+01:00" globalFileId="1">
<sanctionEntity designationDate="2021-03-22" unitedNationId="" euReferenceNumber="EU.1.2" logicalId="13">
<regulation regulationType="amendment" publicationDate="2021-03-22" numberTitle="2021/478 (OJ L99I)" programme="HR" logicalId="3"/>
<subjectType code="enterprise" classificationCode="E"/>
<nameAlias wholeName="Example Bureau of the Lantern" nameLanguage="" strong="true"/>
<nameAlias wholeName="灯笼示例局" nameLanguage="ZH" strong="true"/>
<nameAlias wholeName="Lantern" nameLanguage="" strong="false"/>
<address city="Beijing" street="1 Lantern Road" zipCode="" countryDescription="CHINA"/>
<identification number="91110000MA00000000" identificationTypeCode="regnumber"/>
</sanctionEntity>
<sanctionEntity logicalId="14"><subjectType code="person" classificationCode="P"/><nameAlias wholeName="Jane Example"/>
</sanctionEntity></export>"""
EU_CSV = """\
fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_DesignationDate;Entity_SubjectType_ClassificationCode;\
Entity_Regulation_PublicationDate;Entity_Regulation_NumberTitle;Entity_Regulation_Programme;NameAlias_WholeName;\
NameAlias_NameLanguage;Address_City;Address_Street;Address_CountryDescription;Identification_Number;Identification_TypeCode
02/03/2024;13;EU.1.2;2021-03-22;E;2021-03-22;2021/478;HR;"Example; Bureau";;;;;;
02/03/2024;13;EU.1.2;2021-03-22;E;2021-03-22;2021/478;HR;;;Beijing;1 Lantern Road;CHINA;;
02/03/2024;14;EU.1.3;;P;;;;Jane Example;;;;;;
02/03/2024;15
"""
EU_OLD = """\
"Date_filexxxx;Entity_logical_id;Subject_type;Leba_numtitle;Leba_publication_date;Programme;Naal_wholename;Addr_city"
"04/07/2018;13;E;2018/1 (OJ L1);2018-02-16;HR;Example Bureau;\t\t"
"04/07/2018;14;P;2018/1 (OJ L1);2018-02-16;HR;Jane Example;"
"""
_NAMES = "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5"
OFSI = f"""\
Last Updated,13/04/2018,,,,,,,,,,,,
{_NAMES},Address 1,Country,Group Type,Alias Type,Regime,Listed On,Last Updated,Group ID
EXAMPLE LANTERN OPTICS,,,,,,1 Lantern Road,China,Entity,Prime Alias,Example,17/07/2012,06/12/2012,12704
DENGLONG\x91S,,,,,,,,Entity,FKA,Example,17/07/2012,06/12/2012,12704
EXAMPLE,Jane,,,,,,,Individual,AKA,Example,17/07/2012,06/12/2012,12705
""".encode("cp1252", "replace").replace(b"?", b"\x92")
UKSL_CSV = f"""\
Report Date: 29-Jan-2026
Last Updated,Unique ID,OFSI Group ID,UN Reference Number,{_NAMES},Name type,Alias strength,Title,Name non-latin script,\
Regime Name,Designation Type,Address Line 1,Address Country,Date Designated
26/01/2026,GHR0001,15000,,EXAMPLE LANTERN OPTICS,,,,,,Primary Name,,,灯笼示例公司,Example Regulations,Entity,1 Road,China,22/03/2021
26/01/2026,GHR0001,15000,,LANTERN,,,,,,Alias,Low,,,Example Regulations,Entity,,,22/03/2021
26/01/2026,GHR0002,15001,,EXAMPLE,Jane,,,,,Primary Name,,,,Example Regulations,Individual,,,22/03/2021
"""
UK_XML = """<?xml version="1.0" encoding="utf-8"?>
<Designations><DateGenerated>29/01/2026</DateGenerated>
<Designation><LastUpdated>26/01/2026</LastUpdated><DateDesignated>22/03/2021</DateDesignated><UniqueID>GHR0001</UniqueID>
<OFSIGroupID>15000</OFSIGroupID><UNReferenceNumber/><Names><Name><Name6>LANTERN</Name6><NameType>Alias</NameType></Name>
<Name><Name6>EXAMPLE LANTERN OPTICS</Name6><NameType>Primary Name</NameType></Name></Names>
<NonLatinNames><NonLatinName><NameNonLatinScript>灯笼示例公司</NameNonLatinScript></NonLatinName></NonLatinNames>
<RegimeName>Example Regulations</RegimeName><IndividualEntityShip>Entity</IndividualEntityShip>
<SanctionsImposed>Asset freeze|Trust services sanctions</SanctionsImposed>
<Addresses><Address><AddressLine1>1 Road</AddressLine1><AddressCountry>China</AddressCountry></Address></Addresses>
<EntityDetails><Entity><BusinessRegistrationNumbers><BusinessRegistrationNumber>91110000MA00000000</BusinessRegistrationNumber>
</BusinessRegistrationNumbers><ParentCompanies><ParentCompany>Example Holding</ParentCompany></ParentCompanies></Entity>
</EntityDetails></Designation>
<Designation><UniqueID>GHR0002</UniqueID><Names><Name><Name6>EXAMPLE</Name6></Name></Names>
<IndividualEntityShip>Individual</IndividualEntityShip></Designation>
<Designation><UniqueID>GHR0003</UniqueID><IndividualEntityShip>Ship</IndividualEntityShip></Designation></Designations>"""
UN = """<?xml version='1.0' encoding='UTF-8'?>
<CONSOLIDATED_LIST dateGenerated='2024-05-15T00:00:03.012Z'><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>
<FIRST_NAME>JANE</FIRST_NAME></INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>113233</DATAID>
<FIRST_NAME>EXAMPLE TRADING BUREAU </FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPe.999</REFERENCE_NUMBER>
<LISTED_ON>2009-04-24</LISTED_ON><NAME_ORIGINAL_SCRIPT>示例贸易局</NAME_ORIGINAL_SCRIPT>
<ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>ETB</ALIAS_NAME></ENTITY_ALIAS>
<ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>OLD BUREAU</ALIAS_NAME></ENTITY_ALIAS>
<ENTITY_ADDRESS><CITY>Pyongyang</CITY><COUNTRY>Democratic People's Republic of Korea</COUNTRY></ENTITY_ADDRESS>
</ENTITY></ENTITIES></CONSOLIDATED_LIST>"""
FTM = [
    {"id": "s1", "schema": "Sanction", "datasets": ["us_ofac_sdn"], "properties": {
        "entity": ["NK-1"], "program": ["GLOMAG"], "startDate": ["2020-07-31"]}},
    {"id": "NK-1", "schema": "Company", "caption": "Example Lantern Optics", "target": True, "datasets": ["us_ofac_sdn"],
     "properties": {"name": ["灯笼示例公司", "Example Lantern Optics"], "weakAlias": ["ELO"], "previousName": ["Old Lamp"],
                    "leiCode": ["5493001KJTIIGC8Y1R12"], "country": ["cn"], "topics": ["sanction"]}},
    {"id": "NK-2", "schema": "Person", "target": True, "datasets": ["us_ofac_sdn"], "properties": {"name": ["Jane Example"]}},
    {"id": "NK-3", "schema": "LegalEntity", "target": True, "datasets": ["us_ofac_sdn"], "properties": {
        "name": ["Jane Example"]}},
    {"id": "NK-4", "schema": "Company", "target": False, "datasets": ["ext_gleif"], "properties": {"name": ["Bystander Ltd"]}},
    {"id": "NK-5", "schema": "Vessel", "target": True, "datasets": ["us_ofac_sdn"], "properties": {"name": ["BLUE HERON"]}},
    {"id": "a1", "schema": "Address", "datasets": ["us_ofac_sdn"], "properties": {"full": ["1 Road"]}},
]  # fmt: skip
SIMPLE = (
    "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,program_ids,dataset,first_seen\n"
    'NK-1,Company,Example Lantern Optics,"Beifang;""Lamp; Works""",,cn,1 Road,91110000MA00000000,GLOMAG,,,,UN Security Council,\n'
    "NK-2,Person,Jane Example,,1960,,,,,,,,UN Security Council,\n"
)
DPL = (
    '"Name"\t"Street_Address"\t"City"\t"State"\t"Country"\t"Postal_Code"\t"Effective_Date"\t"Expiration_Date"\t'
    '"Standard_Order"\t"Last_Update"\t"Action"\t"FR_Citation"\n'
    '"EXAMPLE ELECTRONICS CORPORATION"\t"1 Road"\t"FLUSHING"\t"NY"\t"US"\t"11354"\t"10/10/2017"\t"11/19/2025"\t"Y"\t'
    '"2017-10-23"\t"FR NOTICE ADDED"\t"82 F.R. 1"\n'
    '" JANE EXAMPLE"\t"2 Road"\t"X"\t"NY"\t"US"\t""\t"10/10/2017"\t"11/19/2025"\t"Y"\t"2017-10-23"\t""\t"82 F.R. 2"\n'
)
TRANSCRIPT = {
    "list_id": "bis-entity-list",
    "extracted": "2026-07-09",
    "count": 3,
    "entities": [
        {"name": "Example Lantern Optics Co., Ltd.", "aliases": ["Lantern"], "country": "China", "address": "1 Road",
         "effective_date": None, "federal_register": "85 FR 34505, 6/5/20.\n84 FR 54004, 10/9/19.", "notes": "For all items"},
        {"name": "Jane Example", "aliases": [], "country": "China", "address": None, "effective_date": None,
         "federal_register": None, "notes": None},
        {"name": "Example, Jane", "aliases": [], "notes": None},
    ],
}  # fmt: skip
CUSTOM = "编号,企业名称,英文名称,统一社会信用代码,列入日期\n1,灯笼示例科技有限公司,Lantern Example Tech,91110000MA00000000,2023/3/28\n"
MAPPING = """
title: A table of our own
regime: US-NDAA-889
key: 编号
name: 企业名称
alias: 英文名称
identifiers: {uscc: 统一社会信用代码}
effective: 列入日期
unverified: copied by hand
"""

WHOLE: dict[str, str | bytes] = {
    "sdn.csv": SDN,
    "cons_prim.csv": CONS,
    "sdn.xml": CLASSIC,
    "cons_advanced.xml": ADVANCED,
    "consolidated.csv": CSL_2019 + CSL_ROWS,
    "consolidated.json": CSL_JSON,
    "eu.xml": EU,
    "eu.csv": EU_CSV,
    "eu_old.csv": EU_OLD,
    "ofsi.csv": OFSI,
    "uksl.csv": UKSL_CSV,
    "uksl.xml": UK_XML,
    "un.xml": UN,
    "entities.ftm.json": "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in FTM),
    "targets.simple.csv": SIMPLE,
    "dpl.txt": DPL,
    "bis_entity_list.json": json.dumps(TRANSCRIPT, ensure_ascii=False, indent=1),
}


def write(folder: Path, *names: str) -> list[Path]:
    """Some of the whole lists (all where none is named), each under its name."""
    return [leave(folder, name, WHOLE[name]) for name in names or WHOLE]


def leave(folder: Path, name: str, data: str | bytes) -> Path:
    """A file of this name with this text or these bytes; gzip where its name says so."""
    folder.mkdir(parents=True, exist_ok=True)
    raw = data.encode() if isinstance(data, str) else data
    path = folder / name
    path.write_bytes(gzip.compress(raw, mtime=0) if name.endswith(".gz") else raw)
    return path
