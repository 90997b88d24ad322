from django.urls import path

from contacts.supervision import views

urlpatterns = [
    path("handledning/", views.index, name="supervision"),
    path("handledning/enskild/", views.mentorings, name="mentorings"),
    path("handledning/enskild/ny/", views.new_mentoring, name="mentoring_new"),
    path("handledning/planera/<uuid:pk>/", views.plan, name="supervision_plan"),
    path("handledning/<uuid:pk>/", views.session, name="supervision_session"),
    path("handledning/<uuid:pk>/andra/", views.change, name="supervision_change"),
    path("handledning/<uuid:pk>/lage/<str:name>/", views.move, name="supervision_move"),
    path("handledning/<uuid:pk>/igen/", views.again, name="supervision_again"),
    path("handledning/<uuid:pk>/ta-upp/", views.bring, name="supervision_bring"),
    path("handledning/underlag/<uuid:pk>/ide/", views.new_idea, name="idea_new"),
    path("handledning/underlag/<uuid:pk>/ideer/", views.ideas, name="supervision_ideas"),
    path("handledning/underlag/<uuid:pk>/valj/", views.choose, name="supervision_choose"),
    path("handledning/underlag/<uuid:pk>/andra/", views.reword, name="supervision_reword"),
    path("arenden/<str:number>/handledning/<uuid:pk>/", views.sheet, name="supervision_sheet"),
    path("arenden/<str:number>/ta-upp/<uuid:pk>/", views.present, name="present"),
]
