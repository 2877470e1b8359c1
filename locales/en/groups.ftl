# What is said where several people read along.
group-hello =
    Hello! Colleagues can use me here, too. { $hears ->
        [all] Say my name first, or reply to me
       *[addressed] Begin with a command, or reply to me
    }, for example: { $hears ->
        [all] “called Acme, follow up Friday”
       *[addressed] /log called Acme, follow up Friday
    }. Phones, amounts and other customers’ names stay hidden in groups; what is only for you I tell you privately.{ $hears ->
        [all] {""}
       *[addressed] {"\u000A"}I only see commands and replies to me; the rest of your talk stays among you.
    }
