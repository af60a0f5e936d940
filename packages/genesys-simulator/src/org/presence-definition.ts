/** The ten system presences as REST spells them (API §5.3); every other spelling is made from this one. */
export const SYSTEM_PRESENCES = [
  'Available',
  'Away',
  'Break',
  'Busy',
  'Idle',
  'Meal',
  'Meeting',
  'Offline',
  'On Queue',
  'Training',
] as const;

export type SystemPresence = (typeof SYSTEM_PRESENCES)[number];

export interface PresenceDefinition {
  readonly id: string;
  readonly type: 'System' | 'User';
  readonly systemPresence: SystemPresence;
  /** Keys are locales with an underscore; `en_US` is always there. */
  readonly languageLabels: Readonly<Record<string, string>> & { readonly en_US: string };
  /** `*` for every division. */
  readonly divisionId: string;
  readonly deactivated: boolean;
}

/** `On Queue` → `OnQueue`: `/presence/definitions` and workforce management. */
export const inDefinitions = (presence: SystemPresence): string => presence.replace(' ', '');

/** `On Queue` → `ON_QUEUE`: notifications and analytics. */
export const inNotifications = (presence: SystemPresence): string => presence.replace(' ', '_').toUpperCase();

/** The same in every organisation (API §5.2). */
const PRIMARY_IDS: Readonly<Record<SystemPresence, string>> = {
  Available: '6a3af858-942f-489d-9700-5f9bcdcdae9b',
  Away: '5e5c5c66-ea97-4e7f-ac41-6424784829f2',
  Break: '227b37e2-f1d0-4dd0-8f50-badd7cf6d158',
  Busy: '31fe3bac-dea6-44b7-bed7-47f91660a1a0',
  Idle: '7ffa01cd-7866-4ad7-8faa-31e11b42f51f',
  Meal: '3fd96123-badb-4f69-bc03-1b1ccc6d8014',
  Meeting: 'bbdff279-7ae1-48ea-bade-7831d7234c64',
  Offline: 'ccf3c10a-aa2c-4845-8e8d-f59fa48c58e5',
  'On Queue': 'e08eaf1b-ee47-4fa9-a231-1200e284798f',
  Training: 'd2390a99-8546-bad9-8f0a-219548e8aeb0',
};

const PRIMARY_LABELS: Readonly<Record<SystemPresence, Readonly<Record<string, string>>>> = {
  Available: { es: 'Disponible', de: 'Verfügbar', fr: 'Disponible' },
  Away: { es: 'Ausente', de: 'Abwesend', fr: 'Absent' },
  Break: { es: 'Descanso', de: 'Pause', fr: 'Pause' },
  Busy: { es: 'Ocupado', de: 'Beschäftigt', fr: 'Occupé' },
  Idle: { es: 'Inactivo', de: 'Untätig', fr: 'Inactif' },
  Meal: { es: 'Comida', de: 'Mahlzeit', fr: 'Repas' },
  Meeting: { es: 'Reunión', de: 'Besprechung', fr: 'Réunion' },
  Offline: { es: 'Desconectado', de: 'Offline', fr: 'Hors ligne' },
  'On Queue': { es: 'En cola', de: 'In Warteschleife', fr: "En file d'attente" },
  Training: { es: 'Formación', de: 'Schulung', fr: 'Formation' },
};

const primary = (systemPresence: SystemPresence): PresenceDefinition => ({
  id: PRIMARY_IDS[systemPresence],
  type: 'System',
  systemPresence,
  languageLabels: { en_US: systemPresence, ...PRIMARY_LABELS[systemPresence] },
  divisionId: '*',
  deactivated: false,
});

type Secondary = Omit<PresenceDefinition, 'type'>;

const SECONDARY: readonly Omit<Secondary, 'divisionId' | 'deactivated'>[] = [
  {
    id: '0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a01',
    systemPresence: 'Break',
    languageLabels: { en_US: 'Comfort break', es: 'Pausa breve' },
  },
  {
    id: '0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a02',
    systemPresence: 'Meeting',
    languageLabels: { en_US: 'Team huddle', es: 'Reunión de equipo', ja: 'チームミーティング' },
  },
  {
    id: '0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a03',
    systemPresence: 'Meeting',
    languageLabels: { en_US: 'One-to-one', de: 'Mitarbeitergespräch' },
  },
  {
    id: '0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a04',
    systemPresence: 'Training',
    languageLabels: { en_US: 'Coaching', fr: 'Accompagnement', pt_BR: 'Acompanhamento' },
  },
  {
    id: '0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a05',
    systemPresence: 'Busy',
    languageLabels: { en_US: 'Back-office work', de: 'Nachbearbeitung', zh_CN: '后台工作' },
  },
  {
    id: '0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a06',
    systemPresence: 'Busy',
    languageLabels: { en_US: 'System problem', es: 'Problema técnico' },
  },
  {
    id: '0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a07',
    systemPresence: 'Available',
    languageLabels: { en_US: 'Floor walking', fr: 'Soutien en salle' },
  },
  {
    id: '0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a08',
    systemPresence: 'Away',
    languageLabels: { en_US: 'First aid', ar: 'إسعافات أولية' },
  },
];

/** The ten primary definitions and the organisation's own: one deactivated, one for a single division. */
export const makePresenceDefinitions = (limitedToDivisionId: string): readonly PresenceDefinition[] => [
  ...SYSTEM_PRESENCES.map(primary),
  ...SECONDARY.map((one): PresenceDefinition => ({ ...one, type: 'User', divisionId: '*', deactivated: false })),
  {
    id: '0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a09',
    type: 'User',
    systemPresence: 'Meal',
    languageLabels: { en_US: 'Late dinner', es: 'Cena tardía' },
    divisionId: limitedToDivisionId,
    deactivated: false,
  },
  {
    id: '0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a0a',
    type: 'User',
    systemPresence: 'Busy',
    languageLabels: { en_US: 'Fax duty' },
    divisionId: '*',
    deactivated: true,
  },
];
