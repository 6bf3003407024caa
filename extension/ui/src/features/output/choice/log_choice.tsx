import { Autocomplete, TextField, type TextFieldProps } from "@mui/material";
import { useMemo } from "react";
import { mainElement } from "../../../components/main_element.ts";
import { goTo } from "../../../lib/route.ts";
import { LABELS } from "../labels.ts";
import type { KnownContainer } from "../use_containers.ts";

/** Props of {@linkcode LogChoice}. */
export interface LogChoiceProps {
  /** Path of the chosen log. */
  readonly path: readonly string[];
  readonly containers: readonly KnownContainer[];
}

/** A project, a container, or all of them. */
interface Option {
  readonly group: string;
  readonly label: string;
  /** Parts of the path. */
  readonly path: readonly string[];
}

const ALL: Option = { group: LABELS.everything, label: LABELS.allRunning, path: ["all"] };

/** Field that chooses the containers of a merged log, or a project. */
export function LogChoice({ path, containers }: LogChoiceProps) {
  const options = useMemo(() => optionsOf(containers), [containers]);
  const chosen = chosenOf(path, options);
  const onChange = (next: readonly Option[]) => {
    const added = next.find((option) => !chosen.includes(option));
    if (added !== undefined && added.path[0] !== "containers") return goTo("logs", ...added.path);
    const kept = next.filter((option) => option.path[0] === "containers");
    goTo(
      "logs",
      ...kept.length === 0 ? [] : ["containers", ...kept.flatMap((option) => option.path.slice(1))],
    );
  };
  return (
    <Autocomplete
      multiple
      size="small"
      options={options}
      value={chosen}
      groupBy={({ group }) => group}
      getOptionKey={({ path }) => path.join("/")}
      onChange={(_event, next) => onChange(next)}
      limitTags={3}
      disableCloseOnSelect
      slotProps={{ popper: { container: mainElement } }}
      // MUI's own types differ in optional properties.
      renderInput={(props) => <TextField {...props as TextFieldProps} size="small" label={LABELS.choice} />}
      sx={{
        flexGrow: 1,
        maxWidth: 640,
        // The same height as other fields, whose labels are placed for it.
        "& .MuiOutlinedInput-root.MuiInputBase-sizeSmall": { py: 0 },
      }}
    />
  );
}

function optionsOf(containers: readonly KnownContainer[]): readonly Option[] {
  const projects = [...new Set(containers.map(({ project }) => project))].filter((name) => name !== null)
    .sort();
  const severalHosts = new Set(containers.map(({ hostId }) => hostId)).size > 1;
  return [
    ALL,
    ...projects.map((name) => ({ group: LABELS.projects, label: name, path: ["project", name] })),
    ...containers.map(({ id, hostId, name }) => ({
      group: LABELS.containers,
      label: severalHosts ? `${name} · ${hostId}` : name,
      path: ["containers", hostId, id],
    })),
  ];
}

/** Returns the options of a path. Containers that no longer exist have their ids as names. */
function chosenOf(path: readonly string[], options: readonly Option[]): Option[] {
  const find = (parts: readonly string[]) =>
    options.find((option) => option.path.join("/") === parts.join("/"));
  if (path[0] === "all") return [ALL];
  if (path[0] === "project" && path[1] !== undefined) {
    const parts = ["project", path[1]];
    return [find(parts) ?? { group: LABELS.projects, label: path[1], path: parts }];
  }
  if (path[0] !== "containers") return [];
  const chosen: Option[] = [];
  for (let index = 1; index + 1 < path.length; index += 2) {
    const parts = ["containers", path[index]!, path[index + 1]!];
    chosen.push(
      find(parts) ?? { group: LABELS.containers, label: path[index + 1]!.slice(0, 12), path: parts },
    );
  }
  return chosen;
}
