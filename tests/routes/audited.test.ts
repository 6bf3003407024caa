import { auditedAction } from "../../server/routes/audited.ts";
import { assertEquals } from "../assert.ts";

const ACTIONS: readonly (readonly [request: string, action: string | undefined])[] = [
  ["POST /sessions", "sign-in"],
  ["DELETE /sessions", "sign-out"],
  ["DELETE /sessions/abc", "sign-out"],
  ["POST /token/rotate", "rotate-token"],
  ["GET /containers/nas/web?secrets=1", "reveal-secrets"],
  ["GET /containers/nas/web", undefined],
  ["GET /containers/nas/web/terminal", "terminal"],
  ["PATCH /containers/nas/web", "change-limits"],
  ["POST /containers/nas/web/stop", undefined],
  ["DELETE /containers/nas/web", "remove"],
  ["DELETE /containers/nas/web?dryRun=1", undefined],
  ["DELETE /projects/nas/shop", "remove"],
  ["DELETE /stacks/3/files/a/b", "remove"],
  ["DELETE /images/nas/sha256:1", "remove"],
  ["POST /prune", "prune"],
  ["POST /stacks", "save-stack"],
  ["POST /stacks/validate", undefined],
  ["PUT /stacks/3", "save-stack"],
  ["PUT /stacks/3/files/a/b", "save-file"],
  ["POST /stacks/adopt", "adopt-stack"],
  ["POST /stacks/3/accept", "accept-files"],
  ["POST /stacks/3/versions/2/restore", "restore-version"],
  ["POST /stacks/3/deploy", undefined],
  ["GET /docker/stats", undefined],
];

for (const [request, action] of ACTIONS) {
  Deno.test(`${request} is recorded as ${action ?? "nothing"}`, () => {
    const [method = "", path = ""] = request.split(" ");
    assertEquals(auditedAction(method, new URL(`http://localhost${path}`)), action as never);
  });
}
