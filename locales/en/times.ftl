# Days, times and spans. DAY, CLOCK and AGO in other texts use these.
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
day-yesterday = yesterday
day-today = today
day-tomorrow = tomorrow
date-this-year = { $weekday } { $day } { $month }
date-alone = { $day } { $month } { $year }
date-other-year = { $weekday } { $day } { $month } { $year }
period-of-days = { $first-day }–{ $last-day } { $last-month } { $last-year }
period-of-month = { $last-month } { $last-year }
period-of-months = { $first-day } { $first-month } – { $last-day } { $last-month } { $last-year }
period-of-year = { $last-year }
period-of-years = { $first-day } { $first-month } { $first-year } – { $last-day } { $last-month } { $last-year }
moment = { $date }, { $time }
moment-near = { $date } { $time }
just-now = just now
span-seconds = { $count } s
span-minutes = { $count } min
span-hours = { $count } h
span-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
span-pair = { $large } { $small }
span-ago = { $span } ago
span-ahead = in { $span }
list-separator = { ", " }
