"""One door for all who sign in. The names are those that allauth looks for."""

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from portal.accounts import views

phone = views.AskPhone.as_view()

second_factor = [
    path("authenticate/", views.AskAuthenticator.as_view(), name="mfa_authenticate"),
    path("reauthenticate/", views.ConfirmItIsYou.as_view(), name="mfa_reauthenticate"),
    path("totp/activate/", views.SetUpAuthenticator.as_view(), name="mfa_activate_totp"),
    path("", include("allauth.mfa.urls")),
]

urlpatterns = [
    path("login/", phone, name="account_login"),
    path("login/", phone, name="account_request_login_code"),
    path("login/password/", views.AskPassword.as_view(), name="login_password"),
    path("login/code/", views.AskPhoneCode.as_view(), name="account_confirm_login_code"),
    path("login/closed/", login_not_required(account.account_inactive), name="account_inactive"),
    path("login/again/", account.reauthenticate, name="account_reauthenticate"),
    path("login/second/", include(second_factor)),
    path("logout/", account.logout, name="account_logout"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
]
