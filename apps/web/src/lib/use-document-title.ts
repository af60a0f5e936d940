import { useEffect } from 'react';

const PRODUCT = 'Floorwatch';

/** What the browser calls the page, in its tabs and its history, while something shows it. */
export const useDocumentTitle = (subject: string): void => {
  useEffect(() => {
    document.title = `${subject} · ${PRODUCT}`;
    return () => {
      document.title = PRODUCT;
    };
  }, [subject]);
};
