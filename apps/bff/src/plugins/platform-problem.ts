import { GenesysError, GenesysNotPermitted } from '@floorwatch/genesys';

/**
 * Why the platform did not answer, in words for people. A missing permission stays missing, so it is told in the answer;
 * of anything else the caller says whether the answer is worth something without it.
 * @throws the error itself where it is fatal and not a matter of permission, or not the platform's
 */
export const problemOf = (error: unknown, { isFatal }: { isFatal: boolean }): string => {
  if (error instanceof GenesysNotPermitted)
    return error.needs.length === 0
      ? 'The role of Floorwatch’s OAuth client in Genesys Cloud does not permit it'
      : `The role of Floorwatch’s OAuth client in Genesys Cloud needs the permission ${error.needs.join(' or ')}`;
  if (isFatal || !(error instanceof GenesysError)) throw error;
  return 'Genesys Cloud cannot be asked right now; try again in a minute';
};
