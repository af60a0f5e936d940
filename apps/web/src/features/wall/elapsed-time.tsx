import type { Since } from '@floorwatch/domain';
import { useLayoutEffect, useRef } from 'react';
import { formatElapsed } from '../../lib/elapsed.ts';
import { useLiveServices } from '../../live/use-live.ts';

/** How long something lasts, ticking without rendering. "≥" says that the true start was not seen. */
export const ElapsedTime = ({ since }: { readonly since: Since | null }) => {
  const { live, ticker } = useLiveServices();
  const holder = useRef<HTMLSpanElement>(null);
  const at = since?.at ?? null;
  const prefix = since?.exact === false ? '≥ ' : '';

  useLayoutEffect(() => {
    if (at === null) return undefined;
    const text = document.createTextNode('');
    const write = (): void => {
      const now = live.displayNow();
      const next = now === null ? '' : prefix + formatElapsed(now - at);
      if (text.data !== next) text.data = next;
    };
    write();
    holder.current?.replaceChildren(text);
    const stop = ticker.onTick(write);
    return () => {
      stop();
      text.remove();
    };
  }, [at, prefix, live, ticker]);

  return <span ref={holder} className="tile__time" />;
};
