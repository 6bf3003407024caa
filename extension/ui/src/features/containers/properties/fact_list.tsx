import { Box, Typography } from "@mui/material";
import type { ReactNode } from "react";
import { CopyButton } from "../../../components/copy_button.tsx";
import { DETAIL_LABELS } from "./labels_details.ts";

/** One name and its value; an entry without a value is left out. */
export interface FactEntry {
  readonly name: string;
  readonly value: ReactNode;
  /** Text that a button copies. */
  readonly copy?: string | null;
  /** Key, where names repeat. */
  readonly key?: string;
}

/** Props of {@linkcode FactSection}. */
export interface FactSectionProps {
  readonly title: string;
  readonly entries: readonly FactEntry[];
  /** Button beside the title. */
  readonly action?: ReactNode;
}

/** A titled list of names and values. */
export function FactSection({ title, entries, action }: FactSectionProps) {
  const shown = entries.filter(({ value }) => value !== null && value !== undefined && value !== "");
  return (
    <Section title={title} action={action}>
      {shown.length === 0
        ? <Typography variant="body2" color="text.secondary">{DETAIL_LABELS.none}</Typography>
        : (
          <Box
            component="dl"
            sx={{
              m: 0,
              display: "grid",
              gridTemplateColumns: "minmax(96px, 30%) minmax(0, 1fr)",
              columnGap: 2,
              rowGap: 0.5,
            }}
          >
            {shown.map((entry) => <Fact key={entry.key ?? entry.name} entry={entry} />)}
          </Box>
        )}
    </Section>
  );
}

function Fact({ entry: { name, value, copy } }: { readonly entry: FactEntry }) {
  return (
    <>
      <Typography component="dt" variant="body2" color="text.secondary" sx={{ overflowWrap: "anywhere" }}>
        {name}
      </Typography>
      <Typography
        component="dd"
        variant="body2"
        sx={{ m: 0, overflowWrap: "anywhere" }}
      >
        {value}
        {copy !== undefined && copy !== null && (
          <>
            {" "}
            <CopyButton text={copy} label={DETAIL_LABELS.copy(name.toLowerCase())} />
          </>
        )}
      </Typography>
    </>
  );
}

/** Props of {@linkcode Section}. */
export interface SectionProps {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A panel with a heading. */
export function Section({ title, action, children }: SectionProps) {
  return (
    <Box
      component="section"
      aria-label={title}
      sx={{
        border: 1,
        borderColor: "divider",
        borderRadius: "9px",
        bgcolor: "background.paper",
        px: 1.75,
        pt: 1,
        pb: 1.5,
        minWidth: 0,
      }}
    >
      <Box sx={{ display: "flex", alignItems: "center", gap: 1, mb: 0.5, minHeight: 30, flexWrap: "wrap" }}>
        <Typography variant="h3" component="h2" sx={{ flexGrow: 1, fontSize: 13 }}>{title}</Typography>
        {action}
      </Box>
      {children}
    </Box>
  );
}
