import { useCallback, useRef, useState } from 'react';

/** Measures an element's width, px, and follows it. 0 until the element is there. */
export const useElementWidth = (): [measure: (element: Element | null) => void, width: number] => {
  const [width, setWidth] = useState(0);
  const observer = useRef<ResizeObserver | null>(null);
  const measure = useCallback((element: Element | null) => {
    observer.current?.disconnect();
    if (element === null) return;
    observer.current = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.current.observe(element);
    setWidth(Math.floor(element.getBoundingClientRect().width));
  }, []);
  return [measure, width];
};
