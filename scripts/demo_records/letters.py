"""A regulator's letter, the reply, a reviewer's memo, and a complaint against reporters."""

from scripts.demo_records import ids
from scripts.demo_records.ids import VENDOR_EN
from scripts.demo_records.office import Letter
from scripts.demo_records.paper import Paper

_OFFICE = "Office of the Commissioner for Public Camera Oversight, Northmere"


def questions() -> bytes:
    """The Commissioner's letter of 12 April 2022 with three numbered questions (DOCX)."""
    paper = Letter("Letter of the Commissioner")
    paper.words(
        f"# {_OFFICE}",
        "Reference: CPCO/2022/041",
        "12 April 2022",
        f"To: {VENDOR_EN}, Northmere branch, Head of Government Affairs",
        "Dear Head of Government Affairs,",
        "Public authorities in Northmere use cameras made by your company. A brochure dated May 2019 has been "
        "published in the press, together with your statement of 9 March 2021 that a certain attribute was removed "
        "from all products in 2018. I should be grateful for answers in writing to these questions:",
    )
    paper.words(
        "Does any product your company has sold since 1 January 2018 output an attribute that names an ethnic "
        "group? Please answer yes or no, and name the products and versions.",
        "Does your company, directly or through a company it holds shares in, operate a video system for a police "
        "authority? Please name each system and the period of operation.",
        "Has your company carried out a human rights impact assessment of its contracts? If so, on what date, and "
        "will you send me a copy?",
        style="List Number",
    )
    paper.words(
        "I intend to publish this letter and your reply. Please let me have your answers by 13 May 2022.",
        "Yours sincerely,",
        "The Commissioner",
    )
    return paper.data("2022-04-12")


def reply() -> bytes:
    """The company's reply of 20 May 2022, which answers the third question (PDF, English)."""
    paper = Paper("Reply to the Commissioner", "2022-05-20T16:00:00", family="Times", numbered="{}")
    paper.add_page()
    paper.words(VENDOR_EN, 16, style="B", indent=0, gap=0)
    paper.words("Northmere branch, Government Affairs", 10, indent=0, gap=8)
    paper.body(
        "20 May 2022",
        f"To: {_OFFICE}",
        "Your reference: CPCO/2022/041",
        "Dear Commissioner,",
        "Thank you for your letter of 12 April 2022. Yunling Vision takes questions of this kind seriously and is "
        "committed to the responsible use of its products.",
        "In answer to your third question: yes. An outside law firm completed a human rights impact assessment of "
        "our five largest projects on 30 November 2020. The report is confidential and we are not able to send a "
        "copy.",
        "Operational matters at the sites of our customers are not within our remit. It is difficult to publicly "
        "answer questions that concern individual customers, and we invite you to a meeting with our product team.",
        "We hope that this is helpful.",
        "Yours sincerely,",
        "Head of Government Affairs",
        size=11.5,
        indent=0,
    )
    return paper.data()


def memo() -> bytes:
    """An outside reviewer's memo to the company's audit committee, March 2023 (DOCX)."""
    paper = Letter("Reviewer's memo")
    paper.words(
        "# Memorandum",
        "From: Aldermoor Review, engagement lead",
        f"To: Audit Committee, {VENDOR_EN}",
        "Date: 17 March 2023",
        "Subject: Review of county project contracts",
        "## What we reviewed",
        "We were given 15 contract files. For 4 of them the technical annexes were not in the file, and we were "
        f"told that they could not be found. One file concerns a supply dispute, {ids.CASE_NO}, and was reviewed "
        "for its annexes only.",
        "## Observations",
        "Two of the files describe tiers of persons and alerts by group rather than by reference to a suspect. "
        "These are red flags you should have noticed when the bids were approved.",
        "The bid review form asks about price, margin and delivery. It does not ask what the system is for.",
        "We saw no record that the company intended any particular use, and we make no finding on intent.",
    )
    paper.grid(
        ("File", "Signed", "Technical annex in file", "Bid review form"),
        (
            ("LXPPP-2018-003", "20 June 2018", "yes", "yes"),
            (ids.CONTRACT_NO, "8 December 2022", "yes", "no"),
            ("SQ-2019-077", "2019", "no", "yes"),
        ),
    )
    paper.words(
        "## Recommendation", "Stop renewals of the reviewed projects until the annexes have been found and assessed."
    )
    return paper.data("2023-03-17")


def complaint() -> bytes:
    """A complaint to a press council, sent eight days after the story (plain text, Windows-1252, dashes and quotes)."""
    text = f"""FICTIONAL SAMPLE – an invented letter, no real person or company is meant

To: Halloway Press Standards Council
From: {VENDOR_EN}, Legal Department
Date: 6 March 2021
Subject: Request to investigate two reporters of The Halloway Ledger

Dear Council,

We request that you investigate the two reporters who signed the article of 26 February 2021 (“Camera maker’s 2019
brochure lists ethnic attribute”). In our view the article is motivated by the interests of a competitor, and the
reporters failed to register their contacts with that competitor.

We ask that their accreditation be suspended while the matter is examined — and that the article be withdrawn. The
company reserves all its rights.

We do not ask for a correction of any particular sentence at this time.

Legal Department
"""
    return text.replace("\n", "\r\n").encode("cp1252")
