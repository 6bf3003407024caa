import { CopyIcon } from "../../components/icons.tsx";
import { Alert, Box, Button, Stack, Typography } from "@mui/material";
import { useState } from "react";
import { LABELS } from "./labels.ts";
import { type Section, toSections, toText } from "./report.ts";
import { useFacts } from "./use_facts.ts";

/** Result of the last click on "Copy report". */
type CopyResult = "copied" | "denied";

/** Facts for a bug report, with a button that copies them. */
export default function DiagnosticsPage() {
  const sections = toSections(useFacts());
  const [result, setResult] = useState<CopyResult>();
  const copy = async () => setResult(await toClipboard(toText(sections)) ? "copied" : "denied");
  return (
    <Box role="region" aria-label={LABELS.title} tabIndex={0} sx={{ p: 2, overflow: "auto", flexGrow: 1 }}>
      <Stack direction="row" useFlexGap spacing={2} sx={{ alignItems: "center", flexWrap: "wrap", mb: 2 }}>
        <div>
          <Typography variant="h1">{LABELS.title}</Typography>
          <Typography variant="body2" color="text.secondary">
            {LABELS.subtitle}
          </Typography>
        </div>
        <Button
          size="small"
          variant="contained"
          disableElevation
          startIcon={<CopyIcon />}
          onClick={copy}
          sx={{ ml: "auto" }}
        >
          {LABELS.copyReport}
        </Button>
      </Stack>
      <div role="status">
        {result !== undefined && (
          <CopyNotice
            result={result}
            onClose={() => setResult(undefined)}
          />
        )}
      </div>
      <Stack spacing={2}>
        {sections.map((section) => <SectionTable key={section.title} section={section} />)}
      </Stack>
    </Box>
  );
}

function CopyNotice(
  { result, onClose }: { readonly result: CopyResult; readonly onClose: () => void },
) {
  return (
    <Alert severity={result === "copied" ? "success" : "warning"} onClose={onClose} sx={{ mb: 2, py: 0 }}>
      {result === "copied" ? LABELS.copied : LABELS.copyFailed}
    </Alert>
  );
}

function SectionTable({ section: { title, rows } }: { readonly section: Section }) {
  return (
    <section>
      <Typography variant="h3" component="h2" sx={{ mb: 0.5 }}>{title}</Typography>
      <Box
        component="dl"
        sx={{ m: 0, display: "grid", gridTemplateColumns: "180px 1fr", columnGap: 3, rowGap: 0.5 }}
      >
        {rows.length === 0 && (
          <Typography
            variant="body2"
            component="dd"
            color="text.secondary"
            sx={{ m: 0, gridColumn: "1 / -1" }}
          >
            {LABELS.none}
          </Typography>
        )}
        {rows.map(([name, value]) => <Row key={name} name={name} value={value} />)}
      </Box>
    </section>
  );
}

function Row({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <Typography variant="body2" component="dt" color="text.secondary">{name}</Typography>
      <Typography variant="body2" component="dd" sx={{ m: 0, overflowWrap: "anywhere" }}>{value}</Typography>
    </>
  );
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages without TLS have no clipboard, and the browser may deny access.
    return false;
  }
}
