"""One's own data for one's own program: what the page gives as a file."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from portal.me import asking, holding
from portal.programs import KEYED, Key

router = Router(tags=["me"])


@router.get("", auth=Key("me"), response={200: dict[str, Any], **KEYED}, url_name="me")
def mine(request: HttpRequest) -> Any:
    """Everything that is kept about the owner of the key, as the page "My data" gives it."""
    now = timezone.now()
    return asking.everything(holding.of_user(request.auth.owner), now)
