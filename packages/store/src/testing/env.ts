/** Where programs are looked for. The only reader of the environment here. */
export const searchPath = (): string => process.env['PATH'] ?? '';
