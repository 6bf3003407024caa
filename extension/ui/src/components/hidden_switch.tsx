import { Button } from "@mui/material";
import { useQuery } from "../lib/route.ts";
import { HIDDEN_LABELS } from "./labels.ts";

/** Returns true when the address says that a list shows what `dockstat.hide=true` hides. */
export function useShowsHidden(): boolean {
  const [query] = useQuery();
  return query.get("hidden") === "show";
}

/** Number of hidden items, as a switch that shows them; absent without any. The state is in the address. */
export function HiddenSwitch({ count }: { readonly count: number }) {
  const [, change] = useQuery();
  const isShown = useShowsHidden();
  if (count === 0) return null;
  return (
    <Button
      size="small"
      color="inherit"
      aria-pressed={isShown}
      title={HIDDEN_LABELS.help}
      onClick={() => change({ hidden: isShown ? null : "show" })}
      sx={{ flexShrink: 0, minHeight: { xs: 36, sm: 28 } }}
    >
      {isShown ? HIDDEN_LABELS.hide(count) : HIDDEN_LABELS.hidden(count)}
    </Button>
  );
}
