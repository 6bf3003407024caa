/** A server that may fetch from a Git host on loopback. */
import type { GitHost } from "../../server/config/git.ts";
import { freshFolder } from "../client.ts";
import { type Answer, type ServedStacks, serveStacks } from "../stacks/client.ts";
import { GitServer } from "./git_server.ts";

/** A compose file that names two files. */
export const SHOP = `services:
  web:
    image: busybox:1
    env_file: app.env
    volumes: ["./conf:/conf:ro"]
`;

/** Files of the repository. */
export const FILES = {
  "README.md": "Read me",
  "shop/compose.yaml": SHOP,
  "shop/app.env": "A=1\n",
  "shop/.env": "TAG=1\n",
  "shop/conf/web.conf": "one\n",
  "shop/unused.txt": "not named",
};

/** A server, a Git host, and requests about stacks from it. */
export interface ServedGit extends AsyncDisposable {
  readonly host: GitServer;
  readonly served: ServedStacks;
  readonly data: string;
  readonly call: ServedStacks["call"];
  /** Creates a stack from the repository. */
  readonly create: (git?: object, more?: object) => Promise<Answer>;
  /** Pulls a stack and returns the finished operation. */
  readonly pull: (query?: string) => Promise<Answer>;
}

/** Starts both. */
export async function serveGit(
  { files = FILES, login = {} }: {
    readonly files?: Readonly<Record<string, string>>;
    readonly login?: Partial<GitHost>;
  } = {},
): Promise<ServedGit> {
  await using stack = new AsyncDisposableStack();
  const host = stack.use(await GitServer.open(files));
  const data = freshFolder();
  const served = stack.use(
    await serveStacks({
      changes: {
        data,
        outbound: { allow: [host.allowed] },
        gitHosts: [{ url: host.origin, ca: host.ca, ...login }],
      },
    }),
  );
  const ended = stack.move();
  const { call } = served;
  return {
    ...{ host, served, data, call },
    create: (git = {}, more = {}) =>
      call("POST", "/stacks/git?wait=1", {
        name: "shop",
        git: { url: host.url, branch: "main", path: "shop", ...git },
        ...more,
      }),
    pull: (query = "") => call("POST", `/stacks/1/git/pull?wait=1${query}`),
    [Symbol.asyncDispose]: () => ended.disposeAsync(),
  };
}
