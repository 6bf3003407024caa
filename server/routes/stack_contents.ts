/** `/stacks/{id}/files`, `/stacks/{id}/versions` and `/stacks/{id}/changes` over HTTP. */
import { readBytes } from "../http/body.ts";
import { jsonResponse, NO_STORE } from "../http/problem.ts";
import * as v from "valibot";
import { newFileMode, type Upload } from "../protocol/stack_files.ts";
import { type Option, parseOptions } from "../http/query.ts";
import type { Path, RoutedRequest } from "../http/router.ts";
import type { Contents } from "../stacks/contents.ts";
import type { DeploymentPreview } from "../stacks/deployment_preview.ts";
import type { Editor } from "../stacks/editor.ts";
import type { GitServices } from "./stack_git.ts";
import { publicVersion } from "../stacks/public_view.ts";
import { withoutOptions } from "./filters.ts";
import { answerStarted, flag, idOf, type OperationServices } from "./operations.ts";

type Paths = Readonly<Record<string, Path>>;

/** Services of these paths. */
export interface ContentServices extends OperationServices, GitServices {
  readonly contents: Contents;
  readonly editor: Editor;
  readonly deploymentPreview: DeploymentPreview;
}

/** Headers of a file, which may have been written to attack the page: a browser saves it and runs nothing in it. */
const FILE_HEADERS = {
  ...NO_STORE,
  "content-type": "application/octet-stream",
  "x-content-type-options": "nosniff",
  "content-security-policy": "sandbox",
};

/** Permissions of a file. */
const MODE: Option<number> = {
  parse: (text) => v.is(newFileMode, text) ? Number.parseInt(text, 8) : undefined,
  expected: 'permissions in octal, such as "755"',
};

/** Returns the paths of files and versions. */
export function contentPaths(services: ContentServices, bodyBytes: number): Paths {
  return { ...filePaths(services, bodyBytes), ...versionPaths(services) };
}

function filePaths({ contents, git, editor }: ContentServices, bodyBytes: number): Paths {
  return {
    "/stacks/uploads": {
      POST: withoutOptions(async ({ request }) => {
        const bytes = await readBytes(request, bodyBytes);
        return jsonResponse({ digest: editor.uploads.add(bytes), size: bytes.length } satisfies Upload, 201);
      }),
    },
    "/stacks/{id}/files": {
      need: "secrets",
      GET: withoutOptions(async ({ params }) => jsonResponse(await contents.list(idOf(params, "stack")))),
    },
    "/stacks/{id}/files/{path}": {
      rest: true,
      need: "secrets",
      // The answer names its file itself.
      fileName: () => "file",
      GET: withoutOptions(async ({ params }) => {
        const { path = "" } = params;
        const bytes = await contents.read(idOf(params, "stack"), path);
        const name = encodeURIComponent(path.slice(path.lastIndexOf("/") + 1));
        return new Response(bytes as BodyInit, {
          headers: { ...FILE_HEADERS, "content-disposition": `attachment; filename*=UTF-8''${name}` },
        });
      }),
      PUT: async ({ request, url, params }) => {
        const { mode } = parseOptions(url.searchParams, { mode: MODE });
        const stackId = idOf(params, "stack");
        const { path = "" } = params;
        git.stacks.checkFile(stackId, path);
        const bytes = await readBytes(request, bodyBytes);
        const { file, isNew } = await contents.put(stackId, path, bytes, mode[0]);
        return jsonResponse(file, isNew ? 201 : 200);
      },
      DELETE: withoutOptions(async ({ params }) => {
        const [stackId, path] = [idOf(params, "stack"), params["path"] ?? ""];
        git.stacks.checkFile(stackId, path);
        await contents.remove(stackId, path);
        return new Response(null, { status: 204 });
      }),
    },
  };
}

function versionPaths(services: ContentServices): Paths {
  const { contents, editor, deploymentPreview } = services;
  return {
    "/stacks/{id}/changes": {
      // Reasons name variables of the environment.
      need: "secrets",
      GET: withoutOptions(async ({ params }) =>
        jsonResponse(await deploymentPreview.changes(idOf(params, "stack")))
      ),
    },
    "/stacks/{id}/versions": {
      GET: withoutOptions(({ params, trusted }) => {
        const versions = contents.versions(idOf(params, "stack"));
        return jsonResponse(trusted ? versions : versions.map(publicVersion));
      }),
    },
    "/stacks/{id}/versions/{version}": {
      need: "secrets",
      GET: withoutOptions(({ params }) =>
        jsonResponse(contents.version(idOf(params, "stack"), versionOf(params)))
      ),
    },
    "/stacks/{id}/versions/{version}/deploy": {
      POST: (call) => deployVersion(call, services),
    },
    "/stacks/{id}/versions/{version}/restore": {
      POST: withoutOptions(async ({ params }) => {
        const stackId = idOf(params, "stack");
        const version = versionOf(params);
        const { stack, warnings } = await editor.restore(
          stackId,
          version,
          contents.contentsOf(stackId, version),
        );
        return jsonResponse({ ...stack, warnings });
      }),
    },
  };
}

/** Deploys a version; with `wait`, answers when the deployment has ended. */
async function deployVersion(
  { url, params }: RoutedRequest,
  services: ContentServices,
): Promise<Response> {
  const { wait } = parseOptions(url.searchParams, { wait: flag });
  const [stackId, version] = [idOf(params, "stack"), versionOf(params)];
  const contents = services.contents.contentsOf(stackId, version);
  const { images } = services.contents.version(stackId, version);
  const { running } = await services.editor.deployVersion(stackId, version, contents, images);
  return await answerStarted(running!, wait[0], services);
}

function versionOf({ version = "" }: Readonly<Record<string, string>>): number {
  return idOf({ id: version }, "version");
}
