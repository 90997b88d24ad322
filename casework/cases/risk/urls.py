from django.urls import path

from casework.cases.risk import views

urlpatterns = [
    path("arenden/<str:number>/risk/", views.risks, name="risks"),
    path("arenden/<str:number>/risk/ny/", views.risk_new, name="risk_new"),
    path("arenden/<str:number>/risk/<uuid:pk>/", views.risk, name="risk"),
]
