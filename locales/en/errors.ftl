# Refusals: each code of a CrmError. Say what is so and what to do, in one or two short sentences.
error-unexpected = Sorry, something broke on our side. Nothing was changed. If it happens again, tell your admin this number: { $incident }
refused = Sorry, that can’t be done.
not-allowed = Sorry, that’s not something you can do here. A manager or an admin can help.
record-not-found =
    { $record ->
        [lead] I can’t find that lead.
        [customer] I can’t find that customer.
        [contact] I can’t find that contact.
        [followup] I can’t find that follow-up.
        [opportunity] I can’t find that opportunity.
        [ticket] I can’t find that ticket.
        [activity] I can’t find that entry.
        [draft] That draft is gone: it was saved or dropped meanwhile.
        [staff] I can’t find that colleague.
        [action] I can’t find that change.
       *[other] I can’t find { $record }. Is it one of yours?
    }
unknown-command =
    { $nearest ->
        [none] I don’t know “{ $typed }”. /help shows what I understand.
       *[other] I don’t know “{ $typed }”. Did you mean /{ $nearest }?
    }
wrong-usage = { $usage }
button-too-old = That button no longer works. Please open the record again, for example with /find.
form-errors = Please check the marked fields.
followup-already-closed =
    { $status ->
        [done] F{ $followup } was already done, { AGO($closed_at) }.
       *[other] F{ $followup } was already cancelled, { AGO($closed_at) }.
    }
date-in-the-past = { CAPITAL($when) } is already over. Which time do you mean?
duplicate-found =
    { $matched ->
        [phone] This phone number is already in the books
        [email] This e-mail address is already in the books
        [company] This company is already in the books
        [near_name] A company with nearly this name is already in the books
        [domain] Somebody with this e-mail domain is already in the books
        [credit_code] This credit code is already in the books
       *[other] This is already in the books
    }{ $owner ->
        [none] {""}
       *[other] {" "}· owner { $owner }
    }{ $touched ->
        [none] {""}
       *[other] {" "}· last touched { AGO($touched) }
    }
lead-already-closed =
    { $status ->
        [converted] L{ $lead } is already a customer.
       *[other] L{ $lead } is already marked as lost.
    }
nothing-to-save = Who is it? I need a company or a person’s name.
wrong-phone = “{ $typed }” doesn’t look like a phone number. Please check the digits.
wrong-email = “{ $typed }” doesn’t look like an e-mail address.
undo-refused =
    { $who ->
        [none] { $what ->
            [gone-out] That can’t be undone any more: your customer has it already.
            [erased] An erasure can’t be undone.
            [handed-out] That can’t be undone: the workbook has been handed out.
           *[other] That can’t be undone any more: it was undone or changed meanwhile.
        }
       *[other] That can’t be undone: { $who } { $what ->
            [followup-accepted] accepted it
            [lead-accepted] accepted it
           *[other] changed it
        } { AGO($at) }.
    }
nothing-to-undo = There is nothing to undo.
name-taken = There is already a colleague called { $name }. Please add a surname or an initial.
staff-not-found = I don’t know a colleague called { $name }.
identity-taken = This chat account is already linked to somebody else. Ask an admin to unlink it first: /team, the name, Unlink.
invitation-invalid = That code doesn’t work: it is wrong, was used, or has run out. Ask for a new one.
no-such-colleague = I don’t know a colleague called { $typed }.
too-long = The { WORD($field, of: "field") } can be at most { NUMBER($limit) } characters.
wrong-birthday = “{ $typed }” doesn’t look like a birthday. Try: 12 March 1985, 03-12, or lunar 8-15.
wrong-credit-code = “{ $typed }” is not a valid credit code. Please check the 18 characters.
wrong-handle = “{ $typed }” doesn’t look like a { WORD($kind, of: "point") } name.
impossible-date = There is no { $typed }. When do you mean?
card-of-another = That card is { $name }’s, and is still open. Only { $name } can save or change it.
for-staff-only = That is for { $company }’s own team. Please write to your contact at { $company } as usual.

job-stuck = This is taking longer than it should: { $work ->
        [handover] handing over
        [undo] undoing
        [list] saving the list
        [merge] merging two tickets
        [release] finding somebody for the tickets of who left
        [known] linking tickets to a customer
        [survey] asking everybody
        [broadcast] a broadcast
        [care] good wishes
        [points] looking back for points
        [erase] erasing somebody’s data
       *[import] taking back an import
    } keeps failing. I’ll go on trying; please tell your admin.
job-stuck-admin = Something long keeps failing: { $work ->
        [handover] a handover
        [undo] an undo
        [list] saving a list
        [merge] merging two tickets
        [release] finding somebody for the tickets of who left
        [known] linking tickets to a customer
        [survey] asking everybody
        [broadcast] a broadcast
        [care] good wishes
        [points] looking back for points
        [erase] erasing somebody’s data
       *[import] taking back an import
    } (job { $number }). It is tried again each hour; the log says why, under planner-failed.
