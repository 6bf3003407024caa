/** The whole server as a function of requests, with a fake engine and a fake Compose. */
import { ProxyWarning } from "../../server/access/proxy_warning.ts";
import type { AccessRules } from "../../server/access/access.ts";
import { openAlerts } from "../../server/alerts/open.ts";
import { type App, createApp } from "../../server/app.ts";
import { Containers } from "../../server/containers/containers.ts";
import { DEFAULT_LIMITS } from "../../server/config/limits.ts";
import { AddedHosts } from "../../server/hosts/added_hosts.ts";
import { HostTests } from "../../server/hosts/host_tests.ts";
import { LiveHosts } from "../../server/hosts/live_hosts.ts";
import { LogLines } from "../../server/log/recent_lines.ts";
import { openHistory } from "../../server/history/open.ts";
import { openGit } from "../../server/start/services.ts";
import { Outputs } from "../../server/output/outputs.ts";
import { Resources } from "../../server/resources/resources.ts";
import { OwnContainer } from "../../server/terminal/own_container.ts";
import { SwarmStacks } from "../../server/swarm/deploy/swarm_stacks.ts";
import { Managers } from "../../server/swarm/managers.ts";
import { Swarms } from "../../server/swarm/swarms.ts";
import { Terminals } from "../../server/terminal/terminals.ts";
import { Sockets } from "../../server/http/socket.ts";
import { type OpenStacks, openStacks } from "../../server/stacks/open.ts";
import { Feed } from "../../server/stats/feed.ts";
import { Tickets } from "../../server/access/tickets.ts";
import { Sessions } from "../../server/access/sessions.ts";
import { SessionStore } from "../../server/store/session_store.ts";
import { AccessToken } from "../../server/access/token.ts";
import { freshFolder, testConfig, TOKEN } from "../client.ts";
import { Returns } from "../../server/updates/returns.ts";
import { FakeCompose } from "../fakes/compose.ts";
import { FakeDockerStack } from "../swarm/fake_docker_stack.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { FakeRemotes } from "../git/fake_remotes.ts";
import { QUICK } from "../fakes/times.ts";

const NO_UPDATES = {
  checking: false,
  rounds: 0,
  recent: () => [],
  list: () => Promise.resolve([]),
  check: () => Promise.resolve(),
};

const REMOTES = { remotes: new FakeRemotes({}) };

const ALERT_OPTIONS = {
  ...{ file: { rules: [], channels: [] }, allow: [], readOnly: false, hostname: undefined, simulated: [] },
  shared: false,
  ...{ base: () => "http://127.0.0.1:9876", env: () => undefined },
};

/** Runs with an app whose token is that of the test servers. */
export async function withApp(use: (app: App) => Promise<void>): Promise<void> {
  const engine = new FakeEngine(fakeContainer("web"));
  await using recorded = openHistory(undefined, { keepMs: 60_000 });
  await using feed = new Feed([{ id: "Localhost", engine }], {
    past: { recorded, always: false },
    times: QUICK,
  });
  const token = new AccessToken(TOKEN, undefined);
  using tickets = new Tickets();
  await using opened = await openStacks({
    data: freshFolder(),
    compose: new FakeCompose(),
    hosts: new Map([["Localhost", { url: "unix:///none" }]]),
    ...{ feed, parallel: 4, allowKeys: [], shared: false },
  });
  using sessions = new Sessions(new SessionStore(opened.database), TOKEN);
  await using resources = new Resources({ feed, runner: opened.runner });
  const containers = new Containers({ feed, store: opened.store, runner: opened.runner });
  const own = new OwnContainer(() => ({ hostname: undefined, inContainer: false, macs: [] }));
  const live = new LiveHosts(feed.hosts, ({ id }) => ({ id, engine }), []);
  const limits = { ...DEFAULT_LIMITS, wrongTokens: 1000 };
  const outputs = new Outputs();
  const followed = { feed, outputs, containers };
  await using opening = await openAlerts({ ...opened, ...followed, updates: NO_UPDATES, ...ALERT_OPTIONS });
  await using closing = new AsyncDisposableStack();
  await use(createApp({
    ...{ ...followed, recorded, lines: new LogLines(10), alerts: opening.alerts },
    ...opened,
    git: await openGit(closing, testConfig([]), opened, { stores: true, shared: false }, REMOTES),
    composeVersions: () => new FakeCompose().versions(),
    terminals: new Terminals({ ...opened, containers, allowed: true, own }),
    updates: NO_UPDATES,
    ...{ returns: new Returns(opened), tags: { list: () => Promise.reject(new Error("not asked")) } },
    resources,
    addedHosts: new AddedHosts(live, undefined, [], opened.runner),
    hostTests: new HostTests(),
    ...swarmsOf(feed, opened),
    sockets: new Sockets(limits),
    proxies: new ProxyWarning(),
    access: accessOf(token, tickets),
    tcpFor: "everything",
    basePath: "",
    sessions: { tickets, feed, hostname: undefined, listensOn: () => "http://127.0.0.1:9876" },
    simulated: false,
    signIn: { token, sessions },
    limits,
  }));
}

function swarmsOf(feed: Feed, { runner, store, swarmTexts }: OpenStacks) {
  const managers = new Managers({ feed, runner });
  const parts = { docker: new FakeDockerStack(), hasLogins: () => Promise.resolve(false) };
  return {
    swarms: new Swarms(managers, swarmTexts),
    swarmStacks: new SwarmStacks({ managers, store, swarmTexts, hosts: new Map(), ...parts }),
  };
}

function accessOf(token: AccessToken, tickets: Tickets): AccessRules {
  return {
    listenHost: "127.0.0.1",
    origins: [],
    readOnly: false,
    viewToken: false,
    validity: (credential) => token.matches(credential) ? token.signal : undefined,
    findTicket: (presented) => tickets.find(presented),
  };
}
