# 已删除的内容与恢复。
menu-deleted = 查看并恢复已删除的内容
usage-deleted = 直接发送：已删除
deleted = 已删除、还没恢复的内容。点“恢复”会连同相关内容一起找回。
    .title = 已删除
deleted-nothing = 没有可以恢复的内容。
deleted-line = { $at } · { $who ->
        [none] 系统
       *[other] { $who }
    } · { $undone ->
        [yes] 撤销了：
       *[no] {""}
    }{ $what }{ $codes ->
        [none] {""}
       *[other] {" "}{ $codes }
    }{ $names ->
        [none] {""}
       *[other] （{ $names }）
    }
button-restore = 恢复
