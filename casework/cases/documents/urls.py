from django.urls import path

from casework.cases.documents import views

urlpatterns = [
    path("arenden/<str:number>/dokument/", views.documents, name="documents"),
    path("arenden/<str:number>/dokument/<uuid:pk>/", views.document, name="document"),
    path("arenden/<str:number>/dokument/<uuid:pk>/fil/", views.document_file, name="document_file"),
    path("arenden/<str:number>/dokument/<uuid:pk>/forstor/", views.document_destroy, name="document_destroy"),
]
