import { SIGN_IN_PROBLEMS, type SignInProblem } from '@floorwatch/contracts';

/** What the address of the sign-in page may say; all of it as text, as addresses are. */
export interface SignInSearch {
  readonly problem?: SignInProblem;
  readonly returnTo?: string;
  /** Seconds. */
  readonly wait?: string;
}

export const readSignInSearch = ({ problem, returnTo, wait }: Readonly<Record<string, unknown>>): SignInSearch => {
  const known = SIGN_IN_PROBLEMS.find((one) => one === problem);
  return {
    ...(known !== undefined && { problem: known }),
    ...(typeof returnTo === 'string' && { returnTo }),
    ...(typeof wait === 'string' && /^\d{1,5}$/.test(wait) && { wait }),
  };
};
