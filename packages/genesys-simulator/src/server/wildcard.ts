/** `*` stands for anything, upper and lower case are one. */
export const matchesPattern = (text: string, pattern: string): boolean => {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[^\p{L}\p{N}]/gu, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 'iu').test(text);
};
