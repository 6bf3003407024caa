/** Alerts, their messages, and the stored rules and channels. */
import type { DatabaseSync } from "node:sqlite";
import { transaction } from "../database.ts";

/** An alert as it is stored; the rest is JSON. Times are epoch ms. */
export interface AlertRow {
  readonly id: string;
  readonly began: number;
  readonly ended: number | null;
}

/** Events that messages report. */
export type MessageEvent = "alarm" | "repeat" | "recovery";

/** A message to one channel. Times are epoch ms. */
export interface Message {
  readonly alertId: string;
  readonly channelId: string;
  readonly event: MessageEvent;
  readonly created: number;
  /** Attempts that have failed. */
  attempts: number;
  /** `null` until it is sent. */
  sent: number | null;
  /** True while it is being sent. */
  trying?: boolean;
  /** Number of its row; `undefined` until it is stored. */
  id?: number | undefined;
}

/** Kinds of settings. */
export type SettingKind = "rule" | "channel" | "fact";

/** Place of an alert in the list of past ones. */
export interface AlertPlace {
  readonly ended: number;
  readonly id: string;
}

const KEEP_MS = 90 * 86_400_000;
const MOST_PAST = 10_000;
/** Most rows that one step removes. */
const STEP = 500;

/** The tables of alerts. */
export class AlertStore {
  constructor(readonly database: DatabaseSync) {}

  /** Stores an alert, new or known. */
  put<T extends AlertRow>(alert: T): void {
    this.database.prepare("INSERT OR REPLACE INTO alerts (id, began, ended, json) VALUES (?, ?, ?, ?)")
      .run(alert.id, alert.began, alert.ended, JSON.stringify(alert));
  }

  /** Returns the alerts that have not ended, oldest first. */
  open<T extends AlertRow>(): T[] {
    return this.#alerts("WHERE ended IS NULL ORDER BY began");
  }

  /** Returns an alert by its id. */
  get<T extends AlertRow>(id: string): T | undefined {
    return this.#alerts<T>("WHERE id = ?", id)[0];
  }

  /** Returns the newest past alerts, before a place. */
  past<T extends AlertRow>(limit: number, before?: AlertPlace): T[] {
    const order = "ORDER BY ended DESC, id DESC LIMIT ?";
    return before === undefined
      ? this.#alerts(`WHERE ended IS NOT NULL ${order}`, limit)
      : this.#alerts(`WHERE (ended, id) < (?, ?) ${order}`, before.ended, before.id, limit);
  }

  /** Stores new messages and the results of known ones. */
  putMessages(messages: readonly Message[]): void {
    transaction(this.database, () => {
      for (const message of messages) this.#putMessage(message);
    });
  }

  /** Returns the messages of an alert. */
  messages(alertId: string): Message[] {
    return this.#messages("WHERE alert_id = ? ORDER BY id", alertId);
  }

  /** Returns the messages that are not sent, oldest first. */
  unsent(): Message[] {
    return this.#messages("WHERE sent IS NULL ORDER BY id");
  }

  /** Deletes messages that are not to be sent. */
  dropMessages(messages: readonly Message[]): void {
    for (const { id } of messages) {
      if (id !== undefined) this.database.prepare("DELETE FROM alert_messages WHERE id = ?").run(id);
    }
  }

  /** Removes past alerts that are too old or too many, with their messages. */
  prune(now: number): void {
    transaction(this.database, () => {
      const run = (sql: string, ...values: number[]) => this.database.prepare(sql).run(...values);
      const old = "SELECT id FROM alerts WHERE ended IS NOT NULL";
      run(`DELETE FROM alerts WHERE id IN (${old} AND ended < ? LIMIT ?)`, now - KEEP_MS, STEP);
      run(`DELETE FROM alerts WHERE id IN (${old} ORDER BY ended DESC LIMIT ? OFFSET ?)`, STEP, MOST_PAST);
      run("DELETE FROM alert_messages WHERE alert_id NOT IN (SELECT id FROM alerts)");
    });
  }

  /** Returns the settings of a kind as JSON values, by id. */
  settings(kind: SettingKind): Map<string, unknown> {
    const rows = this.database.prepare("SELECT id, json FROM alert_settings WHERE kind = ? ORDER BY rowid")
      .all(kind);
    return new Map(rows.map(({ id, json }) => [String(id), JSON.parse(String(json))]));
  }

  /** Stores a setting. */
  putSetting(kind: SettingKind, id: string, value: unknown): void {
    this.database.prepare(
      "INSERT INTO alert_settings (kind, id, json) VALUES (?, ?, ?) " +
        "ON CONFLICT (kind, id) DO UPDATE SET json = excluded.json",
    ).run(kind, id, JSON.stringify(value));
  }

  /** Deletes a setting. */
  deleteSetting(kind: SettingKind, id: string): void {
    this.database.prepare("DELETE FROM alert_settings WHERE kind = ? AND id = ?").run(kind, id);
  }

  #putMessage(message: Message): void {
    const { id, alertId, channelId, event, created, attempts, sent } = message;
    if (id !== undefined) {
      this.database.prepare("UPDATE alert_messages SET attempts = ?, sent = ? WHERE id = ?").run(
        attempts,
        sent,
        id,
      );
      return;
    }
    const { lastInsertRowid } = this.database.prepare(
      "INSERT INTO alert_messages (alert_id, channel_id, event, created, attempts, sent) VALUES (?, ?, ?, ?, ?, ?)",
    ).run(alertId, channelId, event, created, attempts, sent);
    message.id = Number(lastInsertRowid);
  }

  #alerts<T extends AlertRow>(where: string, ...values: (string | number)[]): T[] {
    return this.database.prepare(`SELECT json FROM alerts ${where}`).all(...values)
      .map(({ json }) => JSON.parse(String(json)) as T);
  }

  #messages(where: string, ...values: string[]): Message[] {
    return this.database.prepare(`SELECT * FROM alert_messages ${where}`).all(...values).map((row) => ({
      id: Number(row["id"]),
      alertId: String(row["alert_id"]),
      channelId: String(row["channel_id"]),
      event: row["event"] as MessageEvent,
      created: Number(row["created"]),
      attempts: Number(row["attempts"]),
      sent: row["sent"] === null ? null : Number(row["sent"]),
    }));
  }
}
