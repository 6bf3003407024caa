/** A real nginx in front of a server. */
import { findNginx, NGINX_MISSING } from "../../tools/engine/extras.ts";
import { eventually } from "../assert.ts";
import { temporaryFolder } from "./folder.ts";

/**
 * Starts nginx for one scope, and waits until it answers.
 *
 * @param port Port on 127.0.0.1.
 * @param locations Body of its `server` section.
 * @throws {Error} if nginx is not installed, with what to install.
 */
export async function startNginx(port: number, locations: string): Promise<AsyncDisposable> {
  const program = findNginx();
  if (program === undefined) throw new Error(NGINX_MISSING);
  const folder = temporaryFolder();
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder.path(name)};`).join(" ");
  await Deno.writeTextFile(
    folder.path("nginx.conf"),
    `daemon off; master_process off; pid ${folder.path("pid")}; error_log ${folder.path("error.log")};
events {}
http {
  access_log off; ${temporary}
  map $http_upgrade $connection_upgrade { default upgrade; "" close; }
  server { listen 127.0.0.1:${port}; ${locations} }
}
`,
  );
  const args = ["-c", folder.path("nginx.conf"), "-e", folder.path("error.log")];
  const nginx = new Deno.Command(program, { args, stdin: "null", stdout: "null", stderr: "null" }).spawn();
  await eventually("nginx", async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/nginx-is-up`).catch(() => undefined);
    await answer?.body?.cancel();
    return answer !== undefined;
  });
  return {
    async [Symbol.asyncDispose]() {
      nginx.kill("SIGTERM");
      await nginx.status;
      folder[Symbol.dispose]();
    },
  };
}

/** Directives that README recommends for a location. */
export const FORWARD = `proxy_http_version 1.1;
  proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $connection_upgrade;
  proxy_read_timeout 1h;`;
