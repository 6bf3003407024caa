import { assertEquals } from "../assert.ts";
import type { ImageCheck } from "../../server/store/images/image_checks.ts";
import { compare, inspectedImage, type LocalImage } from "../../server/updates/compare.ts";

const [OLD, NEW] = ["1", "2"].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];

function local(changes: Partial<LocalImage> = {}): LocalImage {
  return {
    hostId: "Localhost",
    image: "nginx:1.27",
    digests: [`nginx@${OLD}`],
    sourceUrl: null,
    containers: [],
    ...changes,
  };
}

function check(changes: Partial<ImageCheck> = {}): ImageCheck {
  return {
    ...{ digest: OLD, newerTag: null, checkedAt: 2000, digestSince: 1000 },
    ...{ error: null, errorSince: null, retryAt: null },
    ...changes,
  };
}

function states(image: LocalImage, found: ImageCheck | undefined) {
  const { state, reason, since } = compare(image, () => found);
  return [state, reason, since];
}

Deno.test("an image is current while the registry serves its digest", () => {
  assertEquals(states(local(), check()), ["current", null, null]);
});

Deno.test("an image is outdated once its tag names another digest", () => {
  assertEquals(states(local(), check({ digest: NEW })), ["newer", null, "1970-01-01T00:00:01.000Z"]);
});

Deno.test("an image with several digests in its repository is current with any of them", () => {
  assertEquals(
    states(local({ digests: [`nginx@${OLD}`, `nginx@${NEW}`] }), check({ digest: NEW }))[0],
    "current",
  );
});

Deno.test("the digest of another repository does not make an image current", () => {
  const digests = [`nginx@${OLD}`, `mirror.example/nginx@${NEW}`];
  assertEquals(states(local({ digests }), check({ digest: NEW }))[0], "newer");
});

Deno.test("a newer tag is reported beside the state", () => {
  const { state, newerTag } = compare(local(), () => check({ newerTag: "1.28" }));
  assertEquals([state, newerTag], ["current", "1.28"]);
});

Deno.test("an image that no check has seen is unknown", () => {
  assertEquals(states(local(), undefined), ["unknown", "Not checked yet.", null]);
});

Deno.test("an image is unknown with reason and time when its check failed", () => {
  const failed = check({ error: "the registry cannot be reached", errorSince: 3000 });
  assertEquals(states(local(), failed), [
    "unknown",
    "The registry cannot be reached.",
    "1970-01-01T00:00:03.000Z",
  ]);
});

const NOT_APPLICABLE: Readonly<Record<string, Partial<LocalImage>>> = {
  "The image was built on this host.": { digests: [] },
  "The image is pinned to a digest.": { image: `nginx@${OLD}` },
  "The container was created from an image without a name.": { image: "0123456789ab" },
};
for (const [reason, changes] of Object.entries(NOT_APPLICABLE)) {
  Deno.test(`nothing can be newer: ${reason}`, () => {
    assertEquals(states(local(changes), check({ digest: NEW })), ["not_applicable", reason, null]);
  });
}

const LINKS: Readonly<Record<string, string | null>> = {
  "https://github.com/nginx/nginx": "https://github.com/nginx/nginx",
  "javascript:alert(1)": null,
  "https://user:secret@example.org/": null,
  "https://example.org/ x": null,
  [`https://example.org/${"a".repeat(3000)}`]: null,
};
for (const [label, url] of Object.entries(LINKS)) {
  Deno.test(`the source ${label.slice(0, 40)} ${url === null ? "is not a link" : "is a link"}`, () => {
    const Labels = { "org.opencontainers.image.source": label };
    assertEquals(inspectedImage({ Config: { Labels } }).sourceUrl, url);
  });
}

Deno.test("an inspection with values of the wrong type has no digests", () => {
  assertEquals(inspectedImage({ RepoDigests: [1, null], Config: "x" }), { digests: [], sourceUrl: null });
});
