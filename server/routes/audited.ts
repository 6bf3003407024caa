/** Records sign-ins, revealed secrets, removals and changed settings in the audit journal. */
import type { Channel } from "../access/access.ts";
import { credentialsOf } from "../access/credentials.ts";
import type { Downloads } from "../access/downloads.ts";
import { reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { AuditAction } from "../protocol/past/timeline.ts";
import type { AuditStore } from "../store/past/audit_store.ts";
import type { SignInParts } from "./sessions.ts";

/** Longest recorded path. */
const LONGEST_TARGET = 300;

/** Actions by method and path; the first match counts. */
const RULES: readonly (readonly [method: string, path: RegExp, action: AuditAction])[] = [
  ["POST", /^\/sessions$/, "sign-in"],
  ["DELETE", /^\/sessions(\/|$)/, "sign-out"],
  ["POST", /^\/token\/rotate$/, "rotate-token"],
  ["GET", /^\/containers\/[^/]+\/[^/]+\/terminal$/, "terminal"],
  ["GET", /^\/stacks\/[^/]+\/(compose$|files\/|versions\/|draft$)/, "read-texts"],
  ["GET", /^\/stacks\/draft$/, "read-texts"],
  ["GET", /^\/swarm\/[^/]+\/(draft$|stacks\/)/, "read-texts"],
  ["PUT", /^\/swarm\/[^/]+\/stacks\/[^/]+$/, "save-stack"],
  ["DELETE", /^\/swarm\/[^/]+\/(stacks|services)\/[^/]+$/, "remove"],
  ["PATCH", /^\/containers\//, "change-limits"],
  ["DELETE", /^\/(stacks|projects|containers|images|volumes|networks)\//, "remove"],
  ["POST", /^\/prune$/, "prune"],
  ["POST", /^\/hosts$/, "add-host"],
  ["POST", /^\/hosts\/test$/, "test-host"],
  ["DELETE", /^\/hosts\//, "remove-host"],
  ["POST", /^\/stacks(?:\/git|\/[^/]+\/git\/(?:pull|webhook|redeploy))?$/, "save-stack"],
  ["PUT", /^\/stacks\/[^/]+\/git$/, "change-settings"],
  ["PUT", /^\/stacks\/[^/]+$/, "save-stack"],
  ["PUT", /^\/stacks\/[^/]+\/files\//, "save-file"],
  ["POST", /^\/stacks\/adopt$/, "adopt-stack"],
  ["POST", /^\/stacks\/[^/]+\/accept$/, "accept-files"],
  ["POST", /^\/stacks\/[^/]+\/versions\/[^/]+\/(?:restore|deploy)$/, "restore-version"],
  ["POST", /^\/alerts\/channels\/[^/]+\/test$/, "send-test"],
  ...["POST", "PUT", "DELETE"].map((method) =>
    [method, /^\/alerts\/(rules|channels)(\/|$)/, "change-settings"] as const
  ),
];

const log = getLogger(["dockstat", "access"]);

/** Returns the action that a request is recorded as; `undefined` for one that is not recorded. */
export function auditedAction(method: string, { pathname, searchParams }: URL): AuditAction | undefined {
  if (searchParams.get("dryRun") === "1") return undefined;
  if (method === "GET" && pathname.startsWith("/containers/") && searchParams.get("secrets") === "1") {
    return "reveal-secrets";
  }
  return RULES.find(([wanted, path]) => wanted === method && path.test(pathname))?.[2];
}

/** Stores the result of a request. */
export type RecordAnswer = (status: number) => void;

/** The audit journal as the server writes it. */
export class Audited {
  /**
   * @param basePath Path that everything is below; empty without one.
   * @param downloads Addresses that stand for other paths.
   */
  constructor(
    readonly store: AuditStore,
    readonly signIn: SignInParts,
    readonly basePath = "",
    readonly downloads: Pick<Downloads, "peek"> = { peek: () => undefined },
  ) {}

  /** Prepares the record of a request, while its session still exists. */
  begin(request: Request, address: string, channel: Channel): RecordAnswer {
    if (!URL.canParse(request.url)) return () => {};
    const url = this.#target(new URL(request.url));
    const action = auditedAction(request.method, url);
    const sendsCredential = credentialsOf(request.headers).length > 0;
    const actor = action === undefined ? "none" : actorOf(request, channel, this.signIn);
    return (status) => {
      // Wrong tokens are limited per address; requests without one are not, and are not recorded.
      const isWrong = status === 401 && (sendsCredential || action === "sign-in");
      const recorded = isWrong && action !== "sign-in" ? "wrong-token" : action;
      const isRefused = status >= 400 && !isWrong;
      // A terminal records its start and its end itself. Strangers cannot fill the journal with refusals.
      const isTerminal = recorded === "terminal" && isRefused &&
        (actor !== "none" || this.signIn.token === undefined);
      if (recorded === undefined || (recorded === "terminal" || isRefused) && !isTerminal) return;
      this.#add(recorded, url.pathname, status, isWrong ? "none" : actor, address);
    };
  }

  /** Records a token that was replaced in its file. */
  rotated(): void {
    this.#add("rotate-token", "token", 200, "file", "local");
  }

  /** Returns the address without the base path; for a download, the address of what it returns. */
  #target(url: URL): URL {
    const { basePath } = this;
    if (basePath !== "" && url.pathname.startsWith(`${basePath}/`)) {
      url.pathname = url.pathname.slice(basePath.length);
    }
    const [, id] = /^\/downloads\/([^/]+)$/.exec(url.pathname) ?? [];
    const path = id === undefined ? undefined : this.downloads.peek(id);
    return path !== undefined && URL.canParse(path, url) ? new URL(path, url) : url;
  }

  #add(action: AuditAction, target: string, status: number, actor: string, address: string): void {
    try {
      this.store.add({ action, target: target.slice(0, LONGEST_TARGET), status, actor, address }, Date.now());
    } catch (error) {
      log.error("Cannot store an entry of the audit journal: {error}", { error: reason(error) });
    }
  }
}

/** Returns the name of a request's credential: `token`, `session` and the start of its id, `ticket`, `socket` or `none`. */
export function actorOf({ headers }: Request, channel: Channel, { token, sessions }: SignInParts): string {
  if (channel === "unix") return "socket";
  const [credential] = credentialsOf(headers);
  if (credential === undefined) return "none";
  if (credential.kind === "ticket") return "ticket";
  if (token?.matches(credential)) return "token";
  const session = sessions.find(credential.secret);
  return session === undefined ? "none" : `session ${session.id.slice(0, 8)}`;
}
