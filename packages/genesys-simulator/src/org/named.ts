/** Anything that is only an id and a name: divisions, teams, groups, skills, languages, locations. */
export interface Named {
  readonly id: string;
  readonly name: string;
}
