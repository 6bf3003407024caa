/** Requests to the paths of stacks from Git. */
import type { FakeRemotes } from "../git/fake_remotes.ts";
import { delivery } from "../git/delivery.ts";
import type { Scene } from "./scene.ts";

/** Requests each path once with each of its successful answers. */
export async function requestGit(scene: Scene, remotes: FakeRemotes): Promise<void> {
  const git = { url: "https://git.example.org/shop.git", branch: "main" };
  const { body: { stack_id: id } } = await scene.request("POST", "/stacks/git?wait=1", {
    name: "fromgit",
    git,
  });
  await scene.request("GET", `/stacks/${id}`);
  const { body: secrets } = await scene.request("PUT", `/stacks/${id}/git`, { webhook: true, token: true });
  remotes.push({ "compose.yaml": "services:\n  web:\n    image: busybox:2\n" });
  await scene.request("POST", `/stacks/${id}/git/pull?dryRun=1`);
  await scene.startAndWait("POST", `/stacks/${id}/git/pull`);
  await scene.request("POST", `/stacks/${id}/git/pull?wait=1`);
  for (const ref of ["refs/heads/main", "refs/heads/other"]) {
    const { body, headers } = await delivery("github", secrets.webhook_secret, { ref });
    const { body: answer } = await scene.request("POST", `/stacks/${id}/git/webhook`, body, headers);
    if (answer.operation_id !== null) await scene.waitForEnd(answer.operation_id);
  }
  const headers = { authorization: `Bearer ${secrets.redeploy_token}` };
  const { body } = await scene.request("POST", `/stacks/${id}/git/redeploy`, undefined, headers);
  await scene.waitForEnd(body.operation_id);
  await scene.request("POST", `/stacks/${id}/git/redeploy?wait=1`, undefined, headers);
}
