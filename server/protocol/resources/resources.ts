/** Images, volumes and networks of a host, as `GET /images`, `/volumes` and `/networks` return them. */
import * as v from "valibot";
import { containerId, count, described, time } from "../schema.ts";

/** The kinds of resources that can be listed and removed, each on its own path. */
export const LISTED_KINDS = ["image", "volume", "network"] as const;

/** One of {@linkcode LISTED_KINDS}. */
export type ListedKind = (typeof LISTED_KINDS)[number];

const text = v.nullable(v.string());
const moment = v.nullable(time);
const sizeReason = described(
  text,
  "The reason why a size is `null`, such as that measuring takes too long; otherwise `null`.",
);

/** A container that uses a resource, running or not. */
export const ResourceUser = v.strictObject({
  id: containerId,
  name: v.string(),
  state: text,
  project: described(text, "Compose project of the container."),
  service: text,
});

/** A user in the shape of {@linkcode ResourceUser}. */
export type ResourceUser = Readonly<v.InferOutput<typeof ResourceUser>>;

const use = {
  inUse: described(v.boolean(), "True if a container uses it, in any state."),
  usedBy: described(v.array(ResourceUser), "All containers that use it, running or not, by name."),
};

/** One image of a host. */
export const Image = v.strictObject({
  hostId: v.string(),
  id: v.string(),
  tags: described(v.array(v.string()), "Such as `nginx:1.29`, sorted."),
  digests: described(v.array(v.string()), "Such as `nginx@sha256:…`, sorted."),
  created: moment,
  sizeBytes: described(v.nullable(count), "Size with the layers that it shares with other images."),
  uniqueBytes: described(
    v.nullable(count),
    "Size of the layers that no other image has: what a removal frees.",
  ),
  sizeReason,
  dangling: described(v.boolean(), "True for an image without a tag."),
  ...use,
});

/** An image in the shape of {@linkcode Image}. */
export type Image = Readonly<v.InferOutput<typeof Image>>;

/** One volume of a host. */
export const Volume = v.strictObject({
  hostId: v.string(),
  name: v.string(),
  driver: text,
  created: moment,
  sizeBytes: v.nullable(count),
  sizeReason,
  anonymous: described(v.boolean(), "True for a volume that was created without a name."),
  projects: described(
    v.array(v.string()),
    "Compose projects that its label and the containers that use it name, sorted.",
  ),
  ...use,
});

/** A volume in the shape of {@linkcode Volume}. */
export type Volume = Readonly<v.InferOutput<typeof Volume>>;

/** One network of a host. */
export const Network = v.strictObject({
  hostId: v.string(),
  id: v.string(),
  name: v.string(),
  driver: text,
  scope: described(text, "Such as local or swarm."),
  internal: described(v.boolean(), "True for a network without access to other networks."),
  subnets: v.array(v.string()),
  created: moment,
  predefined: described(v.boolean(), "True for a network of the engine, which cannot be removed."),
  projects: described(
    v.array(v.string()),
    "Compose projects that its label and the containers that use it name, sorted.",
  ),
  ...use,
});

/** A network in the shape of {@linkcode Network}. */
export type Network = Readonly<v.InferOutput<typeof Network>>;
