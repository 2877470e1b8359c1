# What customers hear of us without having asked: how much, news, wishes, and points.

reason-cool-down = they heard from us a short while ago, or something more important goes first
reason-complaint-open = their company waits for the solution of a complaint
said-broadcast = News
said-care-greeting = Good wishes

# What somebody hears of us, one by one.
topics = What would you like to hear from us? Answers to your own requests always come.
topic-line = { $given ->
        [yes] ✓
       *[no] ✗
    } { $topic }
topic-on = Yes to { $topic }
topic-off = No { $topic }
button-choose-topics = What I hear
news-stopped = Done: no news from us any more, on any channel.
news-no-more = No more news

# Good wishes.
action-care-changed = Good wishes changed
action-care-planned = Good wishes planned
reason-care-off = these wishes were switched off
care-button = Good wishes
care-settings = On the day itself, at 10:00 of each customer’s own clock, to whoever has a chat with us and did not say stop{ $tags ->
        [none] {""}
       *[other] ; only those tagged { $tags }
    }{ $grades ->
        [none] {""}
       *[other] ; only grade { $grades }
    }.
    .title = Good wishes
care-occasion = { $on ->
        [yes] ✓
       *[no] –
    } { $occasion }
care-on = On
care-off = Off
care-words = Words
care-whom = For whom
care-whom-form = { "" }
    .title = Who gets good wishes
care-form = { "" }
    .title = { $occasion }
care-hint = Empty: our own words. You can use {"{"}name{"}"}, {"{"}company{"}"}, {"{"}owner{"}"}, {"{"}us{"}"}
care-words-card = { $occasion }, as a customer reads it:
    .title = Good wishes
care-no-words = In this language nobody is greeted on that day, unless you write words for it.
care-name-birthday = Birthdays
care-name-anniversary = Anniversaries (a customer’s own field “anniversary”)
care-name-new-year = New Year’s Day
care-name-spring-festival = Spring Festival
care-name-lantern = Lantern Festival
care-name-dragon-boat = Dragon Boat Festival
care-name-mid-autumn = Mid-Autumn Festival
care-name-national-day = National Day (1 October)
care-name-christmas = Christmas
care-own-words = { $text }
care-wish-birthday = Happy birthday, { $name }! We wish you health, joy and a wonderful year. – { $owner } and all of us at { $us }
care-wish-anniversary = Dear { $name }, today is another year that { $company } and { $us } have worked together. Thank you for your trust! – { $owner }
care-wish-new-year = Happy New Year, { $name }! May it be a good one for you and everybody at { $company }. – { $us }
care-wish-spring-festival = Happy Spring Festival, { $name }! We wish you and your family health and good fortune in the new year. – { $us }
care-wish-lantern = A bright Lantern Festival to you and your family, { $name }! – { $us }
care-wish-dragon-boat = Dear { $name }, we wish you and your family peace and good health at the Dragon Boat Festival. – { $us }
care-wish-mid-autumn = Happy Mid-Autumn Festival, { $name }! May you spend it with those you love. – { $us }
care-wish-national-day = We wish you a restful National Day, { $name }! – { $us }
care-wish-christmas = Merry Christmas, { $name }! Thank you for this year; we wish you peaceful days. – { $us }
unfit-wish = { $why ->
        [mourning] Those are days on which people remember their dead: nobody should be sent wishes then.
        [happy] At the Dragon Boat Festival people wish each other peace and health (安康), not joy. Please change the words.
       *[familiar] Please don’t address customers as 亲: use their name.
    }
my-day-birthdays = Birthdays today
my-day-birthday = 🎂 { $name } ({ $customer })

# Return visits.
action-visits-changed = Return visits changed
visits-button = Return visits
visits-line = { $rhythms ->
        [none] Return visits: off
       *[other] Return visits: { $rhythms }
    }
visits-every = grade { $grade } every { $days } days
visits-form = { "" }
    .title = Return visits
visits-field-a = Grade A: days without a word
visits-field-b = Grade B: days without a word
wrong-rhythm = “{ $typed }” doesn’t work here: a number of days from { $least } to { $most }, or nothing for none.
