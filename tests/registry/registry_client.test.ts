import { assert, assertEquals, assertRejects } from "../assert.ts";
import { OutboundClient } from "../../server/outbound/client.ts";
import { parseReference } from "../../server/registry/reference.ts";
import { RegistryClient } from "../../server/registry/registry_client.ts";
import { RegistryError } from "../../server/registry/registry_error.ts";
import {
  type FakeRegistry,
  fakeRegistry,
  type FakeRegistryOptions,
  LOGIN,
} from "../fakes/outbound/registry.ts";

const DIGEST = `sha256:${"1".repeat(64)}`;
const DIGESTS = { "app:1.0": DIGEST, "app:1.1": `sha256:${"2".repeat(64)}`, "other:1.0": DIGEST };
const signal = AbortSignal.timeout(60_000);

interface Opened {
  readonly registry: FakeRegistry;
  readonly client: RegistryClient;
  readonly digest: (name?: string) => Promise<string>;
}

async function withRegistry(
  options: Partial<FakeRegistryOptions> & { readonly login?: string; readonly allow?: boolean },
  use: (opened: Opened) => Promise<void>,
): Promise<void> {
  await using registry = fakeRegistry({ digests: DIGESTS, ...options });
  const allow = options.allow === false ? [] : [{ address: "127.0.0.1", port: registry.port }];
  const client = new RegistryClient({
    outbound: new OutboundClient({ allow }),
    findLogin: (name) => Promise.resolve(name === registry.name ? options.login : undefined),
    now: () => 1_000_000,
  });
  const digest = (name = "app:1.0") => client.digest(parseReference(`${registry.name}/${name}`)!, signal);
  await use({ registry, client, digest });
}

function manifests({ requests }: FakeRegistry): string[] {
  return requests.filter((request) => request.includes("/manifests/"));
}

Deno.test("reads the digest of a tag", async () => {
  await withRegistry({}, async ({ digest }) => assertEquals(await digest(), DIGEST));
});

Deno.test("sends one request per tag, and one for the tokens of a repository", async () => {
  await withRegistry({ auth: "bearer" }, async ({ registry, digest }) => {
    await Promise.all([digest("app:1.0"), digest("app:1.1"), digest("other:1.0")]);
    assertEquals(manifests(registry).length, 3);
    assertEquals(registry.requests.filter((request) => request.startsWith("GET /token")).length, 2);
    assertEquals(registry.requests.filter((request) => request === "GET /v2/").length, 1);
  });
});

Deno.test("signs in with the login of the registry", async () => {
  await withRegistry(
    { auth: "basic", login: LOGIN },
    async ({ digest }) => assertEquals(await digest(), DIGEST),
  );
  await withRegistry({ auth: "bearer", login: LOGIN }, async ({ registry, digest }) => {
    assertEquals(await digest(), DIGEST);
    assertEquals(registry.authorizations.get("/token"), `Basic ${LOGIN}`);
  });
});

Deno.test("asks for a login where the registry requires one", async () => {
  await withRegistry({ auth: "basic" }, async ({ digest }) => {
    const error = await assertRejects(() => digest(), RegistryError);
    assertEquals(error.message, "the registry requires a login: run docker login");
  });
});

Deno.test("sends no login to a token service elsewhere", async () => {
  await using thief = fakeRegistry({ digests: {} });
  const auth = { realm: `http://${thief.name}/token` };
  await using registry = fakeRegistry({ digests: DIGESTS, auth });
  const allow = [registry, thief].map(({ port }) => ({ address: "127.0.0.1", port }));
  const client = new RegistryClient({
    outbound: new OutboundClient({ allow }),
    findLogin: () => Promise.resolve(LOGIN),
  });
  await client.digest(parseReference(`${registry.name}/app:1.0`)!, signal);
  assertEquals([...thief.authorizations.values()], [null]);
});

Deno.test("follows no token service to an address that is refused", async () => {
  const auth = { realm: "http://169.254.169.254/token" };
  await withRegistry({ auth }, async ({ digest }) => {
    const error = await assertRejects(() => digest(), RegistryError);
    assert(error.message.includes("link-local"), error.message);
  });
});

Deno.test("follows no redirect to another host, and sends the token nowhere else", async () => {
  await using thief = fakeRegistry({ digests: DIGESTS });
  const answer = (request: Request) =>
    request.method === "HEAD"
      ? Response.redirect(request.url.replace(/127.0.0.1:\d+/, thief.name), 307)
      : undefined;
  await withRegistry({ auth: "bearer", answer }, async ({ digest }) => {
    const error = await assertRejects(() => digest(), RegistryError);
    assertEquals(error.message, "the registry redirects to another host");
    assertEquals(thief.requests, []);
  });
});

Deno.test("reads no registry on loopback unless the configuration admits it", async () => {
  await withRegistry({ allow: false }, async ({ registry, digest }) => {
    await assertRejects(() => digest(), RegistryError, "loopback");
    assertEquals(registry.requests, []);
  });
});

Deno.test("a registry that limits requests is left alone until the time that it names", async () => {
  const answer = (request: Request) =>
    request.method === "HEAD"
      ? new Response(null, { status: 429, headers: { "retry-after": "60" } })
      : undefined;
  await withRegistry({ answer }, async ({ registry, digest }) => {
    const error = await assertRejects(() => digest("app:1.0"), RegistryError);
    assertEquals(error.retryAt, 1_060_000);
    await assertRejects(() => digest("app:1.1"), RegistryError, "limits requests until");
    assertEquals(manifests(registry).length, 1);
  });
});

const HOSTILE: Readonly<Record<string, HeadersInit>> = {
  "no digest": {},
  "a digest with a line end": { "docker-content-digest": `${DIGEST}%0a` },
  "another algorithm": { "docker-content-digest": "md5:00" },
};
for (const [what, headers] of Object.entries(HOSTILE)) {
  Deno.test(`refuses ${what}`, async () => {
    const answer = (request: Request) =>
      request.method === "HEAD" ? new Response(null, { headers }) : undefined;
    await withRegistry({ answer }, async ({ digest }) => {
      await assertRejects(() => digest(), RegistryError, "the registry reported no digest");
    });
  });
}

Deno.test("an error quotes nothing that the registry has sent", async () => {
  const answer = () => new Response("<script>secret</script>", { status: 500, statusText: "secret" });
  await withRegistry({ answer }, async ({ digest }) => {
    const error = await assertRejects(() => digest(), RegistryError);
    assertEquals(error.message, "the registry answered with status 500");
  });
});

Deno.test("requests the next page of tags by name, never by the address in Link", async () => {
  const page = (request: Request) => {
    if (!request.url.includes("/tags/list")) return undefined;
    const isFirst = !request.url.includes("last=");
    const headers = isFirst ? { link: '<http://169.254.169.254/>; rel="next"' } : undefined;
    return Response.json({ tags: isFirst ? ["1.0"] : ["1.1", 7, null] }, headers && { headers });
  };
  await withRegistry({ answer: page }, async ({ client, registry }) => {
    assertEquals(await client.tags(parseReference(`${registry.name}/app:1.0`)!, signal), ["1.0", "1.1"]);
    assertEquals(registry.requests.at(-1), "GET /v2/app/tags/list?n=1000&last=1.0");
  });
});

Deno.test("skips invalid tags, and requests the page after the last valid one", async () => {
  const answer = ({ url }: Request) => {
    if (!url.includes("/tags/list")) return undefined;
    const body = '{"tags":["1.0","a/../b","1.2\\r\\nX: y","","\\ud800"]}';
    return new Response(url.includes("last=") ? "{}" : body, { headers: { link: "</next>" } });
  };
  await withRegistry({ answer }, async ({ registry, client }) => {
    assertEquals(await client.tags(parseReference(`${registry.name}/app:1.0`)!, signal), ["1.0"]);
    assertEquals(registry.requests.at(-1), "GET /v2/app/tags/list?n=1000&last=1.0");
  });
});
