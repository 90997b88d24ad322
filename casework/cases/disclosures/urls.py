from django.urls import path

from casework.cases.disclosures import views

urlpatterns = [
    path("arenden/<str:number>/utlamnanden/", views.disclosures, name="disclosures"),
    path("arenden/<str:number>/utlamnanden/nytt/", views.new, name="disclosure_new"),
    path("arenden/<str:number>/utlamnanden/<uuid:pk>/", views.disclosure, name="disclosure"),
    path("arenden/<str:number>/utlamnanden/<uuid:pk>/lamna-ut/", views.give, name="disclosure_give"),
    path("arenden/<str:number>/utlamnanden/<uuid:pk>/avsla/", views.refuse, name="disclosure_refuse"),
    path("arenden/<str:number>/utlamnanden/<uuid:pk>/kopia/", views.copy, name="disclosure_copy"),
]
