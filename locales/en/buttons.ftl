# Buttons that many screens share. Labels that other programs press begin with these words: DESIGN, section 7.
button-save = Save
button-save-all = Save all
button-cancel = Cancel
button-undo = Undo
button-done = Done
button-details = Details
button-back = Back
button-more = More
button-yes = Yes
button-no = No
button-edit = Change
button-send = Send
button-accept = Accept
button-pass-on = Pass on
button-approve = Approve
button-reply = Reply
button-take = Take
button-snooze-hour = Snooze 1 h
button-tomorrow = Tomorrow
button-reschedule = Reschedule
button-log-call = Log a call
button-open-form = Open form
button-show-me = Show me
button-skip = Skip

picture-qr = QR code
