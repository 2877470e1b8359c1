# Customers' points: what they have, why, and what is done about it.

action-points-given = Points given for a referral
action-points-corrected = Points corrected
action-points-looked-back = Points: looked back to the first day
action-points-redeemed = Points used
menu-points = A customer’s points
usage-points = The customer’s number or name: /points C7

# Refusals.
points-not-enough = There are { NUMBER($balance) } points; { NUMBER($wanted) } would be more than that.
points-no-number = How many points? A whole number, please, and not 0.
points-reason-missing = Please say what it is for: it stays in the statement.
points-already-referred = Somebody has had points for bringing { $customer }. A customer is new only once.
points-referred-themselves = A customer can’t bring themselves. Who is the new one?
points-no-referrals = There are no points for referrals now. A manager can set that: settings, Company, Points.
points-no-such-customer = I don’t know just one customer by “{ $typed }”. Their number will do: C7

# The staff's card.
button-points = Points
points-card =
    { $balance ->
        [0] No points now.
       *[other] Balance: { NUMBER($balance) }
    }
    .title = Points of { $name } · C{ $customer }
points-given =
    Given. Balance: { NUMBER($balance) }
    .title = Points of { $name } · C{ $customer }
points-corrected =
    Corrected. Balance: { NUMBER($balance) }
    .title = Points of { $name } · C{ $customer }
points-soon = { NUMBER($points) } of them expire { DAY($at) }.
points-line = { DAY($at) } · { $sign }{ NUMBER($points) } · { $what }{ $reason ->
        [none] {""}
       *[other] : { $reason }
    }{ $by ->
        [none] {""}
       *[other] {" "}({ $by })
    }{ $short ->
        [0] {""}
       *[other] {" "}– { NUMBER($short) } fewer than due: a limit of the day, or used before
    } → { NUMBER($balance) }
points-kind-won = Opportunity won
points-kind-referral = Brought a customer
points-kind-survey = Survey answered
points-kind-corrected = Corrected
points-kind-redeemed = Used
points-kind-expired = Expired
points-taken-back = Taken back ({ $what })
points-given-back = Given back ({ $what })
points-give = Give for a referral
points-redeem = Use points
points-correct = Correct
points-ask = Ask
points-give-form = { NUMBER($points) } points for { $name }
points-field-referred = Which customer did they bring?
points-hint-referred = C12, or a name
points-correct-form = Correct the points of { $name }
points-field-change = Points to add or to take
points-hint-change = 200 or -50
points-field-why = Why
points-redeem-form = Use points of { $name }
points-field-used = How many points
points-field-for = What for
points-hint-for = 50 off the next order

# A second person.
points-redeem-asked = Asked: a second person decides about { NUMBER($points) } points until { $until }. You hear of it.
points-request =
    { $who ->
        [none] Somebody
       *[other] { $who }
    } asks to use { NUMBER($points) } points.
    .title = Points of { $name } · C{ $customer }
points-request-for = For: { $reason }
points-request-balance = Balance now: { NUMBER($balance) }
points-request-approved = { $who ->
        [none] Somebody
       *[other] { $who }
    } agreed: { $name } has used { NUMBER($points) } points.
points-request-declined = { $who ->
        [none] Somebody
       *[other] { $who }
    } declined: the { NUMBER($points) } points of { $name } stay.
points-request-expired = Nobody decided in time about { NUMBER($points) } points of { $name }. They stay; please ask again.
points-in-short = { NUMBER($points) } points of { $name } · C{ $customer }

# What the customer reads.
points-yours =
    { $balance ->
        [0] You have no points now.
       *[other] You have { NUMBER($balance) } points.
    }
    .title = Your points, { $name }
points-yours-won = For your order
points-yours-referral = For recommending us
points-yours-survey = For your answer
points-yours-corrected = Corrected
points-yours-redeemed = Used
points-yours-expired = Expired
points-how = { $name ->
        [none] To use them, tell us here what you would like.
       *[other] To use them, tell us here what you would like; { $name } sees to it.
    }
points-for-customers = Points are for customers, and I don’t know yet which one you are. If somebody gave you a code, send it here.
points-none-here = We don’t have points here. But we are glad you asked.

# Settings.
topic-points = Points
points-rate = { $currency } { NUMBER($amount) }
setting-points-since = Counts from
setting-points-won = Won opportunities: one point for each
setting-points-referral = Points for bringing a customer
setting-points-survey = Points for a survey answered
setting-points-most-a-day = At most a day, for a customer
setting-points-most-a-person = At most a day, for one person
setting-points-months = Months until points expire
setting-points-no-since = off
setting-points-no-points = none
setting-points-no-limit = no limit
setting-points-no-end = never
setting-hint-points-since = 2026-12-01; empty: no points
setting-hint-points-won = CNY 100, USD 15
effect-points = { $on ->
        [yes] Counted from that day on by these rules; what customers have stays as it is.
       *[no] Nothing is earned any more; what customers have stays, and can be used.
    }
wrong-points-day = A day like 2026-12-01, please; empty switches points off.
wrong-points-rates = A currency and an amount, please: CNY 100, USD 15
wrong-points-number = A whole number from 0 to 1000000, please.
wrong-points-months = A whole number of months from 0 to 120, please; with 0 they never expire.

# What the doctor says.
doctor-points = Points: { $count ->
        [one] one account, and its lines add up.
       *[other] { NUMBER($count) } accounts, and their lines add up.
    }
doctor-points-wrong = Points of { $count ->
        [one] one customer don’t
       *[other] { NUMBER($count) } customers don’t
    } add up: { $customers } ({ $faults }). Restore a backup, or report it with what happened before.
