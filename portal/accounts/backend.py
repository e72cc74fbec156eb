"""Who one is. What one may do is another matter, see ``committees.access.PostBackend``."""

from allauth.account.auth_backends import AuthenticationBackend


class DoorBackend(AuthenticationBackend):
    """Checks passwords; knows no superusers, groups or permissions."""

    def has_perm(self, user_obj, perm, obj=None):
        return False

    def has_module_perms(self, user_obj, app_label):
        return False

    def get_all_permissions(self, user_obj, obj=None):
        return set()
