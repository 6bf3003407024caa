import { Checkbox, FormControlLabel, Stack } from "@mui/material";
import { LABELS } from "../model/labels.ts";
import { browserZone, NEW_RULE, type RuleForm } from "../model/rule_form.ts";
import { Field } from "../parts/fields.tsx";
import type { PartProps } from "./condition.tsx";

const SELECTED = [
  ["service", "Service"],
  ["project", "Project"],
  ["host", "Host"],
  ["label", "Label, such as team=web"],
] as const;

const ZONES = "time-zones";
/** One element, so that hundreds of names are not compared after each key. */
const ZONE_LIST = (
  <datalist id={ZONES}>
    {Intl.supportedValuesOf("timeZone").map((zone) => <option key={zone} value={zone} />)}
  </datalist>
);

const MORE = [
  ...["service", "project", "host", "label", "matchesCase", "count", "within", "percent"] as const,
  ...["repeat", "quietFrom", "quietTo", "restarts"] as const,
];

/** Returns true if a field of {@linkcode MoreRuleFields} differs from its default. */
export function hasMore(form: RuleForm): boolean {
  return MORE.some((key) => form[key] !== NEW_RULE[key]);
}

/** Fields of a rule that have a default. */
export function MoreRuleFields({ form, set }: PartProps) {
  return (
    <>
      <Counting form={form} set={set} />
      {SELECTED.map(([key, label]) => (
        <Field
          key={key}
          label={label}
          value={form[key]}
          onChange={(text) => set({ [key]: text })}
        />
      ))}
      <Field
        label="Repeat until acknowledged, such as 4h"
        value={form.repeat}
        onChange={(repeat) => set({ repeat })}
      />
      <Quiet form={form} set={set} />
      <Field
        label="Restarts per hour"
        value={form.restarts}
        help={LABELS.restartsHelp}
        input={{ type: "number", min: 1, max: 10 }}
        onChange={(restarts) => set({ restarts })}
      />
    </>
  );
}

/** Number of lines or restarts, and fullness of a disk. */
function Counting({ form, set }: PartProps) {
  const { kind, state, matchesCase, percent } = form;
  if (kind === "log") {
    return (
      <>
        <FormControlLabel
          label="Match case"
          control={
            <Checkbox
              size="small"
              checked={matchesCase}
              onChange={(event) => set({ matchesCase: event.target.checked })}
            />
          }
        />
        <Counted form={form} set={set} label="Matching lines" defaults={["1", "1m"]} />
      </>
    );
  }
  if (kind !== "state") return null;
  if (state === "restart-loop") {
    return <Counted form={form} set={set} label="Restarts" defaults={["3", "10m"]} />;
  }
  return state === "disk-full" && (
    <Field
      label="Used space (percent)"
      value={percent}
      placeholder="90"
      input={{ type: "number", min: 1, max: 100, step: "any" }}
      onChange={(next) => set({ percent: next })}
    />
  );
}

interface CountedProps extends PartProps {
  readonly label: string;
  readonly defaults: readonly [count: string, within: string];
}

function Counted({ form: { count, within }, set, label, defaults }: CountedProps) {
  return (
    <Stack direction="row" spacing={2}>
      <Field
        label={label}
        value={count}
        placeholder={defaults[0]}
        input={{ type: "number", min: 1, max: 1000 }}
        onChange={(next) => set({ count: next })}
      />
      <Field
        label="Within"
        value={within}
        placeholder={defaults[1]}
        onChange={(next) => set({ within: next })}
      />
    </Stack>
  );
}

function Quiet({ form: { quietFrom, quietTo, zone }, set }: PartProps) {
  return (
    <>
      <Stack direction="row" spacing={2}>
        <Field
          label="Quiet from"
          value={quietFrom}
          help={LABELS.quietHelp}
          isRequired={quietTo !== ""}
          input={{ type: "time" }}
          onChange={(next) => set({ quietFrom: next })}
        />
        <Field
          label="Quiet to"
          value={quietTo}
          isRequired={quietFrom !== ""}
          input={{ type: "time" }}
          onChange={(next) => set({ quietTo: next })}
        />
      </Stack>
      <Field
        label="Time zone"
        value={zone}
        placeholder={browserZone()}
        input={{ list: ZONES }}
        onChange={(next) => set({ zone: next })}
      />
      {ZONE_LIST}
    </>
  );
}
