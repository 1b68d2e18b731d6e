"""`loa report …`: reports and their forms in the terminal, and whether a document is what it claims to be."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.dates import short_date, today
from loa.base.errors import Refused
from loa.ledger.facts import SYSTEM
from loa.people.policies import Scope
from loa.people.queries import unit_with_code
from loa.reports import actions, composing, files, formfile, queries, records
from loa.reports.document.printing import Unprintable
from loa.reports.figures import ReportFigure
from loa.reports.models import Report, said_in
from loa.reports.terms import Term

LARGEST = 64 * 1024 * 1024
"""Bytes of a file to verify; our own documents have far fewer."""


class Command(BaseCommand):
    requires_system_checks = ()
    help = "List and show reports, write one as .docx, or verify a document or a report by its fingerprint."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        listed = verbs.add_parser("list", help="who owes the report of a period, what is missing first")
        listed.add_argument("--period", help="such as 2026-H1; by default the one due nearest to today")
        shown = verbs.add_parser("show", help="the figures and the text of one report")
        written = verbs.add_parser("docx", help="one report as an administrative document")
        printed = verbs.add_parser("pdf", help="one report as PDF")
        verified = verbs.add_parser("verify", help="whether a document, or a report, still is what was accepted")
        for verb in (shown, written, printed):
            verb.add_argument("--unit", metavar="CODE", required=True)
            verb.add_argument("--period", required=True, help="such as 2026-H1")
        for verb in (written, printed):
            verb.add_argument("--out", metavar="FILE", type=Path, required=True, help="- for standard output")
        verified.add_argument("file", type=Path, nargs="?")
        verified.add_argument("--unit", metavar="CODE")
        verified.add_argument("--period")
        verified.add_argument("--record", type=Path, help="the exported record of the document, to verify without us")
        exported = verbs.add_parser("export", help="one report as a record that anybody can verify")
        again = verbs.add_parser("recompute", help="its figures as known then, as known now, and by today's structure")
        for verb in (exported, again):
            verb.add_argument("--unit", metavar="CODE", required=True)
            verb.add_argument("--period", required=True, help="such as 2026-H1")
        exported.add_argument("--out", metavar="FILE", type=Path, required=True, help="- for standard output")
        verbs.add_parser("remind", help="remind the units whose reports are due, as the schedule does")
        form = verbs.add_parser("form", help="the forms of reports").add_subparsers(dest="form", required=True)
        loaded = form.add_parser("load", help="take forms over from their file; the same file again changes nothing")
        loaded.add_argument("file", type=Path)
        form.add_parser("list", help="the forms that are loaded, by plan and kind of report")

    def handle(self, *args: Any, **options: Any) -> None:
        verbs = {
            "list": self._list,
            "show": self._show,
            "docx": self._docx,
            "export": self._export,
            "pdf": self._pdf,
            "verify": self._verify,
            "recompute": self._recompute,
            "remind": self._remind,
            "form": self._form,
        }
        verbs[options["verb"]](options)

    def _list(self, options: dict[str, Any]) -> None:
        on = today(timezone.now())
        term = _term(options["period"])
        self.stdout.write(f"{term.name}: {short_date(term.period.first)} - {short_date(term.period.last)}")
        after, everything = "", Scope(on=on, everything=True)
        while True:
            page = queries.owed(term, everything, on=on, after=after)
            for row in page.rows:
                day = short_date(row.received_on) if row.received_on else "-"
                self.stdout.write(f"{row.code:<12} {row.state or 'missing':<10} {day:<11} {row.unit}")
            if not (after := page.after):
                return

    def _show(self, options: dict[str, Any]) -> None:
        report = _report(options)
        self.stdout.write(f"{report}: {report.get_state_display()}")
        for stored in report.figures:
            figure = ReportFigure.read(stored)
            parts = f" ({figure.parts_text})" if figure.parts_text else ""
            self.stdout.write(f"{figure.target:<4} {figure.value_text}{parts} / {figure.goal_text}  {figure.short}")
            for year in figure.years:
                source = f"sha256 {year.fingerprint}" if year.accepted else "-"
                self.stdout.write(f"     {year.year} {year.value_text} / {year.goal_text}  {source}")
        for section in report.narrative:
            self.stdout.write(f"\n{section['title']}\n{section['text']}")
        self.stdout.write(f"\nsha256 {report.fingerprint or '-'}")

    def _docx(self, options: dict[str, Any]) -> None:
        self._put(files.docx(_report(options)), options["out"])

    def _pdf(self, options: dict[str, Any]) -> None:
        try:
            content = files.pdf(_report(options))
        except Unprintable as problem:
            raise CommandError(str(problem), returncode=1) from None
        self._put(content, options["out"])

    def _export(self, options: dict[str, Any]) -> None:
        report = _report(options)
        if not report.fingerprint:
            text = _("This report has not been handed in, so there is nothing to verify yet.")
            raise CommandError(text, returncode=1)
        self._put(files.record(report), options["out"])

    def _put(self, content: bytes, out: Path) -> None:
        if str(out) == "-":
            sys.stdout.buffer.write(content)
            return
        try:
            out.write_bytes(content)
        except OSError as problem:
            reason = {"file": out, "reason": problem.strerror or ""}
            raise CommandError(_("%(file)s can not be written: %(reason)s") % reason, returncode=2) from None
        self.stdout.write(str(out))

    def _form(self, options: dict[str, Any]) -> None:
        if options["form"] == "list":
            for version in queries.form_versions():
                day = short_date(version.valid_from)
                self.stdout.write(f"{version.plan.code}  {version.kind:<22} {version.code:<18} {day}  {version.name}")
            return
        try:
            file = formfile.read(_text(options["file"]), name=options["file"].name)
            done = actions.load_forms(file, by=SYSTEM, at=timezone.now())
        except (formfile.BadPlan, Refused) as problem:
            raise CommandError(str(problem), returncode=2) from None
        counts = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged}
        self.stdout.write(
            _("%(added)d versions of forms added, %(changed)d changed, %(unchanged)d unchanged.") % counts
        )

    def _recompute(self, options: dict[str, Any]) -> None:
        report = _report(options)
        for replay in queries.replays(report, today=today(timezone.now())):
            said = {"then": replay.then_text, "now": replay.now_text, "today": replay.today_text}
            self.stdout.write(f"{replay.figure.target} {replay.figure.short}")
            self.stdout.write("  " + _("then %(then)s; now %(now)s; by today's structure %(today)s") % said)
            for one in (*replay.differences, *replay.moves):
                self.stdout.write(f"  {one.then:>4} → {one.now:<4} {one.why_text}: {one.row.label} ({one.row.ref})")

    def _remind(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        count = actions.remind(on=today(now), by=SYSTEM, at=now)
        self.stdout.write(_("%(count)d units were reminded.") % {"count": count})

    def _verify(self, options: dict[str, Any]) -> None:
        """A record, and a document beside its record, are verified without the database."""
        content = _content(options["file"]) if options["file"] else b""
        if options["record"]:
            self._verify_beside(content, options["record"])
            return
        if (values := records.read(content)) is not None:
            self._verify_values(values)
            return
        if options["file"]:
            report = self._verify_file(options["file"])
        elif options["unit"] and options["period"]:
            report = self._verify_record(_report(options))
        else:
            raise CommandError(_("Please name a file, or --unit and --period."), returncode=2)
        self.stdout.write(f"{report}\nsha256 {report.fingerprint}")

    def _verify_beside(self, document: bytes, file: Path) -> None:
        values = records.read(_content(file))
        if values is None:
            raise CommandError(_("%(file)s is no record of a report.") % {"file": file}, returncode=2)
        if not records.names(values, document, printed=composing.fingerprint_in(document)):
            raise CommandError(_("This document is not the one that the record speaks of."), returncode=1)
        self._verify_values(values)

    def _verify_values(self, values: dict[str, Any]) -> None:
        if found := records.problems(values):
            raise CommandError("\n".join(found), returncode=1)
        said = values["report"]
        self.stdout.write(_("The record holds: figures, text, evidence, form and corrections fit their fingerprints."))
        self.stdout.write(_("Please compare the fingerprint with the one printed on the document or told by the unit."))
        self.stdout.write(f"{said['unit_name']} {said['kind']} {said['first']} - {said['last']}")
        for one in values["corrections"]:
            day = short_date(today(datetime.fromisoformat(one["accepted_at"]))) if one["accepted_at"] else "-"
            self._tell(one["number"], one["label"], said_in(one["old"]), said_in(one["new"]), day)
        self.stdout.write(f"sha256 {values['fingerprint']}")

    def _verify_file(self, file: Path) -> Report:
        found = files.check(_content(file))
        if found.report is None:
            raise CommandError(_("This file is not the document of an accepted report kept here."), returncode=1)
        if not found.same:
            raise CommandError(
                _("This file names the fingerprint of an accepted report, but it is not the document that was stored."),
                returncode=1,
            )
        report = self._verify_record(found.report)
        if not found.corrected:
            self.stdout.write(_("This document does not show all of these corrections; a newer one does."))
        return report

    def _verify_record(self, report: Report) -> Report:
        if not report.fingerprint:
            raise CommandError(
                _("This report has not been handed in, so there is nothing to verify yet."), returncode=1
            )
        if not queries.intact(report):
            raise CommandError(_("What is stored no longer has the fingerprint it was handed in with."), returncode=1)
        if broken := queries.broken_corrections(report):
            said = {"numbers": ", ".join(one.number_text for one in broken)}
            raise CommandError(
                _("These corrections are no longer what was accepted: %(numbers)s.") % said, returncode=1
            )
        if report.state == Report.State.ACCEPTED:
            self.stdout.write(_("Accepted and intact: figures, evidence and text are those that were accepted."))
            for one in queries.accepted_corrections(report):
                day = short_date(today(one.accepted_at)) if one.accepted_at else "-"
                self._tell(one.number_text, one.label, one.old_text, one.new_text, day)
        else:
            self.stdout.write(_("Intact, but not accepted yet."))
        return report

    def _tell(self, number: str, label: str, old: str, new: str, day: str) -> None:
        """One accepted correction."""
        self.stdout.write(
            _("%(number)s, accepted on %(day)s: %(label)s") % {"number": number, "day": day, "label": label}
        )
        self.stdout.write(f"  {old or '-'}\n  → {new or '-'}")


def _term(code: str | None) -> Term:
    on = today(timezone.now())
    term = queries.term_named(code, on=on) if code else queries.current_term(on)
    if term is None:
        known = ", ".join(one.half for one in queries.terms_on(on)) or "-"
        text = _("There is no such report. Known are: %(known)s") % {"known": known}
        raise CommandError(text, returncode=2)
    return term


def _term_of(unit_id: int, code: str) -> Term:
    """A half of a year ("2026-H1") names the report that this unit owes in it."""
    found = [term for term in queries.terms_on(today(timezone.now())) if code in {term.code, term.half}]
    return next((term for term in found if queries.owes(unit_id, term)), None) or _term(code)


def _report(options: dict[str, Any]) -> Report:
    try:
        unit_id = unit_with_code(options["unit"]).pk
    except ObjectDoesNotExist:
        text = _("There is no unit with the code %(code)s.") % {"code": options["unit"]}
        raise CommandError(text, returncode=2) from None
    report = queries.report_of(unit_id, _term_of(unit_id, options["period"]))
    if report is None:
        raise CommandError(_("This unit has not begun this report."), returncode=1)
    return report


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as problem:
        reason = {"file": file, "reason": problem.strerror or ""}
        raise CommandError(_("%(file)s can not be read: %(reason)s") % reason, returncode=2) from None
    except UnicodeDecodeError:
        raise CommandError(_("%(file)s is not a text in UTF-8.") % {"file": file}, returncode=2) from None


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(_("This file is too large to be one of our documents."), returncode=2)
        return file.read_bytes()
    except OSError as problem:
        reason = {"file": file, "reason": problem.strerror or ""}
        raise CommandError(_("%(file)s can not be read: %(reason)s") % reason, returncode=2) from None
