# 备份：运维在命令行看到的话，以及备份失败时告诉管理员的话。
copy-refused =
    { $why ->
        [damaged] 文件已损坏，或不是这种数据库的备份。没有改动任何数据。
        [source-damaged] 数据库文件本身损坏了。请用备份替换：guanxi restore 备份文件 --force
        [not-ours] 文件里没有 Guanxi 的数据。没有改动任何数据。
        [from-the-future] 这份备份来自更新的版本，请先升级再恢复。没有改动任何数据。
        [nothing-to-copy] 还没有数据库，没有可备份的内容。
        [in-use] 有程序正在使用这个数据库，请先停止 guanxi run。没有改动任何数据。
        [program-missing] 没有安装 { $program }，它在软件包 { $package } 里。
        [program-too-old] { $program } 比 PostgreSQL 服务器旧，请安装与服务器版本相同的 { $package }。
        [program-failed] { $program } 失败：{ $said }
        [no-room] 文件写不进去。磁盘还有空间吗？Guanxi 有写入权限吗？
        [files-missing] 这份备份缺少附件或附件不完整：{ $said }。同名的 .files 文件夹应放在备份旁边。
        [wrong-key] GUANXI_KEY：没有设置，或者不是做这份备份时的密钥，或者文件损坏了。没有改动任何数据。
       *[other] 这份备份不能用。
    }
backup-failed =
    每日备份失败：{ WORD($why, of: "backup-trouble") }。请让维护服务器的同事看一下，`guanxi doctor` 会说明怎么办。
backup-trouble-damaged = 最新的备份读不出来
backup-trouble-source-damaged = 数据库文件本身损坏了
backup-trouble-not-ours = 最新的备份读不出来
backup-trouble-nothing-to-copy = 数据库文件不在原来的位置
backup-trouble-program-missing = 服务器上没有安装 pg_dump
backup-trouble-program-too-old = pg_dump 比数据库旧
backup-trouble-program-failed = pg_dump 读不了数据库
backup-trouble-files-missing = 附件不完整
backup-trouble-no-room = 文件写不进去
