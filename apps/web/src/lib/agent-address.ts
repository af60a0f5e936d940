/** Where an agent's page is. */
export const agentAddress = (id: string): string => `/agents/${encodeURIComponent(id)}`;
