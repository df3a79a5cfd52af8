"""What people add to a case: samples they checked, quotes they translated, pages they corrected. Acts in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from countersight.errors import UsageError
from countersight.model import Correction, Deal, Digest, FileRow, Organisation, Page, Party, Stake, codec
from countersight.opened import Opened, silent
from countersight.pipeline import intake
from countersight.ports import Executor, Limits, Progress
from countersight.report.checked import FORM
from countersight.sample import ANSWERED, SAMPLED, Draw, Sample, draw, lot, samples
from countersight.store.blobs import Blobs
from countersight.store.disk import guarded
from countersight.translation import TRANSLATED, Translation
from countersight.verdict import JUDGED, MERGE, UNDO, Verdict, verdicts

if TYPE_CHECKING:
    pass


class Reviewing(Opened):
    """A case to which people add what they read, translated and corrected."""

    def samples(self) -> list[Sample]:
        """Every draw of pages without findings, with the answers given last."""
        return samples(self.journal.entries)

    def sample(self, most: int, seed: str, out: Path, executor: Executor, progress: Progress = silent) -> Sample:
        """Draw pages without findings by lot and lay them out in ``out`` for a person to read; an act in the ledger.

        Raises UsageError where there is none, where ``out`` holds a sheet, and where the case is not as it was sealed.
        """
        from countersight.pipeline import sampling

        self._outside(out)
        if (out / FORM).exists():
            raise UsageError(f"{out} holds a sampling sheet already", way_out="name another folder")
        with self._locked():
            self._as_sealed()
            with self._results() as db, guarded(out):
                found, cover = sampling.population(db), self.cover()
                if not found:
                    raise UsageError("no page is without findings: there is nothing to draw from")
                pages = tuple(draw(found, most, lot(seed, cover[0])))
                drawn = Draw(0, "", seed, len(found), pages, *cover)
                blobs = [Blobs(self.root / name) for name in ("evidence", "derived/members")]
                sampling.Layout(out, blobs, db, executor, progress).write(drawn, self.config.title)
            self._enter(SAMPLED, drawn.facts(), executor, progress)
        return self.samples()[-1]

    def answer(self, form: bytes, by: str, executor: Executor, progress: Progress = silent) -> Sample:
        """Enter a person's answers to a sample in the ledger. Raises UsageError for a form that does not fit a draw.

        The same answers once more change nothing; others supersede them, and both stay in the ledger.
        """
        from countersight.report import sheet

        with self._locked():
            self._as_sealed()
            sample, answers = sheet.matched(form, self.samples())
            facts = codec.plain(sheet.facts(sample, answers, by))
            known = [entry.facts for entry in self.journal.entries if entry.act == ANSWERED]
            if facts not in [each for each in known if each["draw"] == sample.draw.n][-1:]:
                self._enter(ANSWERED, facts, executor, progress)
        return next(each for each in self.samples() if each.draw.n == sample.draw.n)

    def translate(
        self,
        finding: str,
        place: int,
        text: str,
        *,
        by: str,
        checked_by: str,
        executor: Executor,
        progress: Progress = silent,
    ) -> Translation:
        """Enter a person's translation of the ``place``-th quote of a finding; an empty text takes it back.

        Personal data in it is masked as in the records. Raises UsageError for a finding or place that is not there, for
        no translator, and where the checker is the translator.
        """
        from countersight.privacy.masks import mask

        if not by.strip() or by.strip() == checked_by.strip():
            raise UsageError(
                "a translation names who made it, and another person as the one who checked it",
                way_out="countersight translate CASE FINDING --text TEXT --by WHO [--checked-by ANOTHER]",
            )
        with self._locked():
            self._as_sealed()
            quote = self._quote(finding, place)
            facts = {"quote": quote, "text": mask(text.strip())[0], "by": by.strip(), "checked_by": checked_by.strip()}
            known = [entry.facts for entry in self.journal.entries if entry.act == TRANSLATED]
            if facts not in [each for each in known if each["quote"] == quote][-1:]:
                self._enter(TRANSLATED, facts, executor, progress)
        at = next(entry.at for entry in reversed(self.journal.entries) if entry.act == TRANSLATED)
        return Translation(facts["text"], facts["by"], facts["checked_by"], at)

    def _quote(self, finding: str, place: int) -> str:
        with self._results() as db:
            cited = next((one.citations for one in db.findings() if one.id == finding), ())
        if not 1 <= place <= len(cited):
            raise UsageError(
                f"{self.root} has no finding {finding} with a place {place}",
                way_out="`countersight export` lists findings with their ids and citations",
            )
        return cited[place - 1].quote

    def organisations(self) -> list[Organisation]:
        """The bodies that the records name, by id."""
        with self._results() as db:
            return list(db.organisations())

    def organisation(self, named: str) -> Organisation:
        """The body of this id or name. Raises UsageError where there is none, or several."""
        from countersight.pipeline import judging

        return judging.found(self.organisations(), named)

    def involving(self, body: Organisation) -> tuple[list[tuple[Deal, Party]], list[Stake]]:
        """The deals of which a body is a party, each with its part, and the stakes it has or others have in it."""
        with self._results() as db:
            deals = [(deal, party) for deal in db.deals() for party in deal.parties if party.organisation == body.id]
            return deals, [stake for stake in db.stakes() if body.id in {stake.owner_id, stake.owned_id}]

    def verdicts(self) -> tuple[Verdict, ...]:
        """What reviewers said of bodies and nobody took back."""
        return verdicts(self.journal.entries)

    def judge(
        self, do: str, named: Sequence[str], *, by: str, why: str, executor: Executor, progress: Progress = silent
    ) -> None:
        """Enter that two bodies are one (``merge``), that a name is not a body's (``split``), or take such an act back.

        Raises UsageError for a body, name or act that is not there, and where nobody signs or gives a reason.
        """
        from countersight.pipeline import judging

        with self._locked():
            self._as_sealed()
            if do == UNDO:
                number = int(named[0]) if named[0].isdigit() else 0
                verdict = judging.undoing(self.verdicts(), number, by, why)
            else:
                make = judging.merging if do == MERGE else judging.splitting
                verdict = make(self.organisations(), named[0], named[1], by, why)
            self._enter(JUDGED, verdict.facts(), executor, progress)

    def page(self, file: str, number: int) -> tuple[FileRow, Page, Page]:
        """A page by its file (locator, name or beginning of a digest) and number: as it stands, and as it was read.

        Raises UsageError where there is no such file, or no such page of it was read.
        """
        from countersight.pipeline.correction import find_page

        with self._results() as db:
            return find_page(db, file, number)

    def correct(
        self,
        file: str,
        number: int,
        text: str | None,
        executor: Executor,
        *,
        by: str,
        why: str,
        progress: Progress = silent,
    ) -> Correction | None:
        """Put a reviewer's text in place of a page's reading (None: put the reading back), and derive what follows.

        The correction that then stands. Raises UsageError where the page is not there or the text cannot stand; after
        a kill, the same command goes on.
        """
        from countersight.pipeline import correction

        by, why = correction.named(by, why)
        with self._locked():
            self._begin(())
            row, present, original = self.page(file, number)
            if row.digest is None:
                raise ValueError(f"{row.locator} has pages but no bytes")
            stands = correction.standing(self.journal.entries).get((row.digest, number))
            act = correction.Act(row.digest, number, None, None, by, why)
            if text is not None:
                given = correction.checked(text, original, present)
                act = replace(act, original=self._kept(original.text), text=self._kept(given))
            elif stands is None and self._is_current():
                raise UsageError(f"no correction of page {number} of {row.locator} stands", way_out="nothing to do")
            if act.text != (stands and stands.text) or (stands and (by, why) != (stands.by, stands.why)):
                self.journal.append([(intake.CORRECTED, act.facts())])
            if not self._is_current():
                self._derive(executor, Limits(), progress, retry=False)
        with self._results() as db:
            return next((c for c in db.corrections() if (c.digest, c.page or 1) == (row.digest, number)), None)

    def _kept(self, text: str) -> Digest:
        return Blobs(self.root / "evidence")(BytesIO(text.encode()), limit=1 << 40)[0]
