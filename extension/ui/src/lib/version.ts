/** Version of this page, set by the build. A cached page may be older than its server. */
export const PAGE_VERSION: string = typeof __DOCKSTAT_VERSION__ === "string"
  ? __DOCKSTAT_VERSION__
  : "not built";

declare const __DOCKSTAT_VERSION__: string | undefined;
