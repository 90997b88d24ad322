from django.urls import path

from casework.cases.timeline import views

urlpatterns = [
    path("arenden/<str:number>/tidslinje/", views.timeline, name="timeline"),
    path("arenden/<str:number>/sammanfattning/", views.case_summary, name="summary"),
]
