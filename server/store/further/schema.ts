/** Migrations of the further files of stacks. A released migration never changes. */

/** Adds permissions, which were known of executable files of repositories only. */
export const FILE_MODES = `
  ALTER TABLE stack_files ADD COLUMN mode INTEGER NOT NULL DEFAULT 420;
  ALTER TABLE versions ADD COLUMN modes TEXT NOT NULL DEFAULT '{}';
  UPDATE stack_files SET mode = 493 WHERE path IN (SELECT value FROM git_stacks,
    json_each(git_stacks.json, '$.executables') WHERE git_stacks.stack_id = stack_files.stack_id);
  UPDATE versions SET modes = (SELECT json_group_object(value, 493) FROM git_stacks,
    json_each(git_stacks.json, '$.executables') WHERE git_stacks.stack_id = versions.stack_id AND
    value IN (SELECT key FROM json_each(versions.files)))`;
