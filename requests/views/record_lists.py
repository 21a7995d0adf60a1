"""What stands around a record as lines: holds, funding, work, family and the forms issued."""

from datetime import timedelta

from django.utils.translation import gettext as _

from isso.requests.records.around import lines_around
from isso.requests.records.models.money import COSTS, MEANS

from ..form_fields import dollars
from ..rules.dates import add_months
from ..rules.opt_reporting import training_of
from ..rules.stem_reports import reports_of
from ..rules.training_bars import training_bars
from .answer_rows import Row
from .record_rows import day_in_words, group_of

# Which column says more about an amount, where it is not named after it.
REMARKS = {"us_government": "us_agency"}
# A child's status ends at 21; we speak of it from here on (domain/records.md §7).
SOON, VERY_SOON = timedelta(days=90), timedelta(days=30)


def list_groups(record, facts, sources, policies, today):
    """Return the groups of rows around a record; ``policies`` are by the key of the type."""
    lines = lines_around(record)
    full_time = {each.id: each.full_time for each in facts.employments}
    return [
        group_of("holds", sources["holds"], holds(lines["hold"])),
        group_of("funding", sources["funding"], funding(record.funding.first())),
        group_of(
            "work",
            sources["work"],
            [
                *work(lines["work"], lines["job"], full_time),
                *stem_reports(facts, policies["opt_report"], today),
            ],
            bars=training_bars(facts, policies, today),
        ),
        group_of("dependents", sources["dependents"], family(lines["family"], today)),
        group_of("forms", sources["forms"], forms(lines["form"], lines["family"], today)),
        group_of("course", sources["course"], course(lines)),
    ]


def course(lines):
    """Return what happened along the studies or the stay: kept because later rules count it."""
    return [
        *(
            Row(_("Reduced course load"), line.name_shown, _span(line), stamp=_ended(line))
            for line in lines["load"]
        ),
        *(Row(_("Former SEVIS ID"), line.name, line.detail) for line in lines["former"]),
        *(
            Row(_("Earlier exchange stay"), line.name_shown, _joined(line.detail, _span(line)))
            for line in lines["stay"]
        ),
        *(Row(_("Site of activity"), line.name, line.detail) for line in lines["site"]),
    ]


def _span(line):
    return f"{day_in_words(line.start)} – {day_in_words(line.end)}"


def _ended(line):
    return "" if line.status == "authorized" else line.status_shown


def holds(lines):
    """Return the holds that are not lifted, with what to do."""
    return [
        Row(
            line.name_shown,
            line.detail or _("Ask us what to do."),
            _("Since %(day)s") % {"day": day_in_words(line.start)},
        )
        for line in lines
        if line.end is None
    ]


def funding(statement):
    """Return costs and means of the newest statement, each with its sum."""
    if statement is None:
        return []
    enough = statement.total_means >= statement.total_cost
    rows = [
        *_amounts(statement, COSTS),
        Row(_("Costs together"), dollars(statement.total_cost)),
        *_amounts(statement, MEANS),
        Row(
            _("Means together"),
            dollars(statement.total_means),
            stamp="" if enough else _("Less than the costs"),
            tone="warn",
        ),
    ]
    months = _("For %(months)d months") % {"months": statement.months or 12}
    since = statement.covers_from
    return [
        Row(
            months,
            _joined(
                _("as of %(day)s") % {"day": day_in_words(statement.as_of)},
                since and _("counted from %(day)s") % {"day": day_in_words(since)},
            ),
        ),
        *rows,
    ]


def _amounts(statement, names):
    for name in names:
        amount = getattr(statement, name)
        if amount:
            label = str(statement._meta.get_field(name).verbose_name)
            remark = getattr(statement, REMARKS.get(name, f"{name}_remark"), "")
            yield Row(label[:1].upper() + label[1:], dollars(amount), remark)


def work(lines, jobs, full_time):
    """Return every permission to work, the newest first, with the jobs reported under it."""
    return [
        Row(
            line.name_shown,
            _joined(
                f"{day_in_words(line.start)} – {day_in_words(line.end)}",
                _("full time") if full_time.get(line.pk) else _("part time"),
            ),
            _employers(line, [job for job in jobs if job.belongs_to == line.pk]),
            stamp="" if line.status == "approved" else line.status_shown,
            tone="muted",
        )
        for line in lines
    ]


def stem_reports(facts, policy, today):
    """Return every report owed on STEM OPT, the earliest first, and which of them is urgent."""
    return [
        Row(
            report.label,
            _("due %(day)s") % {"day": day_in_words(report.due_on)},
            stamp=report.words(today),
            tone=report.tone(today) or "muted",
        )
        for report in reports_of(facts, training_of(facts, "STEM"), policy)
    ]


def _employers(line, jobs):
    # An employer named on the permission and reported as a job is one employer, read once.
    named = "" if line.detail in {job.name for job in jobs} else line.detail
    return _joined(named, *(_job(job) for job in jobs))


def _job(job):
    since = day_in_words(job.start)
    if job.end is None:
        return _("%(employer)s since %(since)s") % {"employer": job.name, "since": since}
    return f"{job.name}, {since} – {day_in_words(job.end)}"


def family(lines, today):
    """Return spouse and children; a child is told when it turns 21 soon."""
    rows = []
    for line in lines:
        if line.end is not None:
            continue
        words, tone = _coming_of_age(line, today)
        born = line.start and _("born %(day)s") % {"day": day_in_words(line.start)}
        rows.append(
            Row(
                line.name,
                _joined(line.more_shown, born),
                ", ".join(
                    filter(None, [line.detail or _("No SEVIS ID yet"), str(line.status_shown)])
                ),
                stamp=words,
                tone=tone,
            )
        )
    return rows


def _joined(*words):
    return ", ".join(str(each) for each in words if each)


def _coming_of_age(line, today):
    """Return words and tone about the 21st birthday, when SEVIS ends a child's record."""
    if line.more != "child" or line.start is None:
        return "", ""
    birthday = add_months(line.start, 21 * 12)
    if birthday - today > SOON:
        return "", ""
    words = _("Turns 21 on %(day)s: the status ends") % {"day": day_in_words(birthday)}
    return words, "bad" if birthday - today <= VERY_SOON else "warn"


def forms(lines, people, today):
    """Return the forms we issued, the newest first, with how long a travel signature serves."""
    names = {person.pk: person.name for person in people}
    rows = []
    for line in lines:
        for_whom = names.get(line.belongs_to)
        serves = line.end and _("Serves for re-entry until %(day)s") % {
            "day": day_in_words(line.end)
        }
        rows.append(
            Row(
                f"{line.name_shown}, {line.status_shown}" if line.status else line.name_shown,
                day_in_words(line.start),
                _joined(for_whom and _("For %(name)s") % {"name": for_whom}, line.detail, serves),
                stamp=_("Signature passed") if line.end and line.end < today else "",
                tone="muted",
            )
        )
    return rows
