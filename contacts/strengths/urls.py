from django.urls import path

from contacts.strengths.views import reading, writing

urlpatterns = [
    path("arenden/<str:number>/styrkor/", reading.assessment, name="assessment"),
    path("arenden/<str:number>/styrkor/ordning/", writing.rank, name="assessment_rank"),
    path("arenden/<str:number>/styrkor/signera/", writing.sign, name="assessment_sign"),
    path("arenden/<str:number>/styrkor/jamfor/", reading.compare, name="assessment_compare"),
    path("arenden/<str:number>/styrkor/utskrift/", reading.printed, name="assessment_print"),
    path("arenden/<str:number>/styrkor/tomt-blad/", reading.empty_sheet, name="assessment_empty"),
    path("arenden/<str:number>/styrkor/nummer/<int:which>/", reading.version, name="assessment_version"),
    path("arenden/<str:number>/styrkor/nummer/<int:which>/svar/", writing.approval, name="assessment_approval"),
    path("arenden/<str:number>/styrkor/<slug:slug>/", writing.domain, name="assessment_domain"),
    path("uttalanden/<uuid:pk>/", writing.reword, name="statement_reword"),
    path("uttalanden/<uuid:pk>/stammer-inte/", writing.take_out, name="statement_out"),
]
