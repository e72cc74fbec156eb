"""The pass of one who comes: a code that says who it is, and opens nothing for anybody but a trainer."""

from portal import addresses, personal_links
from training.models import Enrolment

SALT = "training.pass"


def token(enrolment: Enrolment) -> str:
    """What the pass carries. It does not open the personal page: who looks over a shoulder learns nothing."""
    return personal_links.token(enrolment.pk, person_key=enrolment.link_key, salt=SALT)


def link(enrolment: Enrolment) -> str:
    """The address in the pass, whole."""
    return addresses.whole("training:pass", token(enrolment), language=enrolment.person.language)


def enrolment_of(token: str) -> Enrolment:
    """Whose pass this is. Raises ``Enrolment.DoesNotExist``."""
    try:
        (pk,) = personal_links.numbers_of(token)
    except ValueError:
        raise Enrolment.DoesNotExist from None
    enrolment = Enrolment.objects.opened().get(pk=pk)
    if not personal_links.holds(token, pk, person_key=enrolment.link_key, salt=SALT):
        raise Enrolment.DoesNotExist
    return enrolment
