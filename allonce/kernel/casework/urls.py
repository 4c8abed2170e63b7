from django.urls import path

from allonce.kernel.casework.views import console, mine, reporting

app_name = "casework"

urlpatterns = [
    path("operator/cases/", console.queue, name="queue"),
    path("operator/cases/<int:case_id>/", console.case, name="case"),
    path("operator/cases/<int:case_id>/heard/<uuid:text_id>/<int:number>/", console.sound, name="sound"),
    path("operator/cases/<int:case_id>/open/", console.open_case, name="open_case"),
    path("operator/cases/<int:case_id>/take-on/", console.take_on, name="take_on"),
    path("operator/cases/<int:case_id>/hold/", console.hold, name="hold"),
    path("operator/cases/<int:case_id>/note/", console.note, name="note"),
    path("operator/cases/<int:case_id>/decide/", console.decide, name="decide"),
    path("operator/cases/<int:case_id>/confirm/", console.confirm, name="confirm"),
    path("operator/cases/<int:case_id>/answer/", console.answer, name="answer"),
    path("me/decisions/", mine.decisions, name="my_decisions"),
    path("me/decisions/<int:decision_id>/", mine.my_decision, name="my_decision"),
    path("decisions/", mine.how_we_decide, name="how_we_decide"),
    path("decisions/<str:token>/", mine.decision, name="decision"),
    path("report/sent/", reporting.reported, name="reported"),
    path("report/<str:reference>/", reporting.report, name="report"),
]
