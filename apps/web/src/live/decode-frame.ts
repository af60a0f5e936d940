import { serverToClient, type ServerToClient } from '@floorwatch/contracts';

/**
 * Reads a frame of `/api/live`; null when it is not understood.
 *
 * The whole frame goes through the schema: under the strict content policy zod runs without generated code, and still
 * reads a delta of 50 agents in well under a millisecond and 10,000 agents in some 50 ms.
 */
export const decodeFrame = (text: string): ServerToClient | null => {
  try {
    return serverToClient.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null; // not JSON
  }
};
