"""The people of the invented network: who they are, where they can be met, and how they behave.

Everybody is invented; every address ends in a domain that is reserved for examples.
"""

from dataclasses import dataclass

ME = "me"
"""The owner's key among senders and recipients."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the invented network.

    Args:
        key: short unique name, also the LinkedIn slug.
        name: the name people read.
        address: the address their mail comes from.
        organisation: where they work.
        position: what they do there.
        linkedin_address: the address LinkedIn shows; ``""`` where they hide it, ``None`` where
            they are not on LinkedIn.
        x_id: their numeric id on X, or empty.
        character: how the tie with the owner goes; a name in ``roc.demo.ties``.
        place: their number in the cast, from 1; the owner is 0.
    """

    key: str
    name: str
    address: str
    organisation: str
    position: str
    linkedin_address: str | None
    x_id: str
    character: str
    place: int

    @property
    def handle(self) -> str:
        """Their handle on X."""
        return self.key.replace("-", "_")

    @property
    def nickname(self) -> str:
        """What the owner calls them in the journal."""
        return self.key.partition("-")[0]

    @property
    def url(self) -> str:
        """Their page on LinkedIn."""
        return f"https://www.linkedin.com/in/{self.key}"


OWNER = Person(
    key="ana-duarte",
    name="Ana Duarte",
    address="ana@duartelim.example",
    organisation="Duarte Lim Studio",
    position="Brand strategist",
    linkedin_address="ana.duarte@example.org",
    x_id="700000001",
    character="owner",
    place=0,
)
"""Whose exports these are."""

# Columns: key, name, address, organisation, position, LinkedIn, X, character. Under LinkedIn:
# "shown" shows the address, "hidden" does not, another address is what LinkedIn shows instead.
_TABLE = """
dara-lim|Dara Lim|dara@duartelim.example|Duarte Lim Studio|Designer|shown||colleague
ben-okafor|Ben Okafor|ben@okafor.example|Okafor Foods|Founder|shown|x|friend
chidi-eze|Chidi Eze|chidi@eze.example|Eze Analytics|Partner|chidi.eze@example.org||friend
sofia-marin|Sofía Marín|sofia@marin.example|Marín Arquitectos|Architect|hidden||friend
yuki-tanaka|田中 由紀|yuki@tanaka.example|Tanaka Print|Owner|shown|x|friend
marta-kowalska|Marta Kowalska|marta@kowalska.example|Kowalska Legal|Lawyer|||friend
henrik-sund|Henrik Sund|henrik@sund.example|Sund Advisory|Adviser|shown||adviser
adaeze-obi|Adaeze Obi|adaeze@obi.example|Obi Capital|Investor|hidden||adviser
leo-fontaine|Léo Fontaine|leo@fontaine.example|Fontaine Films|Producer|shown||fading
priya-raman|Priya Raman|priya@raman.example|Raman Health|Head of Brand|hidden|x|fading
tomas-novak|Tomáš Novák|tomas@novak.example|Novák Glass|Owner|shown||dormant
ingrid-olsen|Ingrid Olsen|ingrid@olsen.example|Olsen Sound|Engineer|||dormant
rui-pereira|Rui Pereira|rui@pereira.example|Pereira Cork|Director|shown||dormant
noor-haddad|نور حداد|noor@haddad.example|Haddad Ceramics|Founder|hidden||burst
felix-brandt|Felix Brandt|felix@brandt.example|Brandt Bikes|Marketing|shown||burst
oscar-lindqvist|Oscar Lindqvist|oscar@lindqvist.example|Lindqvist Retail|CMO|hidden||pitched
elena-petrova|Елена Петрова|elena@petrova.example|Petrova Travel|CEO|hidden||pitched
graham-hale|Graham Hale|graham@hale.example|Hale Hotels|Head of Marketing|hidden||pitched
wei-zhang|张 伟|wei@zhang.example|Zhang Logistics|CMO|hidden||pitched
brad-cutler|Brad Cutler|brad@cutler.example|Cutler Leads|Sales|hidden||pitcher
kim-ashby|Kim Ashby|kim@ashby.example|Ashby Growth|Sales|hidden||pitcher
dean-rowe|Dean Rowe|dean@rowe.example|Rowe Recruiting|Recruiter|hidden||pitcher
lucy-penn|Lucy Penn|lucy@penn.example|Penn Media|Sales|hidden||pitcher
aiko-mori|森 愛子|aiko@alumni.example|City Library|Librarian|||alumni
bola-ade|Bọ́lá Adé|bola@alumni.example|Adé Textiles|Buyer|shown||alumni
carla-ruiz|Carla Ruiz|carla@alumni.example|Ruiz Dental|Dentist|||alumni
dmitri-volkov|Дмитрий Волков|dmitri@alumni.example|Volkov Marine|Engineer|hidden||alumni
emre-yildiz|Emre Yıldız|emre@alumni.example|Yıldız Bank|Analyst|hidden||alumni
fatou-diop|Fatou Diop|fatou@alumni.example|Diop Media|Journalist|shown||alumni
george-hill|George Hill|george@alumni.example|Hill Schools|Teacher|||alumni
isabel-cruz|Isabel Cruz|isabel@cruz.example|Cruz Winery|Owner|shown||guest
jonas-weber|Jonas Weber|jonas@weber.example|Weber Tools|Managing director|hidden||guest
katya-orlova|Катя Орлова|katya@orlova.example|Orlova Gallery|Director|hidden||guest
liam-byrne|Liam Byrne|liam@byrne.example|Byrne Legal|Partner|shown||guest
mei-chen|陈 梅|mei@chen.example|Chen Tea|Founder|hidden||guest
nadia-farah|Nadia Farah|nadia@farah.example|Farah Spaces|Interior designer|shown||guest
omar-aziz|عمر عزيز|omar@aziz.example|Aziz Furniture|Owner|hidden||guest
paula-santos|Paula Santos|paula@santos.example|Santos Clinics|COO|shown||guest
hana-suzuki|鈴木 花|hana@suzuki.example|Suzuki Sweets|Head of Brand|shown||client
pablo-ortega|Pablo Ortega|pablo@ortega.example|Ortega Rail|Communications|hidden||client
grace-mensah|Grace Mensah, Ph.D.|grace@mensah.example|Mensah Labs|CEO|shown||client
olga-ivanova|Ольга Иванова|olga@ivanova.example|Ivanova Museum|Curator|hidden||client
quentin-roy|Quentin Roy|quentin@harbour.example|Harbour Trust|Project lead|shown||team
rosa-lima|Rosa Lima|rosa@harbour.example|Harbour Trust|Engineer|hidden||team
samuel-boateng|Samuel Boateng|samuel@harbour.example|Harbour Trust|Finance|hidden||team
tara-nair|Tara Nair|tara@nair.example|Nair Studio|Photographer|shown|x|team
ugo-rossi|Ugo Rossi|ugo@rossi.example|Rossi Lighting|Designer|hidden||team
vera-klein|Vera Klein|vera@klein.example|Klein Texts|Writer|vera.klein@example.org||team
will-turner|Will Turner|will@turner.example|Turner Cafés|Owner|shown||acquaintance
xenia-papas|Ξένια Παππά|xenia@papas.example|Papas Olive|Marketing|hidden||acquaintance
yann-le-goff|Yann Le Goff|yann@legoff.example|Le Goff Sails|Founder|shown||acquaintance
zoe-marsh|Zoe Marsh|zoe@marsh.example|Marsh Museum|Registrar|hidden||acquaintance
abel-cohen|Abel Cohen|abel@cohen.example|Cohen Type|Type designer||x|poster
bianca-conti|Bianca Conti|bianca@conti.example|Conti Press|Editor||x|poster
cem-demir|Cem Demir|cem@demir.example|Demir Maps|Cartographer|hidden|x|poster
dina-saleh|Dina Saleh|dina@saleh.example|Saleh Radio|Host||x|poster
erik-holm|Erik Holm|erik@holm.example|Holm Ferries|Marketing|hidden||connected
freya-dahl|Freya Dahl|freya@dahl.example|Dahl Wool|Founder|shown||connected
gil-amado|Gil Amado|gil@amado.example|Amado Tiles|Sales|hidden||connected
hugo-lang|Hugo Lang|hugo@lang.example|Lang Print|Partner|hidden||connected
ines-vaz|Inês Vaz|ines@vaz.example|Vaz Hotels|Marketing|hidden||connected
jae-park|박 재|jae@park.example|Park Games|Producer|shown||connected
"""


def _people() -> dict[str, Person]:
    people = {}
    for place, row in enumerate(_TABLE.split("\n")[1:-1], start=1):
        key, name, address, organisation, position, linkedin, x, character = row.split("|")
        shown = {"shown": address, "hidden": "", "": None}.get(linkedin, linkedin)
        x_id = str(700_000_001 + 13 * place) if x else ""
        people[key] = Person(
            key, name, address, organisation, position, shown, x_id, character, place
        )
    return people


CAST: dict[str, Person] = _people()
"""Everybody but the owner, by key."""


def person(key: str) -> Person:
    """Whoever a key stands for, the owner included."""
    return OWNER if key == ME else CAST[key]
