from django.urls import path

from contacts.steps import views

urlpatterns = [
    path("arenden/<str:number>/steg/", views.new_step, name="step_new"),
    path("anteckningar/<uuid:pk>/<str:how>/", views.note_beside, name="note_beside"),
]
