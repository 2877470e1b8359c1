# Two stages: the wheels are built where compilers may be, the image that runs has neither them nor a cache.
FROM python:3.11-slim-trixie AS build
WORKDIR /source
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot bot
COPY domain domain
COPY charts charts
COPY handlers handlers
COPY locales locales
COPY scheduler scheduler
COPY storage storage
COPY web web
# Editable installs of a working tree are no business of the image.
RUN grep -v '^#' constraints.txt > /tmp/constraints.txt \
    && python -m venv /opt/guanxi \
    && /opt/guanxi/bin/pip install --no-cache-dir --constraint /tmp/constraints.txt .

FROM python:3.11-slim-trixie
# pg_dump and psql for backups of PostgreSQL, in the release's own version: that of the server in compose.yaml must not be newer.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates postgresql-client \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --create-home --home-dir /home/guanxi guanxi \
    && install --directory --owner guanxi --group guanxi --mode 0700 /data
COPY --from=build /opt/guanxi /opt/guanxi
ENV PATH=/opt/guanxi/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    GUANXI_DATABASE_URL=sqlite+aiosqlite:////data/guanxi.db \
    GUANXI_BACKUP_DIR=/data/backups \
    GUANXI_DATA_DIR=/data/files \
    GUANXI_HTTP_HOST=0.0.0.0 \
    GUANXI_HTTP_PORT=8080
USER guanxi
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['GUANXI_HTTP_PORT'] + '/health', timeout=4)"]
ENTRYPOINT ["guanxi"]
CMD ["run"]
