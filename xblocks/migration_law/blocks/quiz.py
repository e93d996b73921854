# SPDX-License-Identifier: AGPL-3.0-or-later
"""The block `law_quiz`: a quiz that marks on the server and shows only what was earned."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from migration_law.model.attempt import SETTLED, Attempt, Entry
from migration_law.model.quiz import Quiz
from migration_law.model.verdict import Refusal

from . import report
from .handlers import answers_by_question, learner_handler, named
from .marked import MarkedBlock
from .page import _
from .presenting import Presenter, Rights, ShownQuestion
from .who import viewer

Body = dict[str, Any]
MARKED_WHOLE = Refusal(message="This quiz is marked as a whole.")
NOT_SHOWN = Refusal(message="Answers are not shown now.")
KEPT = _("Your answer was kept.")
STATE_WORDS = {"right": _("Right."), "partly": _("Partly right."), "wrong": _("Not right.")}


class LawQuizXBlock(MarkedBlock):
    """A quiz. Its content is a `migration_law.model.quiz.Quiz`."""

    MODEL = Quiz
    TEMPLATE = "quiz.html"
    WORK = Attempt
    SCENARIO = "law_quiz"
    SCENARIO_TITLE = "A quiz on migration law"

    # -- the attempt -----------------------------------------------------------------------------------------------

    @cached_property
    def attempt(self) -> Attempt:
        """The attempt under way or just finished; a new one, not kept yet, if there is none."""
        return self._stored() or self._new_attempt()

    def _stored(self) -> Attempt | None:
        kept: Attempt | None = self.kept
        return None if kept and kept.submitted and self.attempts == 0 else kept

    def _new_attempt(self) -> Attempt:
        number = len(self.finished) + 1
        seed = self.secret(viewer(self).anonymous_id, number)
        return Attempt(number=number, seed=seed, entries=tuple(Entry(question=q) for q in self.thing.questions))

    def _keep(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self.keep(attempt)

    def _change(self, attempt: Attempt | Refusal) -> Refusal | None:
        """Keep a changed attempt, or pass the refusal on."""
        if isinstance(attempt, Refusal):
            return attempt
        self._keep(attempt)
        return None

    @property
    def at_once(self) -> bool:
        """Whether each question is marked as it is answered."""
        return bool(self.thing.shows == "after-question")

    @property
    def tries_left(self) -> int | None:
        """How many attempts may still be begun; None for no limit."""
        limit = self.thing.attempts
        return None if limit is None else max(0, limit - self.attempts)

    # -- what is shown ---------------------------------------------------------------------------------------------

    def shown(self, public: bool = False, message: str = "") -> dict[str, Any]:
        attempt, presenter = self.attempt, self._presenter()
        shut = public or self.closed or attempt.submitted
        return {
            "quiz": self.thing, "attempt": attempt, "intro": presenter.html(self.thing.intro or ""), "closed": shut,
            "questions": [self._question(presenter, entry, n, shut) for n, entry in enumerate(attempt.entries, 1)],
            "score_shown": self._may_show(), "message": message, "can_start_again": self._may_start_again(),
            "sources_shown": presenter.used_sources(), "public": public, "best": self.best(), "passed": self._passed(),
        }  # fmt: skip

    def _presenter(self) -> Presenter:
        return Presenter(self.attempt, self.sources)

    def _question(self, presenter: Presenter, entry: Entry, number: int, closed: bool) -> ShownQuestion:
        shut = closed or (self.at_once and self._is_shut(entry))
        return presenter.question(entry, number, rights=self._rights(entry), closed=shut)

    def _rights(self, entry: Entry) -> Rights:
        """What of a question may be shown: its verdict when marked, its solution when nothing is left to try."""
        if not self._may_show():
            return Rights()
        if self.at_once:
            return Rights(verdict=entry.verdict is not None, solution=entry.settled)
        nothing_left = self._is_last or self.closed or self.attempt.earned >= self.attempt.possible
        return Rights(verdict=self.attempt.submitted, solution=self.attempt.submitted and nothing_left)

    def _is_shut(self, entry: Entry) -> bool:
        """Whether a practice question takes no answer; while verdicts are hidden any answer shuts it, or it would tell."""
        return entry.settled or (entry.verdict is not None and not self._may_show())

    @property
    def _is_over(self) -> bool:
        return self.attempt.complete if self.at_once else self.attempt.submitted

    @property
    def _is_last(self) -> bool:
        """Whether no attempt that counts comes after this one; one without limit has no last, unless it is practice."""
        return self.thing.purpose == "practice" if self.tries_left is None else self.tries_left == 0

    def _passed(self) -> bool:
        best, mark = self.best(), self.thing.pass_mark or 0
        return bool(best.raw_earned >= round(mark * best.raw_possible, 4))

    def _may_show(self) -> bool:
        return self.thing.shows != "never" and self.may_show_correctness(self._is_over and self._is_last)

    def _may_start_again(self) -> bool:
        return self._is_over and not self.closed and self.tries_left != 0

    def _whole(self, say: str, message: str = "") -> Body:
        return {"html": self.finish(self.page("quiz_body.html", **self.shown(message=message))), "say": say}

    def _one(self, question_id: str, say: str) -> Body:
        numbered = {entry.question.id: (n, entry) for n, entry in enumerate(self.attempt.entries, 1)}
        number, entry = numbered[question_id]
        shown = self._question(self._presenter(), entry, number, self.closed)
        return {"html": self.finish(self.page("question.html", question=shown, public=False)), "say": say}

    # -- what a learner does ---------------------------------------------------------------------------------------

    @learner_handler
    def check(self, body: Body) -> Body | Refusal:
        """Mark one question of a practice quiz. Body: `question`, and its cells in `fields`."""
        question, answers = named(body), answers_by_question(body)
        if isinstance(answers, Refusal) or not self.at_once:
            return answers if isinstance(answers, Refusal) else MARKED_WHOLE
        return self._change(self._marked(question, answers.get(question, []))) or self._checked(question)

    def _marked(self, question: str, answer: list[object]) -> Attempt | Refusal:
        entry = self.attempt.entry(question)
        return SETTLED if entry and self._is_shut(entry) else self.attempt.check(question, answer)

    def _checked(self, question: str) -> Body:
        attempt = self.attempt
        if attempt.complete:
            self.finish_attempt(attempt.number, attempt.entries)
        self.complete(attempt.marked / len(attempt.entries))
        entry = attempt.entry(question)
        state = entry.verdict.state if entry and entry.verdict and self._may_show() else ""
        return self._one(question, self.translate(STATE_WORDS.get(state, KEPT)))

    @learner_handler
    def hint(self, body: Body) -> Body | Refusal:
        """Give the next hint of a question. Body: `question`, and in `fields` what is chosen so far, which is kept."""
        question, saved = named(body), self._saved(body)
        changed = saved if isinstance(saved, Refusal) else saved.hint(question)
        return self._change(changed) or self._one(question, self.translate("Hint shown."))

    @learner_handler
    def reveal(self, body: Body) -> Body | Refusal:
        """Show the answer of a practice question that was tried. Body: `question`."""
        question = named(body)
        if not self.at_once or not self._may_show():
            return MARKED_WHOLE if not self.at_once else NOT_SHOWN
        return self._change(self.attempt.reveal(question)) or self._one(question, self.translate("Answer shown."))

    @learner_handler
    def save_answers(self, body: Body) -> Body | Refusal:
        """Keep the answers of an attempt under way without marking them. Body: `fields`."""
        return self._change(self._saved(body)) or {"say": self.translate("Saved.")}

    @learner_handler
    def submit(self, body: Body) -> Body | Refusal:
        """End the attempt and mark it. With questions left open it asks once more, unless `sure` is true."""
        if self.at_once or self.tries_left == 0:
            return Refusal(message="No attempt is open. Reload the page.")
        saved = self._saved(body)
        if isinstance(saved, Refusal):
            return saved
        if saved.unanswered and body.get("sure") is not True:
            return self._ask(saved)
        return self._change(saved.submit()) or self._submitted()

    def _ask(self, saved: Attempt) -> Body:
        self._keep(saved)
        words = self.translate("These questions have no answer yet: {numbers}. Answer them, or submit all the same.")
        message = words.format(numbers=", ".join(map(str, saved.unanswered)))
        return self._whole(message, message)

    def _submitted(self) -> Body:
        self.finish_attempt(self.attempt.number, self.attempt.entries)
        self.complete(1.0)
        return self._whole(self.translate("Your answers were submitted."))

    @learner_handler
    def again(self, body: Body) -> Body | Refusal:
        """Begin the next attempt."""
        if not self._may_start_again():
            return Refusal(message="No further attempt is open.")
        self._keep(self._new_attempt())
        return self._whole(self.translate("A new attempt has begun."))

    def _saved(self, body: Body) -> Attempt | Refusal:
        """The attempt with the answers of the body; of a practice quiz, where forms are single, with that one alone."""
        answers = answers_by_question(body)
        if isinstance(answers, Refusal):
            return answers
        return self.attempt.save(answers, only_named=self.at_once)

    # -- other readers ---------------------------------------------------------------------------------------------

    def student_view_data(self, context: Any = None) -> dict[str, Any]:
        """What an app may know before the learner begins: no key, no feedback."""
        return report.overview(self.title, self.thing.questions if self.available else ())

    def index_dictionary(self) -> dict[str, Any]:
        """What search may know: the title and the questions, never an answer."""
        words = report.searchable(self.thing.intro, self.thing.questions) if self.available else ""
        return {"content": {"display_name": self.title, "text": words}, "content_type": "Quiz"}
