/** Rows of a long list asked for at a time. */
export const WINDOW_ROWS = 200;
