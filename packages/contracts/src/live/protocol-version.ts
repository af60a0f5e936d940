/**
 * Version of the live wire. Raise it with every change of a message; the hash test beside this file notices when
 * that was forgotten. A browser that speaks another version is refused with close code 4010 and reloads itself.
 */
export const PROTOCOL_VERSION = 3;
