"""How allauth finds our users by phone and sends them codes."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Staff are made by being given a post, never by signing up."""

    def is_open_for_signup(self, request):
        return False
