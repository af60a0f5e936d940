import { z } from 'zod';
import { MAX_AGENTS, MAX_SPEED } from './limits.ts';

const DEFAULT_PORT = 8090;

/** A number as text; the message names the variable, because a person set it. */
const number = (name: string, { min, max, isWhole }: { min: number; max: number; isWhole: boolean }) =>
  z
    .string()
    .refine((text) => text.trim() !== '' && Number(text) >= min && Number(text) <= max, {
      message: `${name} must be a number from ${min} to ${max}`,
    })
    .refine((text) => !isWhole || Number.isInteger(Number(text)), { message: `${name} must be a whole number` })
    .transform(Number)
    .optional();

const environment = z.object({
  SIMULATOR_PORT: number('SIMULATOR_PORT', { min: 0, max: 65_535, isWhole: true }),
  SIMULATOR_AGENTS: number('SIMULATOR_AGENTS', { min: 1, max: MAX_AGENTS, isWhole: true }),
  SIMULATOR_SPEED: number('SIMULATOR_SPEED', { min: 0, max: MAX_SPEED, isWhole: false }),
  SIMULATOR_START: z.iso
    .datetime({ offset: true, error: 'SIMULATOR_START must be an instant such as 2026-10-24T22:00:00Z' })
    .transform((text) => Date.parse(text))
    .optional(),
  SIMULATOR_SEED: z.string().min(1, 'SIMULATOR_SEED must not be empty').max(64).optional(),
});

/** What a person may set when starting the simulator; what is not set has a default. */
export interface SimulatorEnvironment {
  readonly port: number;
  readonly agents?: number;
  readonly speed?: number;
  readonly seed?: string;
  /** Virtual instant at which the organisation opens, ms. */
  readonly startsAt?: number;
}

/** @returns the settings, or every problem found, each in one line */
export const readEnvironment = (env = process.env): SimulatorEnvironment | { readonly problems: readonly string[] } => {
  const parsed = environment.safeParse(env);
  if (!parsed.success) return { problems: parsed.error.issues.map(({ message }) => message) };
  const { SIMULATOR_PORT, SIMULATOR_AGENTS, SIMULATOR_SPEED, SIMULATOR_SEED, SIMULATOR_START } = parsed.data;
  return {
    port: SIMULATOR_PORT ?? DEFAULT_PORT,
    ...(SIMULATOR_AGENTS !== undefined && { agents: SIMULATOR_AGENTS }),
    ...(SIMULATOR_SPEED !== undefined && { speed: SIMULATOR_SPEED }),
    ...(SIMULATOR_SEED !== undefined && { seed: SIMULATOR_SEED }),
    ...(SIMULATOR_START !== undefined && { startsAt: SIMULATOR_START }),
  };
};
