import type { Activity } from '@floorwatch/domain';
import { mixHex } from './colour.ts';

export type Theme = 'light' | 'dark';

interface Surfaces {
  /** Behind everything. */
  readonly page: string;
  /** Header, totals, menus, and the ground of every tile. */
  readonly surface: string;
  /** Wells: inputs, hovered rows. */
  readonly well: string;
  readonly line: string;
  readonly ink: string;
  readonly quiet: string;
  /** Something is late or contradicts itself. */
  readonly warn: string;
  readonly warnGround: string;
  /** Something is broken. */
  readonly alarm: string;
  readonly alarmGround: string;
  readonly good: string;
  readonly focus: string;
}

export const SURFACES: Readonly<Record<Theme, Surfaces>> = {
  light: {
    page: '#f3f4f6',
    surface: '#ffffff',
    well: '#eef0f3',
    line: '#dcdfe5',
    ink: '#171a21',
    quiet: '#545b69',
    warn: '#8a5300',
    warnGround: '#fdf0d5',
    alarm: '#b3141b',
    alarmGround: '#fde8e8',
    good: '#0a7a57',
    focus: '#2456e6',
  },
  dark: {
    page: '#0b0d11',
    surface: '#14171d',
    well: '#1d2129',
    line: '#2a2f39',
    ink: '#eceef2',
    quiet: '#a3abb9',
    warn: '#f0b84a',
    warnGround: '#33270f',
    alarm: '#ff6f6a',
    alarmGround: '#3a1517',
    good: '#3ecf9a',
    focus: '#84a9ff',
  },
};

/** What an activity looks like: hue is what the agent does. Red is kept for the one that asks for action. */
const HUES: Readonly<Record<Theme, Readonly<Record<Activity, string>>>> = {
  light: {
    notResponding: '#c1121f',
    ready: '#00714f',
    interacting: '#1d4ed8',
    afterCallWork: '#6328c8',
    communicating: '#00688f',
    available: '#4a6b0a',
    busy: '#9b2c6a',
    break: '#85580a',
    meal: '#a8430a',
    meeting: '#862ba0',
    training: '#135f6b',
    away: '#666035',
    idle: '#4f6478',
    offline: '#565d6b',
    unknown: '#565d6b',
  },
  dark: {
    notResponding: '#c81e29',
    ready: '#2dd4a9',
    interacting: '#7ba6ff',
    afterCallWork: '#b79bff',
    communicating: '#4cc0f2',
    available: '#a9cb52',
    busy: '#f08cc0',
    break: '#e3b341',
    meal: '#ff9e66',
    meeting: '#dd94f5',
    training: '#56c7d4',
    away: '#c2bd8c',
    idle: '#9db2c8',
    offline: '#9aa2b1',
    unknown: '#9aa2b1',
  },
};

/** How much of the hue the tile's ground takes on: those who could take a contact stand out, those who left recede. */
const TINT: Readonly<Record<Theme, Readonly<Record<Activity, number>>>> = {
  light: tints({ ready: 0.13, working: 0.1, offQueue: 0.05 }),
  dark: tints({ ready: 0.19, working: 0.16, offQueue: 0.07 }),
};

function tints(share: { ready: number; working: number; offQueue: number }): Record<Activity, number> {
  const { ready, working, offQueue } = share;
  return {
    notResponding: 1,
    ready,
    interacting: working,
    afterCallWork: working,
    communicating: working,
    available: offQueue,
    busy: offQueue,
    break: offQueue,
    meal: offQueue,
    meeting: offQueue,
    training: offQueue,
    away: offQueue,
    idle: offQueue,
    offline: 0,
    unknown: 0,
  };
}

/** The colours of one tile. */
export interface TileColours {
  readonly ground: string;
  /** Glyph, activity word and edge. */
  readonly hue: string;
  /** The name and the time. */
  readonly ink: string;
  /** Presence and routing. */
  readonly quiet: string;
}

const WHITE = '#ffffff';

export const tileColours = (theme: Theme, activity: Activity): TileColours => {
  const { surface, ink, quiet } = SURFACES[theme];
  const hue = HUES[theme][activity];
  if (activity === 'notResponding') return { ground: hue, hue: WHITE, ink: WHITE, quiet: WHITE };
  return { ground: mixHex(hue, surface, TINT[theme][activity]), hue, ink, quiet };
};

/** The hue of an activity outside a tile: on a surface, in the totals. */
export const activityHue = (theme: Theme, activity: Activity): string =>
  activity === 'notResponding' ? SURFACES[theme].alarm : HUES[theme][activity];
