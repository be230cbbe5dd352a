// Generated from the core's list of commands. Do not edit: `npm run generate` writes it anew.
/** What a read provides and a write invalidates. */
export type Tag = "app" | "code_rows" | "codes" | "flat_lists" | "flat_rows" | "flats" | "intercom_lists" | "intercoms" | "key_lists" | "keys" | "log" | "sessions" | "syncs";
