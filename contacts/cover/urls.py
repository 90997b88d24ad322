from django.urls import path

from contacts.cover import staff_views, views
from contacts.cover.handing import views as handing

urlpatterns = [
    path("arenden/<str:number>/tackning/", views.cover_set, name="cover_set"),
    path("arenden/<str:number>/tackning/<uuid:pk>/forlang/", views.cover_extend, name="cover_extend"),
    path("arenden/<str:number>/tackning/<uuid:pk>/avbryt/", views.cover_end, name="cover_end"),
    path("arenden/<str:number>/overlamning/", handing.handover, name="handover"),
    path("arenden/<str:number>/overlamning/planera/", handing.plan, name="handover_plan"),
    path("arenden/<str:number>/overlamning/pricka-av/", handing.check, name="handover_check"),
    path("arenden/<str:number>/overlamning/slutfor/", handing.complete, name="handover_complete"),
    path("arenden/<str:number>/overlamning/stall-in/", handing.cancel, name="handover_cancel"),
    path("sektionen/franvaro/", staff_views.away, name="away"),
    path("medarbetare/<uuid:pk>/franvaro/", staff_views.absence, name="absence"),
    path("medarbetare/<uuid:pk>/franvaro/<uuid:absence>/slut/", staff_views.absence_end, name="absence_end"),
    path("medarbetare/<uuid:pk>/tackning/", staff_views.cover_all, name="cover_all"),
    path("medarbetare/<uuid:pk>/flytta/", staff_views.leaving, name="leaving"),
]
