/** Pure: names of images as `docker ps` shows them. */

/** Formats an image as `docker ps` does (docker/cli, `cli/command/formatter/container.go`): no digest, short ids. */
export function shownImage(image: string, imageId: string): string {
  if (image === "") return "<no image>";
  const short = imageId.replace(/^sha256:/, "").slice(0, 12);
  if (short !== "" && image.replace(/^sha256:/, "").slice(0, 12) === short) return short;
  if (/^(sha256:)?[0-9a-f]{64}$/.test(image)) return image;
  return image.replace(/@[a-z0-9]+:[0-9a-f]+$/, "").replace(/^docker\.io\//, "").replace(/^library\//, "");
}
