# SPDX-License-Identifier: AGPL-3.0-or-later
"""The block `law_case_study`: a file that the server releases stage by stage, with questions at each."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from markupsafe import Markup

from migration_law.model.attempt import Attempt, Entry
from migration_law.model.case_study import CaseStudy, Stage
from migration_law.model.progress import Progress
from migration_law.model.verdict import Refusal

from . import report
from .handlers import answers_by_question, learner_handler, named
from .marked import MarkedBlock
from .presenting import Presenter, Rights
from .who import viewer

Body = dict[str, Any]


class LawCaseStudyXBlock(MarkedBlock):
    """A case study. Its content is a `migration_law.model.case_study.CaseStudy`."""

    MODEL = CaseStudy
    TEMPLATE = "case.html"
    WORK = Progress
    SCENARIO = "law_case_study"
    SCENARIO_TITLE = "A case study on migration law"
    icon_class = "problem"
    at_once = False

    # -- progress --------------------------------------------------------------------------------------------------

    @cached_property
    def progress(self) -> Progress:
        """How far the learner has come; nothing yet, and not kept, if there is no progress."""
        number = len(self.finished) + 1
        return self._stored() or Progress(number=number, seed=self.secret(viewer(self).anonymous_id, number))

    def _stored(self) -> Progress | None:
        kept: Progress | None = self.kept
        return None if kept and self.attempts == 0 and kept.is_over(self.thing) else kept

    def _keep(self, progress: Progress) -> None:
        self.progress = progress
        self.keep(progress)

    # -- what is shown ---------------------------------------------------------------------------------------------

    def shown(self, public: bool = False, message: str = "", focus: str = "") -> Body:
        case, progress = self.thing, self.progress
        texts = Presenter(Attempt(seed="", entries=()), self.sources)
        stages = [self._stage(texts, stage, public) for stage in progress.released(case)]
        over = progress.is_over(case)
        return {
            "case": case, "intro": texts.html(case.intro), "stages": stages, "over": over, "public": public,
            "stage_count": len(case.stages), "message": message, "focus": focus or "title", "earned": progress.earned,
            "possible": progress.possible,
            "debrief": texts.html(case.debrief) if over and self._may_show() else Markup(""),
            "score_shown": self._may_show(), "closed": public or self.closed, "sources_shown": texts.used_sources(),
            "facilitator": texts.html(case.facilitator or "") if viewer(self).staff else Markup(""),
        }  # fmt: skip

    def _stage(self, texts: Presenter, stage: Stage, public: bool) -> Body:
        attempt = self.progress.attempt(stage)
        shut = public or self.closed or attempt.submitted
        presenter = texts.of(attempt)
        exhibits = [exhibit for exhibit in self.thing.exhibits if exhibit.id in stage.exhibits]
        rights = Rights(verdict=attempt.submitted and self._may_show(), solution=attempt.submitted and self._may_show())
        return {
            "id": stage.id, "title": stage.title, "date": self.date(stage.date), "facts": texts.html(stage.facts),
            "exhibits": [(exhibit, texts.html(exhibit.text)) for exhibit in exhibits], "done": attempt.submitted,
            "closed": shut, "earned": attempt.earned, "possible": attempt.possible,
            "questions": [self._question(presenter, e, n, rights, shut) for n, e in enumerate(attempt.entries, 1)],
        }  # fmt: skip

    def _question(self, presenter: Presenter, entry: Entry, number: int, rights: Rights, closed: bool) -> Any:
        return presenter.question(entry, number, rights=rights, closed=closed)

    def _may_show(self) -> bool:
        return self.may_show_correctness(self.progress.is_over(self.thing))

    def _whole(self, say: str, message: str = "", focus: str = "") -> Body:
        return {"html": self.finish(self.page("case_body.html", **self.shown(message=message, focus=focus))), "say": say}

    # -- what a learner does ---------------------------------------------------------------------------------------

    def _open_stage(self, body: Body) -> tuple[Stage, Attempt] | Refusal:
        """The stage under way, with the answers of the body; only this one takes answers."""
        stage = self.progress.current(self.thing)
        if stage is None or body.get("stage") != stage.id:
            return Refusal(message="This stage is not open. Reload the page.")
        answers = answers_by_question(body)
        saved = answers if isinstance(answers, Refusal) else self.progress.attempt(stage).save(answers)
        return saved if isinstance(saved, Refusal) else (stage, saved)

    @learner_handler
    def save_answers(self, body: Body) -> Body | Refusal:
        """Keep the answers of the stage under way. Body: `stage`, `fields`."""
        opened = self._open_stage(body)
        if isinstance(opened, Refusal):
            return opened
        self._keep(self.progress.with_attempt(*opened))
        return {"say": self.translate("Saved.")}

    @learner_handler
    def hint(self, body: Body) -> Body | Refusal:
        """Give the next hint of a question of the stage under way. Body: `stage`, `question`, `fields`."""
        opened = self._open_stage(body)
        if isinstance(opened, Refusal):
            return opened
        stage, attempt = opened
        question = named(body)
        hinted = attempt.hint(question)
        if isinstance(hinted, Refusal):
            return hinted
        self._keep(self.progress.with_attempt(stage, hinted))
        return self._one(hinted, question)

    def _one(self, attempt: Attempt, question_id: str) -> Body:
        presenter = Presenter(attempt, self.sources)
        numbered = {entry.question.id: (n, entry) for n, entry in enumerate(attempt.entries, 1)}
        number, entry = numbered[question_id]
        shown = self._question(presenter, entry, number, Rights(), False)
        html = self.finish(self.page("question.html", question=shown, public=False, level=4))
        return {"html": html, "say": self.translate("Hint shown.")}

    @learner_handler
    def submit(self, body: Body) -> Body | Refusal:
        """Answer the stage under way: it is marked once, and the next is released. Body: `stage`, `fields`, `sure`."""
        opened = self._open_stage(body)
        if isinstance(opened, Refusal):
            return opened
        stage, attempt = opened
        if attempt.unanswered and body.get("sure") is not True:
            return self._ask(stage, attempt)
        marked = attempt.submit()
        return marked if isinstance(marked, Refusal) else self._submitted(stage, marked)

    def _ask(self, stage: Stage, attempt: Attempt) -> Body:
        self._keep(self.progress.with_attempt(stage, attempt))
        words = self.translate("These questions have no answer yet: {numbers}. Answer them, or submit all the same.")
        message = words.format(numbers=", ".join(map(str, attempt.unanswered)))
        return self._whole(message, message, "message")

    def _submitted(self, stage: Stage, marked: Attempt) -> Body:
        self._keep(self.progress.with_attempt(stage, marked))
        done = self.progress.done(self.thing)
        if self.progress.is_over(self.thing):
            self.finish_attempt(self.progress.number, self.progress.entries)
        self.complete(done / len(self.thing.stages))
        return self._whole(self.translate("Your answers were submitted. Read the feedback, then go on."), focus=stage.id)

    # -- other readers ---------------------------------------------------------------------------------------------

    def student_view_data(self, context: Any = None) -> dict[str, Any]:
        """What an app may know: the first stage only."""
        first = self.thing.stages[0].questions if self.available else ()
        return {**report.overview(self.title, first), "stages": len(self.thing.stages) if self.available else 0}

    def index_dictionary(self) -> dict[str, Any]:
        """What search may know: the title, the introduction and the first stage."""
        words = ""
        if self.available:
            first = self.thing.stages[0]
            words = report.searchable(f"{self.thing.intro} {first.facts}", first.questions)
        return {"content": {"display_name": self.title, "text": words}, "content_type": "Case study"}
