import { create } from 'zustand';

/** Whether the end of the session is the person's own doing, on this page. */
export const useGoodbye = create(() => ({ wasSaid: false }));

export const noteGoodbye = (wasSaid: boolean): void => {
  useGoodbye.setState({ wasSaid });
};
