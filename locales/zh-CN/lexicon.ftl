# 公司自己的说法：从更正中学到，用 /lexicon 查看和忘掉。
lexicon =
    { $all ->
        [yes] 从大家的更正中学到的说法
       *[no] 从你的更正中学到的说法
    }
lexicon-empty = 还没有学到什么。保存前更正卡片，我就会记住你的说法。
lexicon-full = 已经记了 { $most } 个说法，记不下了。忘掉一些不用的吧。
lexicon-forgotten = 已忘掉：“{ $phrase }”
lexicon-dropped = 好的，不记“{ $phrase }”。
lexicon-learned-activity = 学到了：“{ $phrase }”是{ $means }
lexicon-learned-intent = 学到了：“{ $phrase }”表示{ $means }
lexicon-learned-no-intent = 学到了：“{ $phrase }”不表示{ $means }
lexicon-learned-name = 学到了：“{ $phrase }”就是{ $means }
lexicon-line-activity =
    “{ $phrase }”是{ $means }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
lexicon-line-intent =
    “{ $phrase }”表示{ $means }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
lexicon-line-no-intent =
    “{ $phrase }”不表示{ $means }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
lexicon-line-name =
    “{ $phrase }”就是{ $means }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
lexicon-forget-button = 忘掉
lexicon-drop-button = 不用记“{ $phrase }”

entry-line-intents = 意向：{ $intents }
entry-ask-intents = 客户想要什么，进展如何？
entry-toggle-intent =
    { $on ->
        [yes] ✓ { $intent }
       *[no] { $intent }
    }
button-entry-intents = 意向
intent-wants_quote = 要报价
intent-wants_demo = 要演示
intent-wants_trial = 要试用
intent-wants_info = 要资料
intent-price_objection = 嫌贵
intent-negotiating = 在谈条款
intent-interested = 有兴趣
intent-not_interested = 没兴趣
intent-on_hold = 暂缓
intent-competitor = 有竞品
intent-won = 已成交
intent-lost = 已丢单
intent-complaint = 有投诉
intent-payment = 谈付款
intent-renewal = 谈续约
intent-no_answer = 没联系上
intent-decision_pending = 待决定
intent-support = 要售后支持
