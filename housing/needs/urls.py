from django.urls import path

from housing.needs import queue_views, views

urlpatterns = [
    path("arenden/<str:number>/boende/", views.housing, name="housing"),
    path("arenden/<str:number>/boende/forhandsvisning/", views.preview, name="need_preview"),
    path("arenden/<str:number>/boende/behov/nytt/", views.new, name="need_new"),
    path("arenden/<str:number>/boende/behov/<uuid:pk>/andra/", views.change, name="need_change"),
    path("arenden/<str:number>/boende/behov/<uuid:pk>/lamna/", views.publish, name="need_publish"),
    path("arenden/<str:number>/boende/behov/<uuid:pk>/aterta/", views.withdraw, name="need_withdraw"),
    path("boende/", queue_views.queue, name="housing_queue"),
    path("boende/behov/<str:token>/", queue_views.need, name="need_by_token"),
]
