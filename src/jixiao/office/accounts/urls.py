"""Addresses of the room: signing in under accounts/, managing people, one's own account, the journal.

Of allauth only what the office uses has an address: nobody signs up or resets a password by mail here.
"""

from allauth.account import views as account
from allauth.socialaccount import views as social
from django.urls import include, path

from jixiao.office.accounts.pages import entering, journal, lists, log, me, organisations, people, roles

_ENTERING = [
    path("login/", account.login, name="account_login"),
    path("logout/", entering.sign_out, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("again/", entering.sign_in_again, name="sign-in-again"),
    path("invitation/<str:token>/", entering.invitation, name="invitation"),
    path("2fa/", include("allauth.mfa.urls")),
    path("oidc/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/error/", social.login_error, name="socialaccount_login_error"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
_PEOPLE = [
    path("", people.people, name="people"),
    path("add/", people.add, name="person-add"),
    path("lists/", lists.upload, name="people-lists"),
    path("lists/template.xlsx", lists.blank, name="list-template"),
    path("lists/<int:number>/", lists.dry_run, name="list"),
    path("lists/<int:number>/apply/", lists.apply, name="list-apply"),
    path("<int:number>/", people.person, name="person"),
    path("<int:number>/invite/", people.invite, name="person-invite"),
    path("<int:number>/switch/", people.switch, name="person-switch"),
    path("<int:number>/unlock/", people.unlock, name="person-unlock"),
    path("<int:number>/sign-out/", people.sign_out, name="person-sign-out"),
]
_ORGANISATIONS = [
    path("", organisations.organisations, name="organisations"),
    path("add/", organisations.add, name="organisation-add"),
    path("find/", organisations.find, name="organisation-find"),
    path("<str:uid>/", organisations.organisation, name="organisation"),
    path("<str:uid>/move/", organisations.move, name="organisation-move"),
    path("<str:uid>/close/", organisations.close, name="organisation-close"),
]
_ROLES = [
    path("", roles.roles, name="roles"),
    path("decide/", roles.decide, name="roles-decide"),
    path("of/<int:number>/", roles.person, name="roles-of"),
    path("of/<int:number>/link/", roles.new_link, name="roles-link"),
    path("of/<int:number>/remove-factor/", roles.remove_factor, name="remove-factor"),
    path("<int:number>/take-back/", roles.take_back, name="role-take-back"),
]
urlpatterns = [
    path("accounts/", include(_ENTERING)),
    path("account/", me.my_account, name="my-account"),
    path("account/alive/", entering.alive, name="alive"),
    path("account/sessions/<int:number>/end/", me.end_session, name="session-end"),
    path("people/", include(_PEOPLE)),
    path("organisations/", include(_ORGANISATIONS)),
    path("roles/", include(_ROLES)),
    path("journal/", journal.journal, name="journal"),
    path("journal/export.csv", journal.export, name="journal-export"),
    path("journal/log/", log.state, name="journal-log"),
    path("journal/log/export/", log.export, name="journal-log-export"),
    path("journal/<int:number>/proof.json", log.proof, name="journal-proof"),
]
