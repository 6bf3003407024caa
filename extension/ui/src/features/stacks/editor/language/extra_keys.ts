/** Pure: keys of newer versions of Compose that the pinned schema does not have. */

/** Keys by place; `*` is any name. A test compares them with the keys that the server accepts. */
const EXTRA_KEYS: readonly (readonly [place: readonly string[], keys: readonly string[]])[] = [
  [[], ["jobs"]],
  [["services", "*"], ["umask", "pre_start"]],
  [["services", "*", "networks", "*"], ["use_service_name_alias"]],
  [["services", "*", "build"], ["no_cache_filter"]],
];

/** Returns the further keys at a place. */
export function extraKeysAt(path: readonly (string | number)[]): readonly string[] {
  return EXTRA_KEYS.filter(([place]) =>
    place.length === path.length && place.every((part, index) => part === "*" || part === path[index])
  ).flatMap(([, keys]) => keys);
}
