"""Who one is. What one may do is another matter, see ``committees.access.PostBackend``."""

from allauth.account.auth_backends import AuthenticationBackend

from portal.models import User


class DoorBackend(AuthenticationBackend):
    """Checks passwords; knows no superusers, groups or permissions."""

    def get_user(self, user_id):
        """Who asks, for the length of one request: what is looked up about this object may be remembered on it."""
        user = User.objects.select_related("person").filter(pk=user_id, is_active=True).first()
        if user is not None:
            user.is_asking = True
        return user

    def has_perm(self, user_obj, perm, obj=None):
        return False

    def has_module_perms(self, user_obj, app_label):
        return False

    def get_all_permissions(self, user_obj, obj=None):
        return set()
