"""Whose post it was, out of a title such as "Ada commented on Ana's post.", in seven languages.

The titles are the only place where older exports tell it, in the language that the owner uses.
Where a title is not understood nobody is taken for the author.
"""

import re
from dataclasses import dataclass

_LONGEST = 400  # signs; a title is a short sentence

_THINGS = (
    # Things that people publish, longer words first; comments; the word before a name.
    (
        "Profilbild|Statusmeldung|Beitrag|Fotos?|Video|Link|Status|Album|Reel|Story|Bild",
        "Kommentar|Antwort",
        "von ",
    ),
    (
        "photo de profil|photos?|publication|vidéo|lien|statut|album|reel|story|image",
        "commentaire|réponse",
        "(?:de |d['’])",
    ),
    (
        "foto del? perfil|fotos?|fotografía|publicación|v[ií]deo|enlace|estado|álbum|reel|historia"
        "|publicação|ligação|link|status|post|imagen|imagem",
        "comentario|respuesta|comentário|resposta",
        "de ",
    ),
    (
        "immagine del profilo|foto|post|video|link|stato|album|reel|storia|immagine",
        "commento|risposta",
        "di ",
    ),
    (
        "profielfoto|foto's|foto|bericht|video|link|status|album|reel|verhaal|afbeelding",
        "reactie|opmerking|antwoord",
        "van ",
    ),
)
_AFTER_NAMES = (
    "kommentiert|geantwortet|reagiert|geliket|leuk|geplaatst|gereageerd|beantwoord"
    "|in|im|dans|en|em|no|na|nos|nas|nel|nello|nella|auf|op|sur|su|sul|sulla|zu|mit|bei|met|bij"
    "|sobre|à propos|que|qui|che|die|das|dat|wat"
)
_PARTICLE_WORDS = """
    de del della delle dello dell dei degli di da das do dos du des d von vom zum zur van der den
    ten ter te la las le les lo los el al bin ibn bint abu af av ap of the for
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())  # words of names that are written small
_ENGLISH = re.compile(
    r"\b(?:on|to|likes?|liked|loves?|loved) (?P<name>[^\n]{1,200}?)['’]s "
    r"(?:(?P<comment>comment|reply)|[a-z ]{0,20}"
    r"(?:activity|album|event|link|memory|note|photos?|picture|post|reel|status|story|timeline"
    r"|video))\b"
)
_OTHERS = tuple(
    re.compile(
        rf"\b(?:(?P<comment>{comments})|(?:{things})) {before}(?P<name>\S[^\n]{{0,200}}?)"
        rf"(?: (?:{_AFTER_NAMES})\b[^\n]*| ?[:;«„“\"(][^\n]*)?\.?$"
    )
    for things, comments, before in _THINGS
)


@dataclass(frozen=True, slots=True)
class Target:
    """What was answered or marked.

    Args:
        name: of whoever published it.
        is_comment: whether it is a comment, and not a post.
    """

    name: str
    is_comment: bool


def target(title: str, owner: str = "") -> Target | None:
    """Whose post or comment a title is about; ``None`` where it does not say, or nobody else's.

    Args:
        title: repaired, on one line.
        owner: the owner's name, with which titles begin; empty where it is not known.

    Example:
        >>> target("Ada Example commented on Ana López's post.")
        Target(name='Ana López', is_comment=False)
        >>> target("Ada Example hat auf einen Kommentar von Ana López geantwortet.")
        Target(name='Ana López', is_comment=True)
    """
    if len(title) > _LONGEST:
        return None
    rest = title.removeprefix(owner)
    for pattern in (_ENGLISH, *_OTHERS):
        found = pattern.search(rest)
        if found and _is_name(found["name"]):
            return Target(found["name"].strip(), found["comment"] is not None)
    return None


def _is_name(text: str) -> bool:
    """Whether it may be a name and nothing else.

    "his own post", "la publication de votre ami": what begins small is none. Words written small
    within it have to be such as names have: not "Ana and Ben", "Ana do grupo".
    """
    small = [re.split("['’]", word)[0] for word in text.split() if word[0].islower()]
    return not text[0].islower() and _PARTICLES.issuperset(small)
