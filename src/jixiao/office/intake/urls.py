"""The addresses of the room."""

from django.urls import path

from jixiao.office.intake.views import batches, given, sides

urlpatterns = [
    path("intake/", batches.index, name="intake"),
    path("intake/<int:number>/", batches.batch, name="intake-batch"),
    path("intake/<int:number>/lines/", batches.lines, name="intake-lines"),
    path("intake/<int:number>/take/", batches.take, name="intake-take"),
    path("intake/<int:number>/stop/", batches.stop, name="intake-stop"),
    path("intake/<int:number>/again/", batches.again, name="intake-again"),
    path("intake/<int:number>/verdicts.<str:kind>", given.verdicts, name="intake-verdicts"),
    path("intake/form/<int:number>/", sides.side_by_side, name="intake-form"),
    path("intake/form/<int:number>/pages/", sides.pages, name="intake-pages"),
    path("intake/form/<int:number>/page/<int:page>.png", given.picture, name="intake-picture"),
    path("intake/form/<int:number>/field/", sides.field, name="intake-field"),
    path("intake/form/<int:number>/confirm/", sides.confirm_all, name="intake-confirm"),
    path("intake/form/<int:number>/project/", sides.project, name="intake-project"),
    path("intake/form/<int:number>/leave/", sides.leave_out, name="intake-leave"),
    path("intake/form/<int:number>/file/", sides.file_it, name="intake-file"),
    path("intake/file/<int:number>/", given.original, name="intake-original"),
]
