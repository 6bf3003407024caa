/** Requests to the paths of a stack's files, versions and drafts. */

/** Sends requests to a server with stack 1. */
export interface ContentScene {
  readonly request: (method: string, path: string, body?: unknown) => Promise<unknown>;
  readonly startAndWait: (method: string, path: string) => Promise<unknown>;
}

/** Requests each path once with each of its successful answers. */
export async function requestContents(scene: ContentScene): Promise<void> {
  for (const path of ["/stacks/draft", "/stacks/1/draft"]) {
    for (const method of ["PUT", "GET", "DELETE"]) {
      await scene.request(method, path, method === "PUT" ? {} : undefined);
    }
  }
  await scene.request("POST", "/stacks/uploads", "A=1");
  const file = "/stacks/1/files/conf/app.env";
  for (const body of ["A=1", "A=2", undefined]) await scene.request(body ? "PUT" : "GET", file, body);
  for (const path of ["files", "versions", "versions/1", "changes"]) {
    await scene.request("GET", `/stacks/1/${path}`);
  }
  await scene.request("DELETE", file);
  for (const path of ["restore", "deploy?wait=1"]) {
    await scene.request("POST", `/stacks/1/versions/1/${path}`);
  }
  await scene.startAndWait("POST", "/stacks/1/versions/1/deploy");
}
