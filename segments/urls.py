"""Every address of the page. `/ws/…` is in routing.py."""

from django.urls import path

from segments.views import blobs, code, definitions, entrance, examples, history, jobs, picker, segment_page, tus

urlpatterns = [
    path("", segment_page.segment_page, name="segment_page"),
    path("picker/", picker.video_picker, name="video_picker"),
    path("videos/<str:uid>/card/", picker.video_card, name="video_card"),
    path("videos/<str:uid>/delete/", picker.video_delete, name="video_delete"),
    path("videos/<str:uid>/undelete/", picker.video_undelete, name="video_undelete"),
    path("videos/<str:uid>/rename/", picker.video_rename, name="video_rename"),
    path("videos/<str:uid>/source", blobs.video_source, name="video_source"),
    path("videos/<str:uid>/playable", blobs.video_playable, name="video_playable"),
    path("videos/<str:uid>/poster.jpg", blobs.video_poster, name="video_poster"),
    path("videos/<str:uid>/sprite.jpg", blobs.video_sprite, name="video_sprite"),
    path("uploads/", tus.tus_create, name="tus_create"),
    path("uploads/<str:uid>/", tus.tus_upload, name="tus_upload"),
    path("jobs/", jobs.job_create, name="job_create"),
    path("jobs/<str:uid>/panel/", jobs.job_panel, name="job_panel"),
    path("jobs/<str:uid>/events/", jobs.job_events, name="job_events"),
    path("jobs/<str:uid>/cancel/", jobs.job_cancel, name="job_cancel"),
    path("jobs/<str:uid>/retry/", jobs.job_retry, name="job_retry"),
    path("jobs/<str:uid>/delete/", jobs.job_delete, name="job_delete"),
    path("jobs/<str:uid>/undelete/", jobs.job_undelete, name="job_undelete"),
    path("jobs/<str:uid>/result.json", jobs.job_result, name="job_result"),
    path("jobs/<str:uid>/visual.json", jobs.job_visual, name="job_visual"),
    path("jobs/<str:uid>/code/", code.job_code, name="job_code"),
    path("code/", code.form_code, name="form_code"),
    path("history/", history.history, name="history"),
    path("examples/<str:name>/run/", examples.example_run, name="example_run"),
    path("definitions/check/", definitions.definition_check, name="definition_check"),
    path("definitions/schema.json", definitions.definition_schema, name="definition_schema"),
    path("enter/", entrance.enter, name="enter"),
    path("leave/", entrance.leave, name="leave"),
    path("health", entrance.health, name="health"),
]
