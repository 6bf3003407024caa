/** Texts about stacks from Git. */
import type { GitFileChange, StackGit } from "./git_requests.ts";

/** Texts of the form for a new stack. */
export const NEW_GIT_LABELS = {
  title: "New stack from Git",
  intro: "DockStat reads the Compose file of a branch, and the files that it names. " +
    "Local changes go into compose.override.yaml, which has a tab in the editor of the stack.",
  url: "Repository",
  urlHint: "https:// or ssh://, such as https://github.com/team/shop. Logins are in dockstat.yaml.",
  urlRead: (address: string) => `Read as ${address}. Logins are in dockstat.yaml.`,
  branch: "Branch",
  path: "Compose file",
  pathHint: "Path of the file or of its folder. Leave it empty for the root of the repository.",
  env: "Local environment (.env)",
  envHint: "These values override the repository's .env and survive every pull.",
  create: "Create",
  createAndDeploy: "Create and deploy",
  fetching: "Fetching the repository…",
  missing: "Enter a name and the address of a repository.",
} as const;

/** Texts of the card on the page of a stack. */
export const GIT_LABELS = {
  title: "Git",
  repository: "Repository",
  commit: "Commit",
  automatic: "Automatic pulls",
  pulled: (short: string, time: string) => `${short}, pulled ${time}`,
  off: "Off",
  check: "Check for changes",
  checkHelp: "Compare with the branch; changes nothing",
  change: "Automatic pulls",
  changeHelp: "Schedule, webhook and redeploy token",
  problem: "The last pull or check failed",
} as const;

/** Texts of the difference. */
export const PULL_LABELS = {
  title: (name: string) => `Pull “${name}”`,
  loading: "Comparing with the branch…",
  failed: "Cannot compare with the branch",
  upToDate: (short: string) => `Up to date with commit ${short}.`,
  unchanged: "The files of this stack are the same. A pull only records the commit.",
  rewrittenTitle: "The branch was rewritten",
  rewritten: "The new commit does not descend from the deployed one. Pull it only if you know why.",
  accept: "Pull the rewritten branch",
  compose: "Compose file",
  env: "Environment of the repository (.env)",
  files: "Files",
  close: "Close",
  pull: "Pull and deploy",
  record: "Pull",
  changes: { added: "Added", changed: "Changed", removed: "Removed" },
} as const;

/** Texts of the settings. */
export const AUTOMATIC_LABELS = {
  title: "Automatic pulls",
  intro:
    "Everyone who can push to the branch can then decide what runs. A rewritten branch is never pulled automatically.",
  schedule: "Schedule",
  schedules: {
    "": "Off",
    "5m": "Every 5 minutes",
    "15m": "Every 15 minutes",
    "1h": "Every hour",
    "6h": "Every 6 hours",
    "1d": "Every day",
  },
  webhook: "Push webhook",
  webhookHint: "GitHub, GitLab and Gitea call it after a push.",
  token: "Redeploy token",
  tokenHint: "Lets a CI job pull this stack, and nothing else.",
  create: "Create",
  replace: "Replace",
  switchOff: "Switch off",
  address: "Address",
  secret: "Secret",
  close: "Close",
  shownOnce: "Copy it now. It is shown once.",
  copy: (what: string) => `Copy the ${what.toLowerCase()}`,
} as const;

/** Returns the first digits of a commit. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 12);
}

/** Describes what pulls a stack automatically. */
export function automaticText({ schedule, webhook, token }: StackGit): string {
  const known: Readonly<Record<string, string>> = AUTOMATIC_LABELS.schedules;
  const parts = [
    ...schedule === null ? [] : [known[schedule] ?? `Every ${schedule}`],
    ...webhook ? [AUTOMATIC_LABELS.webhook] : [],
    ...token ? [AUTOMATIC_LABELS.token] : [],
  ];
  return parts.length === 0 ? GIT_LABELS.off : parts.join(" · ");
}

/** Describes the change of a file. */
export function fileChangeText({ change }: GitFileChange): string {
  return PULL_LABELS.changes[change];
}
