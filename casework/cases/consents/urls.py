from django.urls import path

from casework.cases.consents import views

CONSENTS = "arenden/<str:number>/samtycken/"

urlpatterns = [
    path(CONSENTS, views.consents, name="consents"),
    path(f"{CONSENTS}nytt/", views.consent_new, name="consent_new"),
    path(f"{CONSENTS}<uuid:pk>/", views.consent, name="consent"),
    path(f"{CONSENTS}<uuid:pk>/aterkalla/", views.consent_withdraw, name="consent_withdraw"),
]
