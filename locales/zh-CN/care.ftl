# 客户没有主动问起、由我们发出的内容：多少、资讯、祝福和积分。

reason-cool-down = 不久前刚联系过，或有更要紧的先发
reason-complaint-open = 该公司的投诉还没解决
said-broadcast = 资讯
said-care-greeting = 祝福
