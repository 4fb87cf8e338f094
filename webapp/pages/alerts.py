"""My alerts: see, add, change, pause, resume, delete. Every one is looked up among the person's own."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobalerts.domain.alert import Alert
from jobalerts.preferences import Preferences
from jobalerts.registration import follow
from jobalerts.sql import alerts, bounces, companies
from jobalerts.sql.engine import read, write
from webapp.access import Access, access
from webapp.company_questions import Question, answered, open_questions
from webapp.forms import AlertForm
from webapp.forms import read as read_form
from webapp.login import current_person
from webapp.services import now, services

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts")
MOST_ALERTS = 20


@blueprint.get("")
@access(Access.USER)
def page() -> ResponseReturnValue:
    with read(services().engine) as connection:
        own = alerts.of(connection, current_person().id)
        known = companies.known(connection, [name for alert in own for name in alert.companies])
        bounced = bounces.reason(connection, current_person().id)
    return render_template("alerts/page.html", alerts=own, known=known, bounced=bounced)


@blueprint.get("/new")
@access(Access.USER)
def add() -> ResponseReturnValue:
    form = AlertForm()
    form.companies.data = request.args.get("company", "")[:200]
    return _form(form, None)


@blueprint.post("/new")
@access(Access.USER)
def save_new() -> ResponseReturnValue:
    form, preferences, questions = _read()
    if preferences is None or questions:
        return _form(form, None, questions), 422
    person = current_person()
    with write(services().engine) as connection:
        if len(alerts.of(connection, person.id)) >= MOST_ALERTS:
            abort(400, f"You have {MOST_ALERTS} alerts, which is the most. Change or delete one.")
        alert = alerts.add(connection, person.id, preferences.wanted, now=now())
        follow(connection, alert, now=now())
    flash("The alert is saved. What fits right now is on its way to you.")
    return redirect(url_for("alerts.page"), 303)


@blueprint.get("/<alert_id>")
@access(Access.USER)
def change(alert_id: str) -> ResponseReturnValue:
    alert = _own(alert_id)
    form = AlertForm()
    form.show(alert)
    return _form(form, alert)


@blueprint.post("/<alert_id>")
@access(Access.USER)
def save(alert_id: str) -> ResponseReturnValue:
    alert = _own(alert_id)
    form, preferences, questions = _read()
    if preferences is None or questions:
        return _form(form, alert, questions), 422
    with write(services().engine) as connection:
        changed = alerts.change(connection, current_person().id, alert_id, preferences.wanted, now=now())
        if changed and changed.paused_at is None:
            follow(connection, changed, now=now())
    flash("The alert is changed. It counts from now on.")
    return redirect(url_for("alerts.page"), 303)


@blueprint.post("/<alert_id>/pause")
@access(Access.USER)
def pause(alert_id: str) -> ResponseReturnValue:
    with write(services().engine) as connection:
        if not alerts.pause(connection, current_person().id, alert_id, now=now()):
            abort(404)
    flash("The alert is paused: it sends nothing until you resume it.")
    return redirect(url_for("alerts.page"), 303)


@blueprint.post("/<alert_id>/resume")
@access(Access.USER)
def resume(alert_id: str) -> ResponseReturnValue:
    with write(services().engine) as connection:
        if not alerts.resume(connection, current_person().id, alert_id, now=now()):
            abort(404)
        bounces.forgive(connection, current_person().id)
        alert = alerts.one(connection, current_person().id, alert_id)
        if alert:
            follow(connection, alert, now=now())
    flash("The alert runs again.")
    return redirect(url_for("alerts.page"), 303)


@blueprint.get("/<alert_id>/delete")
@access(Access.USER)
def ask_delete(alert_id: str) -> ResponseReturnValue:
    return render_template("alerts/delete.html", alert=_own(alert_id))


@blueprint.post("/<alert_id>/delete")
@access(Access.USER)
def delete(alert_id: str) -> ResponseReturnValue:
    with write(services().engine) as connection:
        if not alerts.remove(connection, current_person().id, alert_id):
            abort(404)
    flash("The alert is deleted. What it has found stays in My matches.")
    return redirect(url_for("alerts.page"), 303)


def _own(alert_id: str) -> Alert:
    with read(services().engine) as connection:
        alert = alerts.one(connection, current_person().id, alert_id)
    return alert or abort(404)


def _read() -> tuple[AlertForm, Preferences | None, list[Question]]:
    form = AlertForm()
    form.companies.data = answered(request.form, form.companies.data or "")
    preferences = read_form(form, Preferences)
    if preferences is None:
        return form, None, []
    with read(services().engine) as connection:
        return form, preferences, open_questions(connection, preferences.companies, request.form)


def _form(form: AlertForm, alert: Alert | None, questions: list[Question] | None = None) -> str:
    with read(services().engine) as connection:
        names = companies.all_names(connection, demo=False)
    return render_template("alerts/form.html", form=form, alert=alert, names=names, questions=questions or [])
