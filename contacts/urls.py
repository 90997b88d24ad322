from django.urls import path

from contacts import views
from contacts.steps import views as steps

urlpatterns = [
    path("mina-arenden/", views.my_cases, name="caseload"),
    path("sektionen/", views.section, name="section"),
    path("arenden/<str:number>/kontaktperson/", views.assign, name="assign"),
    path("arenden/<str:number>/steg/", steps.new_step, name="step_new"),
    path("anteckningar/<uuid:pk>/<str:how>/", steps.note_beside, name="note_beside"),
    path("uppdrag/<uuid:pk>/", views.answer, name="assignment"),
    path("uppdrag/<uuid:pk>/nej/", views.decline, name="assignment_decline"),
    path("uppdrag/<uuid:pk>/jav/", views.leave, name="assignment_leave"),
    path("uppdrag/<uuid:pk>/avsluta/", views.end, name="assignment_end"),
    path("uppdrag/<uuid:pk>/aterta/", views.withdraw, name="assignment_withdraw"),
]
