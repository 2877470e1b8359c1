# 客户没有主动问起、由我们发出的内容：多少、资讯、祝福和积分。

reason-cool-down = 不久前刚联系过，或有更要紧的先发
reason-complaint-open = 该公司的投诉还没解决
said-broadcast = 资讯
said-care-greeting = 祝福

# 客户逐项选择收到什么。
topics = 您愿意收到哪些？您自己的请求我们一定会答复。
topic-line = { $given ->
        [yes] ✓
       *[no] ✗
    } { $topic }
topic-on = 愿意收{ $topic }
topic-off = 不收{ $topic }
button-choose-topics = 选择收到什么
news-stopped = 好的，您在任何渠道都不会再收到资讯。
news-no-more = 不再接收资讯
