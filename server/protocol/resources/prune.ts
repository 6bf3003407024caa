/** `POST /prune`: the removal of what no container uses. */
import * as v from "valibot";
import { count, described, time } from "../schema.ts";

/** The kinds of items, in the order of their removal. */
export const PRUNE_KINDS = ["container", "image", "network", "volume"] as const;

/** One of {@linkcode PRUNE_KINDS}. */
export type PruneKind = (typeof PRUNE_KINDS)[number];

/** The names of the kinds in paths, which requests may use as well. */
const PLURALS = ["containers", "images", "networks", "volumes"] as const;

const KINDS = "container, image, network or volume";
const MOST_ITEMS = 20_000;
const NAMES = `a list of names, ${MOST_ITEMS} at most`;

const names = v.pipe(v.array(v.pipe(v.string(), v.maxLength(300))), v.maxLength(MOST_ITEMS, NAMES));

/** A request of `POST /prune`. */
export const PruneRequest = v.strictObject({
  hostId: v.string("the id of a host"),
  kinds: described(
    v.pipe(
      v.array(v.picklist([...PRUNE_KINDS, ...PLURALS], KINDS)),
      v.minLength(1, `at least one of ${KINDS}`),
      v.maxLength(16, "each kind once"),
    ),
    "Stopped containers, images without a tag, networks and volumes without users; singular or plural.",
  ),
  dryRun: described(v.boolean("true or false"), "`true` only lists the items; `false` removes them."),
  digest: v.optional(
    described(v.string(), "The digest of the list that was shown; required unless `dryRun` is true."),
  ),
  volumes: v.optional(
    described(
      names,
      "Names of the volumes to remove; no others are removed. Without it, the list has all unused volumes.",
    ),
  ),
  except: v.optional(described(names, "Ids of listed items that stay.")),
});

/** A request in the shape of {@linkcode PruneRequest}. */
export type PruneRequest = Readonly<v.InferOutput<typeof PruneRequest>>;

/** One thing that a prune removes. */
export const PruneItem = v.strictObject({
  kind: v.picklist(PRUNE_KINDS),
  id: described(v.string(), "Id; for a volume, its name."),
  name: v.string(),
  created: v.nullable(time),
  bytes: described(v.nullable(count), "Bytes that its removal frees; `null` if unknown."),
  projects: described(v.array(v.string()), "Compose projects named by the item's own labels."),
  note: described(v.nullable(v.string()), "The state of a container, or the driver of a volume or network."),
});

/** An item in the shape of {@linkcode PruneItem}. */
export type PruneItem = Readonly<v.InferOutput<typeof PruneItem>>;

/** The items that a prune would remove. */
export const PrunePreview = v.strictObject({
  items: v.array(PruneItem),
  bytes: described(count, "Sum of the known sizes."),
  sizeReason: described(v.nullable(v.string()), "The reason why sizes are `null`; `null` if all are known."),
  digest: described(v.string(), "Digest of the list, which the removal needs."),
});

/** A preview in the shape of {@linkcode PrunePreview}. */
export type PrunePreview = Readonly<v.InferOutput<typeof PrunePreview>>;
