# What was taken away, and bringing it back.
menu-deleted = What was deleted, and bringing it back
usage-deleted = Just send it: /deleted
deleted = What was taken away and still is. Restore brings it back with all that belongs to it.
    .title = Deleted
deleted-nothing = Nothing was taken away that could be brought back.
deleted-line = { $at } · { $who ->
        [none] the system
       *[other] { $who }
    } · { $undone ->
        [yes] Undone:{" "}
       *[no] {""}
    }{ $what }{ $codes ->
        [none] {""}
       *[other] {" "}{ $codes }
    }{ $names ->
        [none] {""}
       *[other] {" "}({ $names })
    }
button-restore = Restore
