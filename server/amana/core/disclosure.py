"""The first disclosure rule: a cell that rests on fewer than `k_reports` reports shows no number.

**The row stays.** Its week, district and kind are shown with `suppressed` set. Leaving the row out
would make "somebody told us something" look like "all is quiet", and a coordinator plans by that
difference. What the row gives away is that one or two reports of a kind came from a whole district
in a week; not from whom, nor what happened. Every number is withheld together, severity included:
each of them would describe a single report.

**No complementary suppression**, because no totals are published: not by district, governorate,
kind, week or overall. A withheld number can only be worked out from a sum it is part of. Whoever
publishes a total has to hide a second cell first. For the same reason the doors answer in whole
weeks only: two ranges that cut a week at different days would differ by one day's reports.

What this rule does not do:

- It counts reports, not people: one person who sends three lifts a cell over the line, and three
  people who saw one event lift it too, so that the event's band of families is shown.
- A cell that is shown may still say something small and exact (one family, one event).
- It looks at one answer. Whoever asks every hour sees the numbers change by one report at a time.
- It does not protect from the desk: reviewers see assessments themselves.
"""

from collections.abc import Iterable

from amana.core.summary import Cell

K_REPORTS = 3


def withhold(cells: Iterable[Cell], k_reports: int = K_REPORTS) -> list[Cell]:
    """The cells in their order, those on fewer than `k_reports` reports blank and suppressed.

    A cell that is suppressed already stays so: applying the rule twice changes nothing.
    """
    return [
        cell
        if cell.reports is not None and cell.reports >= k_reports
        else Cell(key=cell.key, suppressed=True)
        for cell in cells
    ]
