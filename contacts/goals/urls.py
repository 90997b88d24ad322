from django.urls import path

from contacts.goals import plan_views, views

urlpatterns = [
    path("arenden/<str:number>/mal/", views.goals, name="goals"),
    path("arenden/<str:number>/mal/nytt/", views.goal_new, name="goal_new"),
    path("arenden/<str:number>/mal/utskrift/", views.goals_print, name="goals_print"),
    path("arenden/<str:number>/mal/<int:goal>/", views.goal_change, name="goal_change"),
    path("arenden/<str:number>/mal/<int:goal>/lage/<str:name>/", views.goal_move, name="goal_move"),
    path("arenden/<str:number>/mal/<int:goal>/delmal/", views.plan_step_new, name="plan_step_new"),
    path("arenden/<str:number>/mal/<int:goal>/delmal/<int:step>/", views.plan_step_change, name="plan_step_change"),
    path(
        "arenden/<str:number>/mal/<int:goal>/delmal/<int:step>/<str:name>/", views.plan_step_move, name="plan_step_move"
    ),
    path("arenden/<str:number>/plan/lamna/", plan_views.plan_submit, name="plan_submit"),
    path("arenden/<str:number>/plan/beslut/", plan_views.plan_decide, name="plan_decide"),
    path("arenden/<str:number>/plan/<int:plan>/", plan_views.plan_version, name="plan_version"),
]
