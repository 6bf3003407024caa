import { CopyIcon } from "../../components/icons.tsx";
import { Alert, Box, Button, Stack, Typography } from "@mui/material";
import { useState } from "react";
import { type Section, toSections, toText } from "./report.ts";
import { useFacts } from "./use_facts.ts";

/** What the last click on "Copy report" came to. */
type Copied = "no" | "yes" | "refused";

/** What belongs into a report of a fault, ready to be copied. */
export default function DiagnosticsPage() {
  const sections = toSections(useFacts());
  const [copied, setCopied] = useState<Copied>("no");
  const copy = async () => setCopied(await toClipboard(toText(sections)) ? "yes" : "refused");
  return (
    <Box role="region" aria-label="Diagnostics" tabIndex={0} sx={{ p: 2, overflow: "auto", flexGrow: 1 }}>
      <Stack direction="row" useFlexGap spacing={2} sx={{ alignItems: "center", flexWrap: "wrap", mb: 2 }}>
        <div>
          <Typography variant="h1">Diagnostics</Typography>
          <Typography variant="body2" color="text.secondary">
            For a report of a fault: paste it into the issue. It holds no token and no password, but the
            addresses of your hosts.
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
          Copy report
        </Button>
      </Stack>
      <div role="status">
        {copied === "no" ? null : (
          <CopyNotice
            copied={copied}
            onClose={() => setCopied("no")}
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
  { copied, onClose }: { readonly copied: "yes" | "refused"; readonly onClose: () => void },
) {
  return (
    <Alert severity={copied === "yes" ? "success" : "warning"} onClose={onClose} sx={{ mb: 2, py: 0 }}>
      {copied === "yes"
        ? "The report is in the clipboard."
        : "This page may not use the clipboard: select the text below and copy it."}
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
            None
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
    // Neither there (a page without TLS on another machine) nor allowed: the text can be selected.
    return false;
  }
}
