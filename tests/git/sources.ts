/** Addresses, branches and paths that are refused. */

/** Addresses. */
export const BAD_URLS = [
  ...[
    "",
    "-",
    "--upload-pack=touch /tmp/x",
    "ext::sh -c touch% /tmp/x",
    "file:///etc",
    "/srv/shop.git",
    "shop.git",
  ],
  ...["git://git.example.org/shop.git", "http://git.example.org/shop.git", "ftp://git.example.org/shop.git"],
  ...[
    "ssh://-oProxyCommand=touch/x",
    "ssh://-oProxyCommand=x@host/y",
    "https://-x/y",
    "git@host:team/shop.git",
  ],
  ...["https://user@host/x", "https://user:secret@host/x", "https://:secret@host/x", "ssh://git@host/x"],
  ...[
    "https://host/x?y=1",
    "https://host/x#y",
    "https://host/a b",
    "https://host/a\nb",
    "https://host/$(id)",
  ],
  ...[
    "https://host/`id`",
    "https://host/x;id",
    "https://host/../x",
    "https://host/a/./b",
    "https://host\\@evil/x",
  ],
  ...[
    "https://host:99999/x",
    "https://host:/x",
    "https:///x",
    "https://host",
    "HTTPS::https://host/x",
    "https://ho\0st/x",
  ],
  ...["https://host/%2e%2e/x", "https://host/x%0a", "ssh://host/~$(id)", `https://host/${"a".repeat(500)}`],
];

/** Names of branches. */
export const BAD_BRANCHES = [
  ...[
    "",
    "-",
    "--upload-pack=x",
    "-main",
    "a..b",
    "a//b",
    "/a",
    "a/",
    "a.lock",
    "a/.b",
    "a/-b",
    ".a",
    "a.",
    "a b",
  ],
  ...[
    "a~1",
    "a^",
    "a:b",
    "a?b",
    "a*",
    "a[b",
    "a\\b",
    "a@{1}",
    "a\nb",
    "a\0b",
    "$(id)",
    "`id`",
    "a;b",
    "+main",
  ],
];

/** Paths in a repository. */
export const BAD_PATHS = [
  "-x",
  "/etc/passwd",
  "../x",
  "a/../b",
  "a//b",
  "./a",
  "a/",
  "a\\b",
  "a\nb",
  "a\0b",
  "a:b",
  "a/-b",
];
