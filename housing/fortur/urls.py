from django.urls import path

from housing.fortur import views

AT = "arenden/<str:number>/boende/vagar/<uuid:pk>/fortur/"
urlpatterns = [
    path(AT, views.fortur, name="fortur"),
    path(AT + "skriv/", views.write, name="fortur_write"),
    path(AT + "godkann/", views.approve, name="fortur_approve"),
    path(AT + "beslut/", views.decide, name="fortur_decide"),
    path(AT + "tid/", views.renew, name="fortur_renew"),
    path(AT + "skriv-ut/", views.print_out, name="fortur_print"),
    path("boende/fortur/", views.quotas, name="fortur_quotas"),
    path("boende/fortur/kvot/", views.quota, name="fortur_quota"),
]
