import { Alert } from "@mui/material";
import { useObservable } from "../../../lib/use_observable.ts";
import type { StatsFeed } from "../model/stats_feed.ts";

/** Warning for a changed configuration that the server did not apply. */
export function ConfigurationNotice({ feed }: { readonly feed: Pick<StatsFeed, "configurationError"> }) {
  const error = useObservable(feed.configurationError);
  return error === null
    ? null
    : <Alert severity="warning" sx={{ py: 0 }}>The configuration was not reloaded. {error}</Alert>;
}
