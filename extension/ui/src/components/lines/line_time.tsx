import { formatFullTime, formatLineTime } from "../../lib/lines/line_time.ts";

/** Props of {@linkcode LineTime}. */
export interface LineTimeProps {
  /** ISO 8601; empty when unknown. */
  readonly timestamp: string;
  readonly form: "local" | "utc" | "relative";
  /** Epoch ms, for relative times. */
  readonly now: number;
}

/** Time of a line, with the full time as its tooltip. */
export function LineTime({ timestamp, form, now }: LineTimeProps) {
  const at = Date.parse(timestamp);
  if (Number.isNaN(at)) return timestamp === "" ? null : <time>{timestamp}</time>;
  const full = `${formatFullTime(at, "local")}\n${timestamp}`;
  const [, time, ms] = /^(.*?)(\.\d{3})?$/.exec(formatLineTime(at, form, now))!;
  return (
    <time dateTime={timestamp} title={full}>
      {time}
      {ms !== undefined && <span className="ms">{ms}</span>}
    </time>
  );
}
