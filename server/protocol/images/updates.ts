/** Newer images: what registries serve under the tags of running containers. */
import * as v from "valibot";
import { containerId, count, described, time } from "../schema.ts";

/** States of an image compared with its registry. */
export const UPDATE_STATES = ["current", "newer", "unknown", "not_applicable"] as const;
/** One of {@linkcode UPDATE_STATES}. */
export type UpdateState = (typeof UPDATE_STATES)[number];

/** Policies of a service: no reports, reports only, or updates at night. */
export const UPDATE_POLICIES = ["ignore", "notify", "nightly"] as const;
/** One of {@linkcode UPDATE_POLICIES}. */
export type UpdatePolicy = (typeof UPDATE_POLICIES)[number];

const text = v.nullable(v.string());

/** A container that runs an image. */
export const UpdateContainer = v.strictObject({
  id: containerId,
  name: v.string(),
  project: text,
  service: text,
  stackId: described(v.nullable(count), "Stack whose service it is; `null` if DockStat did not create it."),
  policy: described(
    v.nullable(v.picklist(UPDATE_POLICIES)),
    "Policy of the service by its label dockstat.update; `null` without a stack.",
  ),
  previousDigest: described(text, "Digest before the last update, which the service can return to."),
  undone: described(text, "The reason why the last update was undone; `null` if it was not."),
});

/** An image of one host, compared with what its registry serves under the same tag. */
export const ImageUpdate = v.strictObject({
  hostId: v.string(),
  image: described(v.string(), "As `docker ps` shows it."),
  state: described(
    v.picklist(UPDATE_STATES),
    "newer: the tag names another image now. not_applicable: built locally, or pinned to a digest.",
  ),
  reason: described(text, "Only for unknown and not_applicable."),
  since: described(v.nullable(time), "Time since which it is newer or unknown."),
  checkedAt: described(v.nullable(time), "Time of the last answer of the registry."),
  digest: described(text, "Digest of the image that the containers run."),
  newestDigest: described(text, "Digest that the registry serves."),
  newerTag: described(
    text,
    "Tag of a higher version in the same form; independent of `state`.",
  ),
  sourceUrl: described(text, "Web address from the image's label org.opencontainers.image.source or url."),
  containers: v.array(UpdateContainer),
});
/** An image in the shape of {@linkcode ImageUpdate}. */
export type ImageUpdate = Readonly<v.InferOutput<typeof ImageUpdate>>;

/** The answer of `GET /updates`. */
export const ImageUpdates = v.strictObject({
  checking: described(v.boolean(), "True while registries are being read."),
  updates: v.array(ImageUpdate),
});
/** An answer in the shape of {@linkcode ImageUpdates}. */
export type ImageUpdates = Readonly<v.InferOutput<typeof ImageUpdates>>;
