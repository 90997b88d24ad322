from django.urls import path

from housing.tenancies import board_views, living_views, views

CASE = "arenden/<str:number>/boende/hyra/"
ONE = f"{CASE}<uuid:pk>/"

urlpatterns = [
    path("boende/hyra/", board_views.tenancies_board, name="tenancies_board"),
    path(CASE, views.tenancies, name="tenancies"),
    path(f"{CASE}nytt/", views.new, name="tenancy_new"),
    path(ONE, views.tenancy, name="tenancy"),
    path(f"{ONE}visa/", views.reveal, name="tenancy_reveal"),
    path(f"{ONE}andra/", views.change, name="tenancy_change"),
    path(f"{ONE}inflyttning/", views.move_in, name="tenancy_move_in"),
    path(f"{ONE}overtagande/", views.take_over, name="tenancy_takeover"),
    path(f"{ONE}avsluta/", views.end, name="tenancy_end"),
    path(f"{ONE}avstaende/", living_views.waiver, name="tenancy_waiver"),
    path(f"{ONE}steg/", living_views.step, name="tenancy_step"),
    path(f"{ONE}tillsyn/", living_views.visit, name="tenancy_visit"),
    path(f"{ONE}larm/", living_views.alarm, name="tenancy_alarm"),
    path(f"{ONE}larm/<uuid:alarm>/", living_views.settle, name="alarm_settle"),
    path(f"{ONE}bor-kvar/", living_views.check, name="tenancy_check"),
]
