# Who did what, and who may what.
audit =
    { $name ->
        [none] { $kind }, last { $days ->
            [one] day
           *[other] { $days } days
        }
       *[other] { $name } · { $kind }, last { $days ->
            [one] day
           *[other] { $days } days
        }
    }{ $empty ->
        [yes] {" "}· nothing
       *[no] {""}
    }
    .title = Audit
audit-line =
    { $at } · { $name ->
        [none] the system
       *[other] { $name }
    } · { $what }{ $codes ->
        [none] {""}
       *[other] {" "}{ $codes }
    }{ $undone ->
        [yes] {" "}· undone
       *[no] {""}
    }
audit-kind-all = Everything
audit-kind-looked = Looked at
audit-kind-leads = Leads
audit-kind-customers = Customers
audit-kind-tickets = Tickets
audit-kind-people = People
audit-kind-settings = Settings
audit-kind-undone = Taken back
audit-export-button = Workbook
audit-exported =
    { $count ->
        [one] One line of the journal.
       *[other] { $count } lines of the journal.
    }{ $more ->
        [yes] {" "}These are the newest; for older ones, ask for one person, one kind or a shorter time.
       *[no] {""}
    }
audit-heading = Audit
audit-days = last { $days } days
audit-head-at = When
audit-head-who = Who
audit-head-what = What
audit-head-codes = Records
audit-head-source = Through
action-record-shown = Looked at what is masked
action-audit-exported = Journal taken out
menu-audit = Who did what
menu-roles = Who may what
usage-audit = Add a person, a kind or a time if you like: /audit @Tom leads month
usage-roles = Just send it: /roles
roles = What each role sees and may do, beyond what everybody may.
    .title = Roles
roles-role =
    ▪ { $role }: sees { $sees }{ $tickets ->
        [yes] ; works on tickets
       *[no] {""}
    }{ $leads ->
        [yes] ; invites, changes and hands over for whom they look after
       *[no] {""}
    }
roles-commands = Commands: { $commands }
roles-decides = Has a say in: { $decides }
roles-masked = Masked outside their own records: { $masked }
roles-locked = Does not change: { $locked }
roles-sees-own = what is theirs, shared with them, or of whom they stand in for
roles-sees-desk = what is theirs, shared with them, or of whom they stand in for, every ticket, and the customers of their tickets and of the queue
roles-sees-team = the team’s and the teams’ below it, nobody’s, and what is shared with them
roles-sees-all = everything
roles-usual-agent = the same, every ticket, and the customers of their tickets and of the queue
roles-usual-manager = the team’s and the teams’ below it, nobody’s, and what is shared with them; a manager without a team everything
roles-decides-join = who joins
roles-decides-forget = who is erased
roles-decides-broadcast = what goes to many
roles-decides-redeem = what points are used for
leaver-records = { $name } has left. In their name: { $owned } Who takes over?
said-leaver-records = What somebody left behind
action-team-nudged-overdue = Asked about what is overdue
action-team-nudged-risk = Asked about leads at risk
action-team-slip-asked = Asked why sales slipped
action-team-praised = Said “Well done”
action-handover-accepted = Handover accepted
