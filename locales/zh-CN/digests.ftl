# 团队日报：五行，加详情。
digest =
    .title = 团队日报
digest-team = { $since } 以来的团队情况
digest-nothing = { $since } 以来团队没有新情况。
digest-logged = 记录 { $count } 条（{ $names }）
digest-overdue = 逾期 { $count } 条（{ $names }）
digest-new-leads = 新线索 { $count } 条（{ $names }）
digest-at-risk = 有流失风险 { $count } 条（{ $names }）
digest-of = { $name } { $count }
digest-details = { $since } 以来
    .title = 团队详情
digest-person =
    { $name }：{ $kinds ->
        [none] 没有记录
       *[other] { $kinds }
    }{ $overdue ->
        [0] {""}
       *[other] {" "}· 逾期 { $overdue } 条
    }
digest-kind = { $kind } { $count }
digest-late = 逾期 · { $name }：{ $subject } · { $when }
digest-new-lead =
    新线索 · { $name }{ $owner ->
        [none] {" "}· 未分配
       *[other] {" "}· { $owner }
    }
digest-risk =
    有流失风险 · { $name }{ $owner ->
        [none] {" "}· 未分配
       *[other] {" "}· { $owner }
    }
digest-more-late = 还有 { $count } 条逾期
digest-more = 还有 { $count } 条线索
