"""The domain of an e-mail address, where it is a company's own: two people under it work together."""

from __future__ import annotations

# Mail for everybody, and what internet providers hand out: sharing such a domain says nothing.
_FOR_EVERYBODY = frozenset(
    """
    126.com 139.com 163.com 188.com 189.cn 263.net 21cn.com aliyun.com foxmail.com qq.com sina.cn sina.com sohu.com
    tom.com wo.cn yeah.net vip.qq.com 3g.cn eyou.com
    aol.com att.net bellsouth.net bigpond.com btinternet.com charter.net comcast.net cox.net daum.net earthlink.net
    email.com fastmail.com free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hanmail.net
    hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.fr hushmail.com icloud.com inbox.com laposte.net libero.it
    live.cn live.co.uk live.com mac.com mail.com mail.ru me.com msn.com naver.com ntlworld.com optonline.net orange.fr
    outlook.com outlook.de pm.me proton.me protonmail.com rediffmail.com rocketmail.com sbcglobal.net sky.com t-online.de
    talktalk.net tuta.io tutanota.com verizon.net virginmedia.com wanadoo.fr web.de yahoo.ca yahoo.cn yahoo.co.in
    yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.cn yahoo.com.hk yahoo.com.tw yahoo.de yahoo.fr yandex.com yandex.ru
    ymail.com zoho.com zohomail.com
    """.split()
)
_SECOND_LEVELS = frozenset("ac co com edu go gov ne net or org".split())


def company_domain(email: str) -> str | None:
    """``acme.co.uk`` for jane@mail.acme.co.uk in lower case; None for gmail.com, qq.com and what is no domain."""
    domain = email.rpartition("@")[2].strip().strip(".").casefold()
    labels = domain.split(".")
    if len(labels) < 2 or not all(labels):
        return None
    is_two_deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS
    own = ".".join(labels[-3:] if is_two_deep else labels[-2:])
    return None if domain in _FOR_EVERYBODY or own in _FOR_EVERYBODY else own
