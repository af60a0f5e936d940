import { readFileSync } from 'node:fs';
import { ACCESSIBILITIES, ACCESSIBILITY, ACTIVITIES, type AccessibilityMapping } from '@floorwatch/domain';
import { z } from 'zod';
import { ConfigError } from './env.ts';

const mapping = z.strictObject(
  Object.fromEntries(ACTIVITIES.map((activity) => [activity, z.enum(ACCESSIBILITIES).optional()])),
);

/**
 * What counts as accessible in this contact centre: a JSON file from activity to `accessible`, `inaccessible` or `ignored`.
 * Activities that it leaves out count as they do by default.
 * @param path null for the default
 * @throws ConfigError that says what is wrong with the file
 */
export const readAccessibility = (path: string | null): AccessibilityMapping => {
  if (path === null) return ACCESSIBILITY;
  const parsed = mapping.safeParse(parseFile(path));
  if (!parsed.success)
    throw new ConfigError(
      parsed.error.issues.map(
        ({ path: where, message }) => `ACCESSIBILITY_FILE ${path}: ${[...where, message].join(': ')}; ${ADVICE}`,
      ),
    );
  const given = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
  return { ...ACCESSIBILITY, ...Object.fromEntries(given) };
};

const ADVICE = `it maps ${ACTIVITIES.join(', ')} to ${ACCESSIBILITIES.join(', ')}`;

const parseFile = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`ACCESSIBILITY_FILE cannot be read as JSON: ${reason}`]);
  }
};
