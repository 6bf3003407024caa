/** Pure: the override that pins the images of a version to the digests that they had. */
import { parseCompose } from "../../compose/compose_yaml.ts";
import type { VersionImage } from "../../protocol/stack_versions.ts";
import { fieldsOf } from "../../untrusted_json.ts";

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Images of a version, as a deployment uses them. */
export interface ImagePins {
  /** Override of the compose file; `undefined` if no image is pinned. */
  readonly text: string | undefined;
  /** Sentences about images that cannot be pinned. */
  readonly notes: readonly string[];
  /** Digests by service. */
  readonly digests: ReadonlyMap<string, string>;
}

/** Deployment without pins. */
export const NO_PINS: ImagePins = { text: undefined, notes: [], digests: new Map() };

/**
 * Pins the images of the last deployment of a version. A service with `build` is built from the files of the version.
 *
 * @param compose Text of the version.
 */
export async function imagePins(images: readonly VersionImage[], compose: string): Promise<ImagePins> {
  if (images.length === 0) {
    return {
      ...NO_PINS,
      notes: ["This version was never deployed, so the digests of its images are not known."],
    };
  }
  const services = fieldsOf(fieldsOf(await parseCompose(compose))["services"]);
  const written = images.filter(({ service }) => Object.hasOwn(services, service));
  const pulled = written.filter(({ service }) => fieldsOf(services[service])["build"] === undefined);
  const pinned = pulled.flatMap(({ service, image, digest }) =>
    digest !== null && DIGEST.test(digest) ? [{ service, image: pinnedImage(image, digest), digest }] : []
  );
  const known = new Set(pinned.map(({ service }) => service));
  const notes = pulled.filter(({ service }) => !known.has(service)).map(({ service, image }) =>
    `Service "${service}" uses the current image "${image}". Its digest in this version is unknown, because no ` +
    "registry has the image."
  );
  const override = Object.fromEntries(pinned.map(({ service, image }) => [service, { image }]));
  return {
    text: pinned.length === 0 ? undefined : `${JSON.stringify({ services: override })}\n`,
    notes,
    digests: new Map(pinned.map(({ service, digest }) => [service, digest])),
  };
}

/** Replaces the tag of an image by a digest; Compose reads "$" as the start of a variable. */
function pinnedImage(image: string, digest: string): string {
  const [name = ""] = image.split("@", 1);
  const slash = name.lastIndexOf("/");
  const colon = name.indexOf(":", slash + 1);
  return `${colon < 0 ? name : name.slice(0, colon)}@${digest}`.replaceAll("$", "$$$$");
}
