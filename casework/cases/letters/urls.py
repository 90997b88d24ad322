from django.urls import path

from casework.cases.letters import template_views, views

urlpatterns = [
    path("arenden/<str:number>/brev/", views.letters, name="letters"),
    path("arenden/<str:number>/brev/nytt/", views.letter_new, name="letter_new"),
    path("arenden/<str:number>/brev/<uuid:pk>/", views.letter, name="letter"),
    path("arenden/<str:number>/brev/<uuid:pk>/andra/", views.letter_change, name="letter_change"),
    path("arenden/<str:number>/brev/<uuid:pk>/skriv-ut/", views.letter_print, name="letter_print"),
    path("brevmallar/", template_views.templates, name="templates"),
    path("brevmallar/ny/", template_views.template_new, name="template_new"),
    path("brevmallar/<uuid:key>/andra/", template_views.template_change, name="template_change"),
    path("brevmallar/<uuid:key>/sluta/", template_views.template_off, name="template_off"),
]
