# Saving a report without a card, where nothing is in doubt.
at-once-offer = You saved { $count } cards in a row without a correction. Shall I save at once when nothing is in doubt? Undo stays.
at-once-yes = Yes, save at once
at-once-no = No, show me the card
at-once-yes-said = From now on I save at once when nothing is in doubt, and show the card when something is. /settings changes it back.
at-once-no-said = Good, the card stays. You find this in /settings.
at-once-line =
    { $on ->
        [yes] What you write: saved at once where nothing is in doubt
       *[no] What you write: shown as a card before it is saved
    }
at-once-on-button = Save at once
at-once-off-button = Show cards first
