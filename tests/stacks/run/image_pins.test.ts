import { imagePins } from "../../../server/stacks/run/image_pins.ts";
import { assertEquals } from "../../assert.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;
const COMPOSE = "services: { web: { image: x }, built: { build: . } }\n";

/** Returns the pinned image of the service "web". */
async function pinned(image: string, digest: string | null = DIGEST): Promise<string | undefined> {
  const { text } = await imagePins([{ service: "web", image, digest }], COMPOSE);
  return text === undefined ? undefined : JSON.parse(text).services.web.image;
}

for (
  const [image, expected] of [
    ["nginx", `nginx@${DIGEST}`],
    ["nginx:1.29", `nginx@${DIGEST}`],
    ["localhost:5000/team/app", `localhost:5000/team/app@${DIGEST}`],
    ["localhost:5000/team/app:2", `localhost:5000/team/app@${DIGEST}`],
    [`nginx:1@sha256:${"b".repeat(64)}`, `nginx@${DIGEST}`],
    ["a$b:1", `a$$b@${DIGEST}`],
  ] as const
) {
  Deno.test(`pins ${image}`, async () => assertEquals(await pinned(image), expected));
}

Deno.test("pins nothing but digests", async () => {
  for (const digest of [null, "sha256:abc", `${DIGEST}\n  privileged: true`, `sha512:${"a".repeat(64)}`]) {
    const { text, notes } = await imagePins([{ service: "web", image: "x:1", digest }], COMPOSE);
    assertEquals([text, notes.length], [undefined, 1]);
  }
});

Deno.test("pins no service that is built, and none that the version does not have", async () => {
  const images = ["built", "gone"].map((service) => ({ service, image: "x", digest: DIGEST }));
  assertEquals((await imagePins(images, COMPOSE)).text, undefined);
});
