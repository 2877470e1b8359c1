"""Putting back what an action changed: all of it or nothing, and only while nobody changed it since.

What is too much for one transaction is put back by a job: first every change is looked at, then they are put back from
the last to the first, so that what others stand on goes after them. Whatever is found changed on the way, the part that
was put back is taken forward again. What the action planned is withdrawn before all that, and what is said after all, after
it: nothing is said about rows that are not there. docs/decisions/0015 says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.broadcasts.model import FOLLOW
from domain.company.keeping import locks_of
from domain.company.model import Company
from domain.errors import CrmError, RecordNotFound
from domain.jobs.model import BROADCAST, UNDO, Job, Told
from domain.jobs.outcomes import job_outcome
from domain.journal.model import FINAL, UNDO_WITHIN, ActionRecord, NothingToUndo, UndoRefused
from domain.notifications.model import Planned
from domain.people.actions import may_undo
from domain.people.model import Role, Staff
from domain.ports import JobRepository
from storage import tables
from storage.company import ONLY
from storage.journal import SYSTEM, CurrentAction, action_record, actions_query
from storage.locks import must_be_unlocked
from storage.putting_back import put_back
from storage.recording import Change, Recorder, recorder_of
from storage.undo_apart import apart
from storage.undo_checks import Checks, must_be_agreed_by_another, must_leave_an_admin, of_the_same_records
from storage.undo_reach import must_reach
from storage.undo_said import UNDONE, WITHDREW, let_follow, withdraw

_actions = tables.journal_actions
_changes = tables.journal_changes
_notifications = tables.notifications
FOLLOWS = (
    "follows"  # of a job: [an action, whether it stands, the id of the last of its notifications that were seen to]
)
AT_ONCE = 150  # changes in one transaction, so that it does not keep others waiting
LOOKED_AT = 300  # changes that are only looked at in one transaction
SAID_AT_ONCE = 1000  # notifications withdrawn, or said after all, in one transaction


class Undo:
    """One undo in the unit of work's transaction. The undo is an action too, so it can be undone, which is a redo.

    ``actor`` None is the system itself.
    """

    def __init__(
        self,
        session: AsyncSession,
        current: CurrentAction,
        *,
        jobs: JobRepository,
        plan: Callable[[Planned], None],
        actor: Staff | None,
        now: datetime,
    ) -> None:
        self._session = session
        self._current = current
        self._jobs = jobs
        self._plan = plan
        self._actor = actor
        self._now = now

    async def run(self, action_id: int, told: Told | None) -> ActionRecord:
        """At once, or by a job whose end is said at ``told``."""
        await self._session.flush()
        working = await self._jobs.find_of(action_id)  # locked before the action, as its chunks do
        await self._must_not_have_gone(action := await self._action(action_id))
        if working is not None:
            await self._jobs.remove(working)
        rows = await self._rows(action_id, limit=AT_ONCE + 1)
        if len(rows) > AT_ONCE:
            return await self._begin(action, told)
        changes = await apart(self._session, _merged(rows))
        await self._check(changes, action_id, in_part=False)
        await self._must_be_allowed(changes, just_done=self._has_just_done(action))
        await self._must_leave_an_admin(action_id, changes)
        await put_back(self._session, changes)
        undo_id = await self._name_itself(action_id)
        await self._mark(action, by=undo_id)
        await self._let_broadcasts_follow(changes, undo_id)
        return action_record(await self._row(action_id))

    async def revise(self, action_ids: Sequence[int]) -> None:
        """Within the action under way: what it writes next stands in the place of what these did together, the oldest first.
        They count as changed since, not as undone, so that each has an undo of its own."""
        await self._session.flush()
        rows: list[Row[Any]] = []
        for action_id in action_ids:
            await self._must_not_have_gone(await self._action(action_id))
            rows[:0] = await self._rows(action_id, limit=AT_ONCE + 1)
        if len(rows) > AT_ONCE:
            raise UndoRefused(who=None, at=None, what="too-much")
        changes = _merged(rows)
        await self._check(changes, action_ids[-1], in_part=False)
        await put_back(self._session, changes)
        planned = _notifications.c
        withdrawn = await withdraw(self._session, planned.action_id.in_(action_ids), at=self._now)
        if withdrawn:
            self._current.knows({WITHDREW: withdrawn})

    # ------------------------------------------------------------ may it be undone?

    async def _row(self, action_id: int) -> Row[Any]:
        statement = actions_query().where(_actions.c.id == action_id).with_for_update()
        row = (await self._session.execute(statement)).one_or_none()
        if row is None:
            raise NothingToUndo
        found: Row[Any] = row
        return found

    async def _action(self, action_id: int) -> Row[Any]:
        """The action, locked, if it may be undone by the actor and was not yet."""
        action = await self._row(action_id)
        if self._actor is not None and not may_undo(self._actor, await self._staff(action.staff_id)):
            raise RecordNotFound(record=f"#{action_id}")
        if action.undone_by is not None:
            undo = await self._row(action.undone_by)
            who = await self._staff(undo.staff_id)
            raise UndoRefused(who=who.name if who else None, at=undo.at, what=UNDONE)
        return action

    async def _must_not_have_gone(self, action: Row[Any]) -> None:
        """What was said to a customer was said: the journal must not look as if it was not. So it is with what is final: its
        approval would stand open once more, and the next Approve would do it a second time."""
        if action.name in FINAL:
            raise UndoRefused(who=None, at=None, what=FINAL[action.name])
        told = _notifications.c
        gone = select(told.id).where(told.action_id == action.id, told.key == "ticket-answer", told.attempts > 0)
        if await self._session.scalar(gone.limit(1)) is not None:
            raise UndoRefused(who=None, at=None, what="gone-out")

    async def _staff(self, staff_id: int | None) -> Staff | None:
        return None if staff_id is None else await self._session.get(Staff, staff_id)

    async def _rows(self, action_id: int, *, below: int | None = None, limit: int) -> Sequence[Row[Any]]:
        """The journal's rows of the action, the last ones first."""
        statement = select(_changes).where(_changes.c.action_id == action_id)
        if below is not None:
            statement = statement.where(_changes.c.id < below)
        return (await self._session.execute(statement.order_by(_changes.c.id.desc()).limit(limit))).all()

    async def _check(self, changes: Sequence[Change], action_id: int, *, in_part: bool) -> None:
        await Checks(self._session, action_id, in_part=in_part).run(changes)
        if self._actor is not None:
            await must_reach(self._session, self._actor, changes)
            await must_be_agreed_by_another(self._session, self._actor, changes)

    def _has_just_done(self, action: Row[Any]) -> bool:
        """What somebody may fill in, they may empty again for as long as what they did has its Undo."""
        is_own = self._actor is not None and action.staff_id == self._actor.id
        return is_own and self._now - action.at <= UNDO_WITHIN

    async def _must_be_allowed(self, changes: Sequence[Change], *, just_done: bool) -> None:
        """What the person's role may not change stays as it is, also in this way. Raises FieldLocked."""
        actor = self._actor
        recorder_of(self._session).judged.update((each.table, each.row_id) for each in changes)
        company = None if actor is None or actor.role is Role.ADMIN else await self._session.get(Company, ONLY)
        if actor is not None and company is not None:
            turned = [Change(each.table, each.row_id, each.after, each.before) for each in changes]
            await must_be_unlocked(self._session, turned, locks_of(company), actor.role, may_empty=just_done)

    async def _must_leave_an_admin(self, action_id: int, changes: Sequence[Change]) -> None:
        """Asked of all that the action did to the staff where a part is about them. The operator may leave none, as an import
        does that takes itself back. Raises LastAdmin."""
        if self._actor is not None and any(each.table == "staff" for each in changes):
            of_staff = select(_changes).where(_changes.c.action_id == action_id, _changes.c.table_name == "staff")
            rows = (await self._session.execute(of_staff.order_by(_changes.c.id.desc()))).all()
            await must_leave_an_admin(self._session, _merged(rows))

    # ------------------------------------------------------------ in chunks

    async def _begin(self, action: Row[Any], told: Told | None) -> ActionRecord:
        just_done = self._has_just_done(action)
        undo_id = await self._name_itself(action.id)
        job = Job(
            kind=UNDO,
            action_id=undo_id,
            staff_id=None if self._actor is None else self._actor.id,
            facts={"undoes": action.id, "step": "look", "below": None, "refused": None, "just_done": just_done},
            told=told,
            created_at=self._now,
        )
        await self._mark(action, by=undo_id, job=job)
        await self._let_some_follow(job, stands=False)  # those of its rows that are due first go at once
        await self._jobs.add(job)
        return replace(action_record(await self._row(action.id)), is_under_way=True)

    async def go_on(self, job: Job) -> bool:
        """The next chunk of a job that ``run`` began; True with the last one, once all is put back."""
        if job.facts["step"] == "turn":
            await self._take_forward(job)
            return False
        self._current.go_on(job.action_id)
        if await self._let_some_follow(job, stands=False):
            await self._jobs.keep(job)
            return False
        looks, is_over = job.facts["step"] == "look", job.facts["step"] == "end"
        most = 0 if is_over else LOOKED_AT if looks else AT_ONCE
        rows = await self._rows(job.facts["undoes"], below=job.facts["below"], limit=most)
        if not rows:
            return await (self._start_putting_back(job) if looks else self._finish(job))
        try:
            await self._chunk(job, await apart(self._session, _merged(rows)))
        except CrmError as refusal:
            await self._refuse(job, refusal)
            return False
        job.facts["below"] = rows[-1].id
        await self._jobs.keep(job)
        return False

    async def _chunk(self, job: Job, changes: Sequence[Change]) -> None:
        if job.facts["step"] == "forward":
            await self._put_back_what_fits(job, changes)
            return
        action_id, is_looking = job.facts["undoes"], job.facts["step"] == "look"
        await self._check(changes, action_id, in_part=is_looking)
        with_owners = [*changes, *await of_the_same_records(self._session, action_id, changes)]
        await self._must_be_allowed(with_owners, just_done=job.facts.get("just_done", False))
        await self._must_leave_an_admin(action_id, changes)
        if not is_looking:
            await put_back(self._session, changes)

    async def _put_back_what_fits(self, job: Job, changes: Sequence[Change]) -> None:
        """Taking forward again what was put back; what somebody changed in that moment stays with what they made of it."""
        checks = Checks(self._session, job.facts["undoes"], in_part=False)
        try:
            await checks.run(changes)
            await put_back(self._session, changes)
        except UndoRefused:
            for change in reversed(changes):
                with suppress(UndoRefused):
                    await checks.run([change])
                    await put_back(self._session, [change])

    async def _start_putting_back(self, job: Job) -> bool:
        job.facts |= {"step": "put back", "below": None}
        await self._jobs.keep(job)
        return False

    async def _refuse(self, job: Job, refusal: CrmError) -> None:
        """Nothing was put back yet, or the part that was is taken forward again."""
        job.facts["refused"] = [refusal.code, dict(refusal.facts)]
        if job.facts["step"] == "look":
            await self._mark(await self._row(job.action_id), by=job.action_id, job=job)
            job.facts["step"] = "end"
            await self._finish(job)
        else:
            job.facts |= {"step": "turn", "below": None}
            await self._jobs.keep(job)

    async def _take_forward(self, job: Job) -> None:
        """The undo of the undo is an action of its own, by the system."""
        undo = await self._row(job.action_id)
        self._current.acts(None, at=self._now, source=SYSTEM)
        back_id = await self._name_itself(undo.id)
        await self._mark(undo, by=back_id, job=job)
        job.facts |= {"step": "forward", "undoes": undo.id, "below": None}
        job.action_id = back_id
        await self._jobs.keep(job)

    async def _finish(self, job: Job) -> bool:
        if await self._let_some_follow(job, stands=False) or await self._let_some_follow(job, stands=True):
            await self._jobs.keep(job)
            return False
        await self._jobs.remove(job)
        refused = job.facts["refused"]
        key, facts = refused or ("undo-finished", {"undo": job.action_id, "undoes": job.facts["undoes"]})
        if job.told is not None:
            self._plan(job_outcome(key, facts, job.told, now=self._now))
        return refused is None

    # ------------------------------------------------------------ what it means for the actions

    async def _name_itself(self, action_id: int) -> int:
        if not self._current.has_actor:
            self._current.acts(self._actor, at=self._now, source=SYSTEM)
        self._current.happened(UNDONE, {"undone": action_id})
        return await self._current.undo(action_id)

    async def _mark(self, action: Row[Any], *, by: int, job: Job | None = None) -> None:
        """What was undone says by what; undoing an undo lets what it had undone stand again, and so on. What they said follows
        at once, or in chunks of the job."""
        await self._set_undone_by(action.id, by)
        await self._let_follow(action, job, stands=False)
        undone, stands = action, False
        while undone.undoes is not None:
            earlier = await self._row(undone.undoes)
            stands = not stands
            await self._set_undone_by(earlier.id, None if stands else undone.id)
            await self._let_follow(earlier, job, stands=stands)
            undone = earlier

    async def _let_follow(self, action: Row[Any], job: Job | None, *, stands: bool) -> None:
        if job is None:
            await let_follow(self._session, action, _notifications.c.id > 0, stands=stands, at=self._now)
        else:
            others = [each for each in job.facts.get(FOLLOWS, ()) if each[0] != action.id]
            job.facts[FOLLOWS] = [*others, [action.id, stands, 0]]

    async def _let_some_follow(self, job: Job, *, stands: bool) -> bool:
        """Of the actions that stand, or do not, one chunk of what they said; gives whether there is more."""
        waiting = [each for each in job.facts.get(FOLLOWS, ()) if each[1] is stands]
        for entry in waiting:
            action_id, _, after = entry
            planned = _notifications.c
            some = select(planned.id).where(planned.action_id == action_id, planned.id > after)
            ids = (await self._session.scalars(some.order_by(planned.id).limit(SAID_AT_ONCE))).all()
            last = ids[-1] if ids else after
            among = and_(planned.id > after, planned.id <= last)
            await let_follow(self._session, await self._row(action_id), among, stands=stands, at=self._now)
            entry[2] = last
            if len(ids) == SAID_AT_ONCE:
                return True
            job.facts[FOLLOWS].remove(entry)
        return False

    async def _let_broadcasts_follow(self, changes: Sequence[Change], undo_id: int) -> None:
        """A broadcast's rows are too many for one transaction: a job makes them agree with what it is now."""
        for change in changes:
            if change.table == "broadcasts" and "state" in (change.before or {}) and change.after is not None:
                await self._jobs.add(
                    Job(
                        kind=BROADCAST,
                        action_id=undo_id,
                        staff_id=None if self._actor is None else self._actor.id,
                        facts={"broadcast": change.row_id, "step": FOLLOW, "after": 0},
                        told=None,
                        created_at=self._now,
                    )
                )

    async def _set_undone_by(self, action_id: int, by: int | None) -> None:
        await self._session.execute(update(_actions).where(_actions.c.id == action_id).values(undone_by=by))


def _merged(rows: Sequence[Row[Any]]) -> list[Change]:
    """Each row once, though an action of several chunks may have changed it several times."""
    merged = Recorder()
    for row in reversed(rows):
        merged.put(Change(row.table_name, row.row_id, row.before, row.after))
    return list(merged.changes.values())
