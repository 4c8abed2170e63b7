from django.urls import path

from allonce.kernel.privacy.requests.views import desk, disclosures, people, public, transfers

app_name = "requests"

urlpatterns = [
    path("privacy/request/", public.ask, name="ask"),
    path("privacy/request/sent/", public.sent, name="sent"),
    path("privacy/request/<str:token>/", public.own, name="own"),
    path("privacy/request/<str:token>/confirm/", public.confirm, name="confirm"),
    path("privacy/request/<str:token>/reply/", public.reply, name="reply"),
    path("privacy/request/<str:token>/document/", public.upload, name="upload"),
    path("privacy/request/<str:token>/download/", public.download, name="download"),
    path("privacy/transfer/<str:token>/", transfers.by_link, name="transfer_by_link"),
    path("me/requests/", people.mine, name="mine"),
    path("me/disclosures/", people.my_disclosures, name="my_disclosures"),
    path("me/transfer/", transfers.mine, name="my_transfer"),
    path("account/requests/", people.passed_on, name="referrals"),
    path("account/requests/<uuid:referral_id>/answer/", people.note_answer, name="note_answer"),
    path("operator/requests/", desk.desk, name="desk"),
    path("operator/requests/new/", desk.write_down, name="write_down"),
    path("operator/requests/<uuid:request_id>/", desk.detail, name="detail"),
    path("operator/requests/<uuid:request_id>/document/", desk.see_document, name="see_document"),
    path("operator/requests/<uuid:request_id>/do/<slug:name>/", desk.act, name="act"),
    path("operator/disclosures/", disclosures.listed, name="disclosures"),
    path("operator/disclosures/new/", disclosures.record, name="disclosure_new"),
    path("operator/disclosures/<uuid:disclosure_id>/", disclosures.shown, name="disclosure"),
    path("operator/disclosures/<uuid:disclosure_id>/agree/", disclosures.agree, name="disclosure_agree"),
    path("operator/disclosures/<uuid:disclosure_id>/drop/", disclosures.drop, name="disclosure_drop"),
    path("operator/disclosures/<uuid:disclosure_id>/copy/", disclosures.attachment, name="disclosure_copy"),
    path("operator/transfer/", transfers.listed, name="transfers"),
    path("operator/transfer/new/", transfers.prepare, name="transfer_new"),
    path("operator/transfer/<uuid:transfer_id>/", transfers.shown, name="transfer"),
    path("operator/transfer/<uuid:transfer_id>/announce/", transfers.announce, name="transfer_announce"),
    path("operator/transfer/<uuid:transfer_id>/call-off/", transfers.call_off, name="transfer_call_off"),
    path("operator/transfer/<uuid:transfer_id>/hand-over/", transfers.hand_over, name="transfer_hand_over"),
]
