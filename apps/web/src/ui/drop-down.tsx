import './pickers.css';
import { useEffect, useRef, useState } from 'react';
import type { DropDownPanel, DropDownProps } from './drop-down-panel.tsx';

type Panel = typeof DropDownPanel;

let panel: Panel | null = null;

/** A button that something drops down from. What it takes to place that on the screen is loaded when it is first pressed. */
export const DropDown = (props: DropDownProps) => {
  const { isOpen, onChange, button } = props;
  const [Loaded, setLoaded] = useState<Panel | null>(() => panel);
  const [hadFocus, setHadFocus] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const isWanted = isOpen && Loaded === null;
  useEffect(() => {
    if (!isWanted) return;
    let isGone = false;
    const show = (module: { readonly DropDownPanel: Panel }): void => {
      panel = module.DropDownPanel;
      if (isGone) return;
      setHadFocus(place.current?.contains(document.activeElement) ?? false);
      setLoaded(() => panel);
    };
    import('./drop-down-panel.tsx').then(show, () => {
      if (!isGone) onChange(false); // the server is away: to be pressed again
    });
    return () => {
      isGone = true;
    };
  }, [isWanted, onChange]);
  return (
    <span className="drop-down" ref={place}>
      {Loaded === null ? button : <Loaded {...props} takesFocus={hadFocus} />}
    </span>
  );
};
