/** Texts of the view of DockStat's own log. */

/** Texts that the view shows. */
export const LABELS = {
  emptyText: "New lines appear here. Start the server with “--log-level debug” for more detail.",
  emptyTitle: "No lines yet",
  listName: "DockStat's log",
  subtitle: "Messages of DockStat itself. Container logs are on the page of each container.",
  title: "DockStat log",
} as const;
