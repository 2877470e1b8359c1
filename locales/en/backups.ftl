# Backups: what the operator reads on the command line, and what an admin is told when one fails.
copy-refused =
    { $why ->
        [damaged] This file is damaged, or is no backup of this kind of database. Nothing was changed.
        [source-damaged] The database’s own file is damaged. Put a backup in its place: guanxi restore BACKUP --force
        [not-ours] This file holds no Guanxi data. Nothing was changed.
        [from-the-future] This backup was made by a newer Guanxi. Update first, then restore. Nothing was changed.
        [nothing-to-copy] There is no database yet, so there is nothing to back up.
        [in-use] A program is working on this database. Stop guanxi run first. Nothing was changed.
        [program-missing] { $program } is not installed. It comes with the package { $package }.
        [program-too-old] { $program } is older than the PostgreSQL server. Install the server’s version of { $package }.
        [program-failed] { $program } failed: { $said }
        [no-room] The file could not be written. Is there room on the disk, and may Guanxi write there?
        [files-missing] An attachment of this backup is missing or cut off: { $said }. The folder NAME.files belongs beside it.
        [wrong-key] GUANXI_KEY: it is missing, or not the key this backup was made with, or the file is damaged. Nothing was changed.
       *[other] That backup can’t be used.
    }
backup-failed =
    The daily backup failed: { WORD($why, of: "backup-trouble") }. Please ask whoever runs the server to look; `guanxi doctor` says what to do.
backup-trouble-damaged = the newest backup cannot be read back
backup-trouble-source-damaged = the database file itself is damaged
backup-trouble-not-ours = the newest backup cannot be read back
backup-trouble-nothing-to-copy = the database file is not where it should be
backup-trouble-program-missing = pg_dump is not installed on the server
backup-trouble-program-too-old = pg_dump is older than the database
backup-trouble-program-failed = pg_dump could not read the database
backup-trouble-files-missing = its attachments are not all there
backup-trouble-no-room = the file could not be written
