/** Pure: rules of Docker Desktop for the name and labels of an image. Each check returns messages about violations. */

const TITLE = "org.opencontainers.image.title";
const API = "com.docker.desktop.extension.api.version";
const ICON = "com.docker.desktop.extension.icon";
const SCREENSHOTS = "com.docker.extension.screenshots";
const PUBLISHER = "com.docker.extension.publisher-url";
const CATEGORIES = "com.docker.extension.categories";
const URLS = "com.docker.extension.additional-urls";
/** Labels without which Desktop refuses the image. */
const REQUIRED = [
  TITLE,
  "org.opencontainers.image.description",
  "org.opencontainers.image.vendor",
  API,
  ICON,
  SCREENSHOTS,
  "com.docker.extension.detailed-description",
  PUBLISHER,
  CATEGORIES,
  "com.docker.extension.changelog",
];
/** Categories of the Marketplace. */
const KNOWN_CATEGORIES = [
  "ci-cd",
  "container-orchestration",
  "cloud-deployment",
  "cloud-development",
  "database",
  "kubernetes",
  "networking",
  "image-registry",
  "security",
  "testing-tools",
  "utility-tools",
  "volumes",
];
const SEMVER = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const CONSTRAINT = /^(>=|<=|>|<|=|~|\^)?\s*\d+\.\d+\.\d+$/;

/** Labels by name. */
export type Labels = Readonly<Record<string, string>>;

/** Checks that the tag is a version, by which Desktop detects updates. */
export function checkName(image: string): string[] {
  const tag = /:([^:/]*)$/.exec(image)?.[1];
  return tag !== undefined && SEMVER.test(tag)
    ? []
    : [`tag: found "${tag ?? "none"}": expected a version such as 1.2.0`];
}

/** Checks all labels. */
export function checkLabels(labels: Labels): string[] {
  return [
    ...REQUIRED.filter((name) => !labels[name]).map((name) => `label ${name}: missing or empty`),
    ...checkTitle(labels[TITLE]),
    ...checkConstraint(labels[API]),
    ...checkUrl(ICON, labels[ICON], /\.(svg|png|jpg)$/, "the https address of an .svg, .png or .jpg file"),
    ...checkUrl(PUBLISHER, labels[PUBLISHER], /./, "an https address"),
    ...checkLinks(SCREENSHOTS, labels[SCREENSHOTS], "alt"),
    ...checkLinks(URLS, labels[URLS], "title"),
    ...checkCategories(labels[CATEGORIES]),
  ];
}

function checkTitle(title: string | undefined): string[] {
  if (!/extension/i.test(title ?? "")) return [];
  return [`label ${TITLE}: found "${title}": a title must not contain "extension"`];
}

function checkConstraint(text: string | undefined): string[] {
  if (!text || text.split(",").every((one) => CONSTRAINT.test(one.trim()))) return [];
  return [`label ${API}: found "${text}": expected a version or a constraint such as ">= 0.3.4"`];
}

function checkUrl(label: string, text: string | undefined, ending: RegExp, expected: string): string[] {
  if (!text || isHttps(text) && ending.test(text)) return [];
  return [`label ${label}: found "${text}": expected ${expected}`];
}

function checkLinks(label: string, text: string | undefined, key: "alt" | "title"): string[] {
  if (!text) return [];
  const links = readJson(text);
  const isValid = Array.isArray(links) && links.length > 0 && links.every((link) => isLink(link, key));
  return isValid
    ? []
    : [`label ${label}: found "${text}": expected JSON such as [{"${key}":"…","url":"https://…"}]`];
}

function isLink(link: unknown, key: string): boolean {
  if (typeof link !== "object" || link === null) return false;
  const { url, [key]: text, ...others } = link as Readonly<Record<string, unknown>>;
  return typeof text === "string" && text !== "" && isHttps(url) && Object.keys(others).length === 0;
}

function checkCategories(text: string | undefined): string[] {
  return (text ?? "").split(",").map((name) => name.trim())
    .filter((name) => name !== "" && !KNOWN_CATEGORIES.includes(name))
    .map((name) => `label ${CATEGORIES}: found "${name}": expected one of ${KNOWN_CATEGORIES.join(", ")}`);
}

function isHttps(text: unknown): boolean {
  return typeof text === "string" && URL.canParse(text) && new URL(text).protocol === "https:";
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Text that is not JSON is not a list of links.
    return undefined;
  }
}
