/** Rules for the address, the branch and the path of a stack from Git. */

/** Expected form of the address of a repository. */
export const URL_FORM =
  "an address such as https://git.example.org/team/shop.git or ssh://git.example.org/team/shop.git, without a user " +
  "name, password, query or fragment";
const URL_PATTERN =
  /^(?:https|ssh):\/\/(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:\/[\w.~+-]+)+\/?$/i;
/** Expected form of the name of a branch. */
export const BRANCH_FORM = 'the name of a branch, such as "main"';
/** Expected form of a path in a repository. */
export const PATH_FORM =
  'the path of a compose file or of its folder in the repository, such as "shop/compose.yaml"; empty for the root';

/** Reports whether DockStat fetches from an address: https or ssh, without anything that git or ssh reads as an option. */
export function isGitUrl(text: string): boolean {
  return text.length <= 500 && URL_PATTERN.test(text) && URL.canParse(text) &&
    !text.slice(8).split("/").some((name) => name === "." || name === "..");
}

/** Reports whether a text is the name of a branch that git accepts. */
export function isBranch(text: string): boolean {
  return /^[\p{L}\p{N}_](?:[\p{L}\p{N}._/#+-]*[\p{L}\p{N}_#+-])?$/u.test(text) && text.length <= 200 &&
    !/\.\.|\/\/|\/[.-]|\.lock(?:\/|$)/.test(text);
}

/** Reports whether a text is a path within a repository. */
export function isRepositoryPath(text: string): boolean {
  if (text === "") return true;
  return text.length <= 1000 && text.isWellFormed() && !/[\\\p{Cc}\u2028\u2029:]/u.test(text) &&
    text.split("/").every((name) => name !== "" && name !== "." && name !== ".." && !name.startsWith("-"));
}
