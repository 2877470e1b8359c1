"""An export of all customers needs a second person, and stands in the audit."""

from __future__ import annotations

import io
import zipfile

from tests.conversations.conftest import Chat


async def test_all_customers_go_out_when_a_second_person_agrees(chat: Chat) -> None:
    ana = await chat.staff("Ana", role="manager", team="Sales")
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei", team="Other")
    customer = await chat.customer("Acme Trading", owner=tom)
    await chat.customer("Hidden Ltd", owner=mei)
    await tom.fills(f"contact.add:{customer.id}", {"name": "Jane Miller", "phone": "+44 20 7183 8750"})

    assert (await tom.says("/export customers")).key == "not-allowed"
    alone = await ana.says("/export customers")
    assert alone.key == "nobody-else-to-approve"
    assert "guanxi export" in alone.text
    anna = await chat.staff("Anna", role="admin", team=None)

    assert (await ana.says("导出客户")).key == "export-asked"
    assert (await ana.says("/export customers")).key == "export-asked"
    [card] = [said for said in await chat.tick() if said.key == "approval-card"]
    assert card.to == f"private:staff-{anna.id}"
    approval = (await chat.rows("approvals"))[-1]["id"]
    assert (await ana.forges(f"approval.yes:{approval}")).key == "own-request"
    assert (await tom.forges(f"approval.yes:{approval}")).key == "approval-not-found"

    done = await anna.forges(f"approval.yes:{approval}")
    assert "Undo" not in done.buttons
    [answer] = [said for said in await chat.tick() if said.key == "approval-answered"]
    assert answer.to == f"private:staff-{ana.id}"
    assert answer.body.document is not None
    with zipfile.ZipFile(io.BytesIO(answer.body.document)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    assert "Acme Trading" in words
    assert "+442071838750" in words
    assert "Hidden Ltd" not in words

    # What went out is not asked for once more by an Undo: the card would give a second workbook for one agreement.
    [given] = [row for row in await chat.rows("journal_actions") if row["name"] == "customers-exported"]
    assert "handed out" in (await anna.forges(f"history.undo:{given['id']}")).text
    assert (await anna.forges(f"approval.yes:{approval}")).key == "approval-is-approved"
    assert [said for said in await chat.tick() if said.key == "approval-answered"] == []
    exported = await anna.says("/audit exports")
    assert exported.buttons.count("Undo") == 1  # of the request alone
    assert "Anna · Export of all customers agreed to" in exported.text
    assert "Ana · Export of all customers asked for" in exported.text
    assert (await ana.says("/export")).key == "wrong-usage"


async def test_a_no_is_said_to_whoever_asked_and_holds_for_a_day(chat: Chat) -> None:
    ana, anna = await chat.staff("Ana", role="manager"), await chat.staff("Anna", role="admin")
    await ana.says("/export customers")
    approval = (await chat.rows("approvals"))[-1]["id"]
    await anna.forges(f"approval.no:{approval}")
    [answer] = [said for said in await chat.tick() if said.key == "approval-answered"]
    assert answer.text == "Anna did not agree to the export of all customers."
    assert (await ana.says("/export customers")).key == "declined-lately"


async def test_nothing_goes_out_to_an_asker_who_left_meanwhile(chat: Chat) -> None:
    ana, anna = await chat.staff("Ana", role="manager"), await chat.staff("Anna", role="admin")
    await ana.says("/export customers")
    approval = (await chat.rows("approvals"))[-1]["id"]
    await anna.forges(f"team.left:{ana.id}")
    refused = await anna.forges(f"approval.yes:{approval}")
    assert refused.key == "asker-left"
    assert "Ana asked for this and has left" in refused.text
    assert "customers-exported" not in {row["name"] for row in await chat.rows("journal_actions")}
    assert (await anna.forges(f"approval.no:{approval}")).key == "approval-is-declined"
