"""The addresses of one case, below those of the queue."""

from django.urls import path

from . import (
    actions,
    case,
    correct,
    imports,
    inbox,
    intake,
    intake_assign,
    retention,
    sevis_list,
    student,
    student_posts,
    students,
    trials,
)

urlpatterns = [
    path("desk/intake/", intake.IntakeList.as_view(), name="desk_intakes"),
    path("desk/intake/<int:pk>/", intake.IntakeReport.as_view(), name="desk_intake"),
    path("desk/intake/row/<int:pk>/file/", intake.IntakeFile.as_view(), name="desk_intake_file"),
    path(
        "desk/intake/row/<int:pk>/discard/",
        intake.DiscardRow.as_view(),
        name="desk_intake_discard",
    ),
    path(
        "desk/intake/row/<int:pk>/assign/",
        intake_assign.AssignRow.as_view(),
        name="desk_intake_assign",
    ),
    path("desk/inbox/", inbox.Inbox.as_view(), name="desk_inbox"),
    path("desk/inbox/<uuid:pk>/", inbox.InboxDocument.as_view(), name="desk_inbox_document"),
    path("students/", students.FindStudent.as_view(), name="desk_students"),
    path("students/<int:pk>/", student.StudentView.as_view(), name="desk_student"),
    path(
        "students/<int:pk>/start/",
        student_posts.StartForStudent.as_view(),
        name="desk_student_start",
    ),
    path(
        "students/<int:pk>/document/",
        student_posts.AddDocument.as_view(),
        name="desk_student_document",
    ),
    path(
        "students/<int:pk>/note/",
        student_posts.AddRecordNote.as_view(),
        name="desk_student_note",
    ),
    path(
        "students/<int:pk>/correct/",
        correct.CorrectRecord.as_view(),
        name="desk_student_correct",
    ),
    path("desk/sevis/", sevis_list.SevisList.as_view(), name="desk_sevis"),
    path(
        "desk/sevis/<int:pk>/record/",
        sevis_list.RecordInPlace.as_view(),
        name="desk_sevis_record",
    ),
    path("desk/imports/", imports.ImportList.as_view(), name="desk_imports"),
    path("desk/imports/<int:pk>/", imports.ImportReport.as_view(), name="desk_import"),
    path("desk/imports/<int:pk>/start/", imports.StartImport.as_view(), name="desk_import_start"),
    path("desk/imports/<int:pk>/report.csv", imports.ReportFile.as_view(), name="desk_import_file"),
    path("desk/policies/<int:pk>/try/", trials.TryPolicy.as_view(), name="desk_try_policy"),
    path("desk/trials/<int:pk>/", trials.TrialReport.as_view(), name="desk_trial"),
    path("desk/trials/<int:pk>/lines.csv", trials.TrialFile.as_view(), name="desk_trial_file"),
    path("desk/retention/", retention.RetentionPlan.as_view(), name="desk_retention"),
    path(
        "desk/retention/kind/<slug:key>/",
        retention.RetentionOfKind.as_view(),
        name="desk_retention_kind",
    ),
    path(
        "desk/retention/kind/<slug:key>/days/",
        retention.ChangeDays.as_view(),
        name="desk_retention_days",
    ),
    path(
        "desk/retention/entry/<int:pk>/hold/",
        retention.HoldEntry.as_view(),
        name="desk_retention_hold",
    ),
    path(
        "desk/retention/hold/<int:pk>/lift/",
        retention.LiftHold.as_view(),
        name="desk_retention_lift",
    ),
    path("desk/<int:pk>/", case.CaseView.as_view(), name="desk_case"),
    path("desk/<int:pk>/do/<slug:action>/", actions.ActionView.as_view(), name="desk_action"),
    path("desk/<int:pk>/assign/", actions.AssignView.as_view(), name="desk_assign"),
    path("desk/<int:pk>/note/", case.AddNote.as_view(), name="desk_note"),
    path("desk/<int:pk>/message/", case.SendMessage.as_view(), name="desk_message"),
    path("desk/<int:pk>/release/", case.ReleaseDocument.as_view(), name="desk_release"),
    path("desk/<int:pk>/revoke-letter/", case.RevokeLetter.as_view(), name="desk_revoke_letter"),
    path(
        "desk/<int:pk>/confirm/<int:approval_pk>/",
        case.ConfirmApprover.as_view(),
        name="desk_confirm",
    ),
]
