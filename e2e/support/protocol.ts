/** The version of the live wire that these stories speak when they play a browser; the page itself brings its own. */
export const PROTOCOL = 3;
