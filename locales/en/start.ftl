# Coming in: the first link, codes, the hello, and what strangers and customers are told.
first-link =
    Nobody works here yet. Whoever opens this link first becomes the admin of { $company }.
    It works once, for 7 days; the next start prints a new one.
first-link-or-code = Or write to the bot on { $channel }:  join { $code }
first-code =
    Nobody works here yet. Whoever writes this to the bot first becomes the admin of { $company }:

      join { $code }

    It works once, for 7 days; the next start prints a new one.

welcome-admin = You are the admin. Is this right?
    .title = Welcome to { $company }, { $name }!
welcome-staff = You’re in as { $role }. Is this right?
    .title = Welcome to { $company }, { $name }!
profile-card = Changed. Is it right now?
    .title = { $name }
profile-called = Name: { $name }
profile-language = Language: { $language }
profile-zone = Time zone: { $zone }, it is { CLOCK($now) } there
profile-hours = Working hours: { $start }–{ $end }
button-confirm-profile = That’s right
language-en = English
language-zh-CN = 中文

profile-form = About you
profile-name = Name
profile-field-language = Language
profile-field-zone = Time zone
profile-hint-zone = A city will do: London, Shanghai, New York
profile-field-start = Work begins at
profile-field-end = Work ends at
wrong-clock = I didn’t get the time. Try: 9:00 or 18:30.

start-ready =
    All set, { $name }. Next, add your teammates: a name, a role, and a link to forward.
    Or just tell me what happened, for example: called Acme, follow up Friday 10am.
start-hello =
    Hello { $name }! Tell me what happened in your own words, for example:
    called Acme, they want a quote, follow up Friday 10am
thanks-answer = Any time.
run-today = My day
run-settings = Settings
run-help = What can I say?
run-digest = Team’s day
run-team = Team
run-resume = Unfinished
run-link = Link a channel

channel-linked =
    Linked. { $channels ->
        [none] {""}
       *[other] I know you on: { $channels }.
    } Reminders come where you last spoke.
    .title = Hello { $name }!
link-code = Open the link on the other channel, or send the code to our chat there. It works once, within { $days } days.
    .title = Link another channel
account-opened = Your account is now open on { $channel } as well{ $who ->
        [none] {""}
       *[other] {" "}({ $who })
    }. Was that not you? Ask an admin at once to unlink it: /team, your name, Unlink.
link-elsewhere = You are in here already, { $name }. Open the link on the other channel; the code still works.
invitation =
    This is your way in. Open the link, or send the code to our chat. It works once, within { $days } days.
    .title = { $name }, { $company } invites you
invitation-link = { $link }
invitation-code = join { $code }

former-welcome = This account no longer belongs to { $company }’s team. If that’s a mistake, ask your admin for a new link.
former-again = I can’t help here without a new link from your admin.

open-a-chat = That’s between us. Please open a private chat with me, press Start, and ask there.
contact-is-own = That is your own number, { $name }. Send me a customer’s contact, and I make a lead of it.
