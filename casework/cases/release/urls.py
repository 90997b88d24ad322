from django.urls import path

from casework.cases.release import views

urlpatterns = [
    path("arenden/<str:number>/utskrift/", views.releases, name="releases"),
    path("arenden/<str:number>/utskrift/ny/", views.new, name="release_new"),
    path("arenden/<str:number>/utskrift/<uuid:pk>/", views.release, name="release"),
    path("arenden/<str:number>/utskrift/<uuid:pk>/del/<int:place>/", views.piece, name="release_piece"),
    path("arenden/<str:number>/utskrift/<uuid:pk>/lage/<str:name>/", views.move, name="release_move"),
    path("arenden/<str:number>/utskrift/<uuid:pk>/skriv-ut/", views.print_out, name="release_print"),
]
