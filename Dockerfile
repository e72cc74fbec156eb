# Two stages: the first builds an environment and the words, the second only runs them.
FROM python:3.11-slim-bookworm AS build
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends gettext \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /srijan
COPY requirements.lock ./
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
ENV PATH=/venv/bin:$PATH
COPY . .
RUN find . -name django.po -execdir msgfmt --output-file django.mo django.po ';' \
 && SECRET_KEY=only-to-collect-files python manage.py collectstatic --no-input --verbosity 0

FROM python:3.11-slim-bookworm
# libfribidi0: Pillow needs it to join Devanagari letters on posters.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libfribidi0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --no-create-home srijan
COPY --from=build /venv /venv
COPY --from=build /srijan /srijan
WORKDIR /srijan
RUN install --directory --owner srijan var media
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PORT=8000
USER 10001
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi", "--threads", "8", "--max-requests", "5000", "--max-requests-jitter", "500"]
