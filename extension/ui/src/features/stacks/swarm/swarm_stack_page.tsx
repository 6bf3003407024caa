import { Alert, Box, MenuItem, Skeleton, Stack as Flex, TextField } from "@mui/material";
import { useState } from "react";
import type { SwarmStackTexts } from "../../../../../../server/protocol/swarm/swarm.ts";
import { TOUCH_TARGETS } from "../../../components/design/touch.ts";
import { useClient } from "../../../lib/client.ts";
import { goTo } from "../../../lib/route.ts";
import { removeDraft } from "./requests.ts";
import { useLoadedTexts } from "./use_loaded_texts.ts";
import { SWARM_LABELS } from "./labels.ts";
import { SwarmStackForm } from "./swarm_stack_form.tsx";
import { useLoadedDraft } from "./use_swarm_draft.ts";

/** Props of {@linkcode SwarmStackPage}. */
export interface SwarmStackPageProps {
  readonly hostId: string;
  /** Name of a stack that DockStat has deployed; `undefined` for a new one. */
  readonly name: string | undefined;
}

/** Editor of the texts of a swarm stack. */
export default function SwarmStackPage({ hostId, name }: SwarmStackPageProps) {
  return (
    <Box sx={{ p: { xs: 1, sm: 2 }, overflow: "auto", flexGrow: 1, ...TOUCH_TARGETS }}>
      <Box sx={{ maxWidth: 1200, mx: "auto" }}>
        {name === undefined
          ? <NewStack key={hostId} hostId={hostId} />
          : <StoredStack key={`${hostId}/${name}`} hostId={hostId} name={name} />}
      </Box>
    </Box>
  );
}

function NewStack({ hostId }: { readonly hostId: string }) {
  const { transport } = useClient();
  const draft = useLoadedDraft(hostId, undefined);
  if (draft === undefined) return <Skeleton variant="rounded" height={400} />;
  const leave = () =>
    // The stack is deployed, whatever becomes of its draft.
    void removeDraft(transport, hostId).catch(() => {}).then(() => goTo("swarm"));
  return (
    <SwarmStackForm hostId={hostId} initial={{ compose: "", env: "" }} draft={draft} onDeployed={leave} />
  );
}

function StoredStack({ hostId, name }: { readonly hostId: string; readonly name: string }) {
  const { transport } = useClient();
  const [version, setVersion] = useState<number>();
  const { texts, failure, reload } = useLoadedTexts(transport, { hostId, name }, version);
  const draft = useLoadedDraft(hostId, name);
  if (failure !== undefined) return <Alert severity="error">{SWARM_LABELS.notLoaded(failure)}</Alert>;
  if (texts === undefined || draft === undefined) return <Skeleton variant="rounded" height={400} />;
  return (
    <SwarmStackForm
      key={version ?? "newest"}
      hostId={hostId}
      name={name}
      initial={texts}
      draft={version === undefined ? draft : null}
      onDeployed={reload}
    >
      <Versions texts={texts} onChoose={setVersion} />
    </SwarmStackForm>
  );
}

interface VersionsProps {
  readonly texts: SwarmStackTexts;
  readonly onChoose: (version: number) => void;
}

function Versions({ texts: { version, versions }, onChoose }: VersionsProps) {
  if (versions.length < 2) return null;
  return (
    <Flex direction="row">
      <TextField
        select
        size="small"
        label={SWARM_LABELS.versions}
        value={version}
        onChange={({ target }) => onChoose(Number(target.value))}
        sx={{ minWidth: 240 }}
      >
        {versions.map((one) => (
          <MenuItem key={one.version} value={one.version}>
            {SWARM_LABELS.version(one.version, new Date(one.deployed_at).toLocaleString())}
          </MenuItem>
        ))}
      </TextField>
    </Flex>
  );
}
