/** Templates of stacks, with their texts. Loaded on demand. */
import nginxCompose from "./texts/web/nginx.yaml" with { type: "text" };
import nginxEnv from "./texts/web/nginx.env" with { type: "text" };
import caddyCompose from "./texts/web/caddy.yaml" with { type: "text" };
import caddyEnv from "./texts/web/caddy.env" with { type: "text" };
import postgresCompose from "./texts/data/postgres.yaml" with { type: "text" };
import postgresEnv from "./texts/data/postgres.env" with { type: "text" };
import mariadbCompose from "./texts/data/mariadb.yaml" with { type: "text" };
import mariadbEnv from "./texts/data/mariadb.env" with { type: "text" };
import redisCompose from "./texts/data/redis.yaml" with { type: "text" };
import redisEnv from "./texts/data/redis.env" with { type: "text" };
import grafanaCompose from "./texts/watch/grafana.yaml" with { type: "text" };
import grafanaEnv from "./texts/watch/grafana.env" with { type: "text" };
import uptimeKumaCompose from "./texts/watch/uptime-kuma.yaml" with { type: "text" };
import uptimeKumaEnv from "./texts/watch/uptime-kuma.env" with { type: "text" };
import vaultwardenCompose from "./texts/apps/vaultwarden.yaml" with { type: "text" };
import vaultwardenEnv from "./texts/apps/vaultwarden.env" with { type: "text" };
import giteaCompose from "./texts/apps/gitea.yaml" with { type: "text" };
import giteaEnv from "./texts/apps/gitea.env" with { type: "text" };
import nextcloudCompose from "./texts/apps/nextcloud.yaml" with { type: "text" };
import nextcloudEnv from "./texts/apps/nextcloud.env" with { type: "text" };
import jellyfinCompose from "./texts/apps/jellyfin.yaml" with { type: "text" };
import jellyfinEnv from "./texts/apps/jellyfin.env" with { type: "text" };
import homeAssistantCompose from "./texts/apps/home-assistant.yaml" with { type: "text" };
import homeAssistantEnv from "./texts/apps/home-assistant.env" with { type: "text" };
import n8nCompose from "./texts/apps/n8n.yaml" with { type: "text" };
import n8nEnv from "./texts/apps/n8n.env" with { type: "text" };
import type { Template } from "./template.ts";

/** All templates, grouped by purpose. */
export const TEMPLATES: readonly Template[] = [
  {
    name: "nginx",
    title: "Nginx",
    purpose: "A web server for static files",
    compose: nginxCompose,
    env: nginxEnv,
  },
  {
    name: "caddy",
    title: "Caddy",
    purpose: "A web server and reverse proxy that gets its own TLS certificates",
    compose: caddyCompose,
    env: caddyEnv,
  },
  {
    name: "postgres",
    title: "PostgreSQL and Adminer",
    purpose: "A SQL database, with a page to browse it",
    compose: postgresCompose,
    env: postgresEnv,
  },
  {
    name: "mariadb",
    title: "MariaDB",
    purpose: "A SQL database that is compatible with MySQL",
    compose: mariadbCompose,
    env: mariadbEnv,
  },
  {
    name: "redis",
    title: "Redis",
    purpose: "A key-value store for caches, queues and sessions",
    compose: redisCompose,
    env: redisEnv,
  },
  {
    name: "grafana",
    title: "Grafana and Prometheus",
    purpose: "Metrics over time, as dashboards",
    compose: grafanaCompose,
    env: grafanaEnv,
  },
  {
    name: "uptime-kuma",
    title: "Uptime Kuma",
    purpose: "Checks websites and services, and notifies you of outages",
    compose: uptimeKumaCompose,
    env: uptimeKumaEnv,
  },
  {
    name: "vaultwarden",
    title: "Vaultwarden",
    purpose: "A password server for the Bitwarden apps",
    compose: vaultwardenCompose,
    env: vaultwardenEnv,
  },
  {
    name: "gitea",
    title: "Gitea",
    purpose: "Git repositories with issues and pull requests, on PostgreSQL",
    compose: giteaCompose,
    env: giteaEnv,
  },
  {
    name: "nextcloud",
    title: "Nextcloud",
    purpose: "Files, calendars and contacts, on PostgreSQL and Redis",
    compose: nextcloudCompose,
    env: nextcloudEnv,
  },
  {
    name: "jellyfin",
    title: "Jellyfin",
    purpose: "Streams films, series and music",
    compose: jellyfinCompose,
    env: jellyfinEnv,
  },
  {
    name: "home-assistant",
    title: "Home Assistant",
    purpose: "Automates lights, heating and other devices of a home",
    compose: homeAssistantCompose,
    env: homeAssistantEnv,
  },
  {
    name: "n8n",
    title: "n8n",
    purpose: "Connects services by workflows",
    compose: n8nCompose,
    env: n8nEnv,
  },
];
