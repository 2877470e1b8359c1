# Photos, files, voice notes and places that belong to what happened.
attachment-photo = Photo
attachment-video = Video
attachment-voice = Voice note
attachment-file = File
attachment-location = Place

attachment-count =
    { $album ->
        [yes] 📎 The album
       *[no] { $count ->
            [one] 📎 1 attachment
           *[other] 📎 { $count } attachments
        }
    }
attachment-place = 📍 { $latitude }, { $longitude }
attachment-whose =
    { $album ->
        [yes] Kept. Whose are they? Tap a name, or type one.
       *[no] { $count ->
            [one] Kept. Whose is it? Tap a name, or type one.
           *[other] { $count } kept. Whose are they? Tap a name, or type one.
        }
    }
voice-kept = I keep voice notes but don’t listen to them. Dictate with your keyboard, and I understand you.
attachment-below = Goes on below ↓
attachment-dropped = Dropped. Not filed with anyone.
attachment-added =
    { $count ->
        [one] 📎 Added to { $name }
       *[other] 📎 { $count } added to { $name }
    }{ $kind ->
        [none] {""}
       *[other] {" "}· { $kind }
    }
attachment-too-large = That file is larger than { $limit } MB, so I can’t keep it. Send a smaller one, or a link.
place-not-understood = I didn’t get that place. Please send it again.

attachment-sent =
    { $name ->
        [none] { $kind }
       *[other] { $name }
    } · { DAY($at) }{ $by ->
        [none] {""}
       *[other] {" "}· { $by }
    }
attachment-sent-place = 📍 { $latitude }, { $longitude } · { DAY($at) }{ $by ->
        [none] {""}
       *[other] {" "}· { $by }
    }
attachment-sent-not =
    { $name ->
        [none] { $kind }
       *[other] { $name }
    } · { DAY($at) }: { $state }
attachment-waiting = still on its way, try again in a moment
attachment-removed = no longer kept
attachment-not-kept =
    { $name ->
        [none] { $kind } not kept
       *[other] { $name } not kept
    }: { $reason }
attachment-lying =
    { $name ->
        [none] { $kind } kept as a plain file
       *[other] { $name } kept as a plain file
    }: it is not what it says it is. Take care before you open it.
attachment-refused-too-large = it is larger than { $limit } MB
attachment-refused-empty = it is empty
attachment-refused-gone = the chat app no longer has it. Please send it again
attachment-refused-forbidden = the chat app doesn’t let me read it. Ask your admin to check my permissions
attachment-refused-out-of-reach = I couldn’t get it from the chat app. Please send it again
attachments-none = Nothing is attached there.
picture-attachment = { $name }

button-attachments = 📎 { $count }
action-attachment-added = attachment added
said-attachment-not-kept = a file that was not kept
said-attachment-lying = a file that is not what it says
