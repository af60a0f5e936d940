/** An address of the API: the path of a contract with its agent, and what is asked. */
export const addressOf = (path: string, agentId: string, query: Readonly<Record<string, string>>): string =>
  `${path.replace(':id', encodeURIComponent(agentId))}?${new URLSearchParams(query).toString()}`;
