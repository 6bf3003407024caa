import {
  List,
  ListItem,
  ListItemButton,
  ListItemText,
  Paper,
  Stack as Flex,
  TextField,
  Typography,
} from "@mui/material";
import { useState } from "react";
import type { IntakeProps } from "../editor/intake/intake.ts";
import { TEMPLATE_LABELS } from "../model/plan/labels_intake.ts";
import { TEMPLATES } from "./catalog.ts";
import { filledEnv, imagesOf, matchingTemplates, type Template } from "./template.ts";

/** Searchable list of templates. Loaded on demand, with their texts. */
export default function TemplateList({ onTake }: IntakeProps) {
  const [search, setSearch] = useState("");
  const found = matchingTemplates(TEMPLATES, search);
  const use = (template: Template) =>
    onTake({ name: template.name, compose: template.compose, env: filledEnv(template) });
  return (
    <Flex spacing={1} component="section" aria-label={TEMPLATE_LABELS.title}>
      <TextField
        size="small"
        type="search"
        autoFocus
        label={TEMPLATE_LABELS.search}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
        sx={{ width: 420, maxWidth: "100%" }}
      />
      <Typography variant="body2" color="text.secondary">{TEMPLATE_LABELS.hint}</Typography>
      {found.length === 0
        ? <Typography variant="body2" role="status">{TEMPLATE_LABELS.none(search)}</Typography>
        : (
          <Paper variant="outlined" sx={{ maxHeight: 340, overflow: "auto" }}>
            <List disablePadding aria-label={TEMPLATE_LABELS.title} sx={COLUMNS}>
              {found.map((template) => (
                <TemplateRow
                  key={template.name}
                  template={template}
                  onUse={() => use(template)}
                />
              ))}
            </List>
          </Paper>
        )}
    </Flex>
  );
}

const COLUMNS = {
  display: "grid",
  gridTemplateColumns: { xs: "minmax(0, 1fr)", md: "repeat(2, minmax(0, 1fr))" },
} as const;

interface TemplateRowProps {
  readonly template: Template;
  readonly onUse: () => void;
}

function TemplateRow({ template: { title, purpose, compose }, onUse }: TemplateRowProps) {
  return (
    <ListItem disablePadding>
      <ListItemButton onClick={onUse} sx={{ alignItems: "baseline" }}>
        <ListItemText
          primary={title}
          secondary={
            <>
              {purpose}
              <Typography
                component="span"
                variant="body2"
                sx={{ display: "block", color: "text.secondary", overflowWrap: "anywhere" }}
              >
                {imagesOf(compose).join(", ")}
              </Typography>
            </>
          }
          primaryTypographyProps={{ variant: "body2", fontWeight: 600 }}
          secondaryTypographyProps={{ variant: "body2", color: "text.primary" }}
        />
      </ListItemButton>
    </ListItem>
  );
}
