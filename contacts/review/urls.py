from django.urls import path

from contacts.review import views

urlpatterns = [
    path("genomgang/", views.overview, name="board"),
    path("arenden/<str:number>/genomgang/", views.case_review, name="case_review"),
    path("arenden/<str:number>/genomgang/<uuid:pk>/last/", views.mark_seen, name="review_seen"),
]
