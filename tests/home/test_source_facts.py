"""What the three source offices tell their visitors, found on the demonstration site.

Each row is one fact of ../shared/sources, and words that carry it here: our sentences are our own,
so a word of each thing that must be said stands for the fact.
"""

import re

import pytest
from bs4 import BeautifulSoup

from isso.tests import kept

MIT = [
    ("students served", "/about/", ["about 3,600"]),
    ("newly admitted each year", "/about/", ["about 1,000", "newly admitted"]),
    ("dependents", "/about/", ["more than 600", "family members"]),
    ("advice, alone and in groups", "/about/", ["one person at a time", "group seminars"]),
    ("practical training", "/about/", ["documents you need for practical training"]),
    ("forms for travel", "/about/", ["students and their families", "leave the country"]),
    (
        "papers for every kind of admission",
        "/about/",
        ["undergraduate, graduate, special, exchange and visiting"],
    ),
    ("orientation", "/about/", ["new undergraduates and new graduate students"]),
    ("events that help to adjust", "/about/", ["events", "life in a new country"]),
    ("emergencies", "/about/", ["emergency", "sudden immigration problem"]),
    ("to whom the office reports", "/about/", ["Office of the Dean for Graduate Education"]),
    (
        "what other offices do",
        "/about/",
        ["Admissions", "degree rules", "bills", "financial aid", "housing"],
    ),
    ("graduate student services", "/about/", ["Graduate Student Council"]),
    ("other questions", "/about/", ["Anything else about international student life"]),
    ("business hours", "/about/", ["Monday to Friday", "9:00 am", "4:00 pm", "Eastern time"]),
    ("the closed hour", "/about/", ["Tuesday", "9:00 am – 10:00 am", "11:30 am – 4:00 pm"]),
    ("walk-in hours", "/about/", ["Monday 1:00 pm – 3:00 pm", "Thursday 10:00 am – 12:00 pm"]),
    ("address", "/about/directions/", ["77 Example Avenue", "Building E39-278", "MA 02139"]),
    ("pages about the office", "/about/", ["Staff", "Statistics", "Directions"]),
]
BRANDEIS = [
    ("everybody is invited", "/portal-guide/", ["Wait for the invitation"]),
    ("review the record", "/portal-guide/", ["read the immigration record"]),
    ("update personal data", "/portal-guide/", ["tell us a new address, phone or e-mail"]),
    ("up- and download", "/portal-guide/", ["send us documents, and download yours"]),
    ("the newest I-20", "/portal-guide/", ["the newest Form I-20"]),
    ("Check-In", "/portal-guide/", ["finish Check-In"]),
    ("work", "/portal-guide/", ["CPT, OPT, the STEM OPT extension, academic training"]),
    (
        "reprint",
        "/portal-guide/",
        ["travel signature", "after a change", "lost, stolen or damaged"],
    ),
    ("extension, transfer, dependents", "/portal-guide/", ["extend", "another school", "family"]),
    ("where the button is", "/portal-guide/", ["menu on every public page"]),
    ("with which account", "/portal-guide/", ["same name and password as for university e-mail"]),
    ("Welcome", "/portal-guide/", ["Welcome", "reminders meant for you"]),
    ("Personal & Program", "/portal-guide/", ["Personal & Program", "what is on file about you"]),
    ("Requests & Documents", "/portal-guide/", ["Requests & Documents", "its own icon"]),
    ("requests appear by and by", "/portal-guide/", ["opens later in your program"]),
    ("why one is missing", "/portal-guide/", ["Why can't I see a request?"]),
    ("Draft", "/portal-guide/", ["started this request but not sent it", "press Submit"]),
    ("Approver Review", "/portal-guide/", ["Approver Review", "has not approved it yet"]),
    ("who approves", "/portal-guide/", ["CPT and OPT", "a name and an e-mail address"]),
    ("when approval takes long", "/portal-guide/", ["polite reminder", "we send it again"]),
    (
        "Submitted",
        "/portal-guide/",
        ["in our list", "5 to 7 business days", "is assigned"],
    ),
    ("another advisor may process", "/portal-guide/", ["Another advisor", "first letter"]),
    ("locked once sent", "/portal-guide/", ["locked", "do not send a second request"]),
    (
        "Clarification Requested",
        "/portal-guide/",
        ["By e-mail, with the list of what to change", "press Submit again", "Do not start a new"],
    ),
    ("errors at sign-in", "/portal-guide/", ["Can't sign in?", "Who helps", "Front desk"]),
]
MISSOURI = [
    ("requests, advice and contact", "/portal-guide/", ["write to your advisor"]),
    ("step by step", "/portal-guide/", ["step by step", "explains what you have to do before"]),
    ("the invitation comes first", "/portal-guide/", ["Before that mail"]),
    ("the university e-mail works first", "/portal-guide/", ["can read your university e-mail"]),
    ("help with the account", "/portal-guide/", ["IT help desk"]),
    ("updates on the sign-in page", "/portal-guide/", ["Look at the sign-in page"]),
    ("errors: the browser", "/portal-guide/", ["history", "Edge", "Firefox", "Chrome"]),
    ("portal contact", "/portal-guide/", ["isso-portal@demo.example", "617-555-0100"]),
    ("notice of documents", "/portal-guide/", ["when a document is ready for you"]),
    (
        "the record: work, contact, funding, person",
        "/portal-guide/",
        ["personal data, contact, program, funding and permissions to work"],
    ),
    ("no portal at once", "/students/admitted/", ["Being admitted alone does not open it"]),
    ("the deposit", "/students/admitted/", ["Accept and pay the deposit"]),
    ("the invitation after it", "/students/admitted/", ["student e-mail address"]),
    ("the five tabs", "/students/admitted/", ["Home, personal data, family, money, send"]),
    ("documents", "/students/admitted/", ["Passport identity page", "family member", "money"]),
    ("the complete button", "/students/admitted/", ["lower right of the last part"]),
    ("estimated cost", "/students/costs/", ["Cost of attendance", "Tuition", "Health insurance"]),
    ("departments begin", "/staff/hosting-scholars/", ["Fill in the request", "Department"]),
    ("access for departments", "/staff/hosting-scholars/", ["Write to us; we set it up"]),
    ("the office may begin", "/staff/hosting-scholars/", ["we can enter the invitation for you"]),
    ("limited access", "/staff/hosting-scholars/", ["limited access"]),
    ("vetting", "/staff/hosting-scholars/", ["Every invitation passes Research Compliance"]),
    ("courtesy hire", "/staff/hosting-scholars/", ["Human Resources", "Courtesy appointment"]),
    ("scholars are invited", "/scholars/ds-2019/", ["to the address your department gave us"]),
    ("missing documents", "/scholars/ds-2019/", ["papers your department did not have"]),
    ("the DS-2019", "/scholars/ds-2019/", ["We issue the form", "When everything is there"]),
]


@pytest.fixture
def text_of(db, client, settings):
    settings.DEMONSTRATION = True
    kept.demonstration()

    def text(address):
        main = BeautifulSoup(client.get(address).content, "html.parser").main
        return re.sub(r"\s+", " ", main.get_text(" ")).replace("’", "'")

    return text


@pytest.mark.parametrize(
    "facts", [MIT, BRANDEIS, MISSOURI], ids=["about-page", "portal-page", "gateway-page"]
)
def test_every_fact_of_a_source_page_is_told(text_of, facts):
    texts = {address: text_of(address) for _fact, address, _words in facts}

    assert [
        (fact, address, word)
        for fact, address, words in facts
        for word in words
        if word not in texts[address]
    ] == []
