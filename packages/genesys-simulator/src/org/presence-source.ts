/** Where a presence can be set; the first one is the platform itself (API §5.1). */
export const PRESENCE_SOURCES = [
  {
    id: '3f6f3b1e-6c0d-4a6b-9d64-8b1f2a9c0b01',
    name: 'PURECLOUD',
    description: 'Genesys Cloud',
    type: 'System',
    deactivated: false,
  },
  {
    id: '3f6f3b1e-6c0d-4a6b-9d64-8b1f2a9c0b02',
    name: 'Door system',
    description: 'Sets people away when they leave the building',
    type: 'User',
    deactivated: true,
  },
] as const;
