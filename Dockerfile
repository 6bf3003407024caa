# The image of DockStat, for "docker run" and for Docker Desktop. It builds on every platform, also with the classic
# builder.
FROM denoland/deno:bin-2.9.6 AS deno
FROM docker/compose-bin:v5.7.0 AS compose
# Compose builds images with it.
FROM docker/buildx-bin:v0.29.1 AS buildx
# The Docker CLI deploys the stacks of swarms.
FROM docker:28.5.2-cli AS docker

FROM debian:bookworm-slim AS base
COPY --from=deno /deno /usr/local/bin/deno
ENV DENO_NO_UPDATE_CHECK=1

# The dashboard, and the server as a few files. Behind a company's proxy, the arguments set the npm registry and the
# certificate store.
FROM base AS built
ARG NPM_CONFIG_REGISTRY
ARG DENO_TLS_CA_STORE
WORKDIR /dockstat/extension/ui
COPY extension/ui/deno.json extension/ui/deno.lock ./
RUN deno install --frozen --quiet
COPY deno.json /dockstat/
COPY server /dockstat/server
COPY extension/ui ./
RUN deno run --allow-read --ignore-read=/proc --allow-write=../../dist,node_modules --allow-env --allow-sys --allow-ffi \
  build.ts \
  && deno run --allow-read --ignore-read=/proc --allow-write=../../dist,node_modules --allow-env --allow-sys --allow-ffi \
  build_server.ts

# The packages that the server loads at their first use. The whole lock file is verified first, then the packages for
# tests are left out. Running the server once caches its compiled files.
FROM base AS server
ARG NPM_CONFIG_REGISTRY
ARG DENO_TLS_CA_STORE
ENV DENO_DIR=/dockstat/.deno
WORKDIR /dockstat
COPY deno.json deno.lock main.ts mod.ts LICENSE ./
COPY server server
COPY --from=built /dockstat/dist/server dist/server
COPY extension/package/image_config.ts extension/dockstat /usr/local/bin/
RUN deno install --lockfile-only --frozen --quiet \
  && deno run --allow-read=. --allow-write=deno.json /usr/local/bin/image_config.ts \
  && deno cache --quiet main.ts dist/server/*.js \
  && rm -r server mod.ts \
  && dockstat --version

# git for stacks from Git: the program, its transport and their libraries are 25 MB. Its package with Perl is 115 MB.
FROM base AS git
RUN apt-get update -qq && apt-get install -qq -y --no-install-recommends ca-certificates git >/dev/null \
  && libraries=$(dirname "$(ldd /usr/bin/git | awk '/libz/ {print $3}' | xargs readlink -f)") \
  && mkdir -p /git/usr/bin /git/usr/lib/git-core /git/etc/ssl/certs "/git$libraries" \
  && cp -L /usr/bin/git /git/usr/bin/ \
  && cp -L /usr/lib/git-core/git-remote-https /git/usr/lib/git-core/ \
  && cp -L /etc/ssl/certs/ca-certificates.crt /git/etc/ssl/certs/ \
  && ldd /usr/bin/git /usr/lib/git-core/git-remote-https | awk '/=>/ {print $3}' | sort -u \
  | xargs -I{} cp -L {} "/git$libraries"

FROM base
LABEL org.opencontainers.image.title="DockStat" \
  org.opencontainers.image.description="What every container is doing, live, and its Compose stacks: exact, cheap, nothing lost." \
  org.opencontainers.image.vendor="The DockStat authors" \
  org.opencontainers.image.version="0.1.0" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.url="https://github.com/dockstat/dockstat" \
  org.opencontainers.image.source="https://github.com/dockstat/dockstat" \
  org.opencontainers.image.documentation="https://github.com/dockstat/dockstat#readme" \
  com.docker.desktop.extension.api.version=">= 0.3.4" \
  com.docker.desktop.extension.icon="https://raw.githubusercontent.com/dockstat/dockstat/main/extension/ui/public/icon.svg" \
  com.docker.extension.screenshots='[{"alt":"Containers with their CPU, memory, network and block rates, light","url":"https://raw.githubusercontent.com/dockstat/dockstat/main/docs/screenshots/containers-light.png"},{"alt":"Containers with their CPU, memory, network and block rates, dark","url":"https://raw.githubusercontent.com/dockstat/dockstat/main/docs/screenshots/containers-dark.png"},{"alt":"The details of a container: charts and its output","url":"https://raw.githubusercontent.com/dockstat/dockstat/main/docs/screenshots/details-light.png"},{"alt":"A stack while it is deployed, step by step","url":"https://raw.githubusercontent.com/dockstat/dockstat/main/docs/screenshots/stacks-light.png"}]' \
  com.docker.extension.detailed-description='<h2>What every container is doing, live</h2><ul><li><b>Exact.</b> CPU % and memory % are the numbers of <code>docker stats</code>. A container that starts later appears automatically.</li><li><b>Cheap.</b> All viewers share one collector. With Docker 25 or newer it costs less than <code>docker stats</code>.</li><li><b>Stacks.</b> Create, edit, deploy, update and remove Compose stacks. Every step is shown live and stored, so a closed tab loses nothing.</li><li><b>Logs.</b> Follow, search and download the output of a container.</li><li><b>Secure.</b> It listens on this machine only, and each tab gets a separate ticket that expires.</li></ul><p>It needs the Docker socket to show and run containers.</p>' \
  com.docker.extension.publisher-url="https://github.com/dockstat/dockstat" \
  com.docker.extension.additional-urls='[{"title":"Documentation","url":"https://github.com/dockstat/dockstat#readme"},{"title":"Security","url":"https://github.com/dockstat/dockstat/blob/main/SECURITY.md"},{"title":"Issues","url":"https://github.com/dockstat/dockstat/issues"},{"title":"License","url":"https://github.com/dockstat/dockstat/blob/main/LICENSE"}]' \
  com.docker.extension.categories="container-orchestration,utility-tools" \
  com.docker.extension.changelog='<p>0.1.0, the first version: live statistics, history and logs of every container, and Compose stacks.</p>'
COPY --from=compose /docker-compose /usr/local/lib/docker/cli-plugins/docker-compose
COPY --from=buildx /buildx /usr/local/lib/docker/cli-plugins/docker-buildx
COPY --from=docker /usr/local/bin/docker /usr/local/bin/docker
COPY --from=git /git /
COPY --from=server /usr/local/bin/dockstat /usr/local/bin/dockstat
COPY --from=server /dockstat /dockstat
COPY --from=built /dockstat/dist/ui /dockstat/dist/ui
COPY --from=built /dockstat/dist/ui/icon.svg /icon.svg
COPY metadata.json extension/compose.yaml /
ENV DENO_DIR=/dockstat/.deno DOCKSTAT_HOST=0.0.0.0 DOCKSTAT_DATA=/data
# DockStat reads dockstat.yaml from this folder.
WORKDIR /data
VOLUME /data
EXPOSE 9876
# bash opens the connection and reads the answer, so no other program starts. With TLS it checks only that the port is
# open.
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s --retries=2 CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/${DOCKSTAT_PORT:-9876} && if [ -z \"$DOCKSTAT_TLS_CERT\" ]; then printf 'GET /healthz HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nConnection: close\\r\\n\\r\\n' >&3; read -r line <&3; [[ $line == *' 200 '* ]]; fi"]
ENTRYPOINT ["dockstat"]
CMD ["serve"]
