import { Popover } from '@mantine/core';
import { useCallback, useState, type ReactElement, type ReactNode, type Ref } from 'react';

export interface DropDownProps {
  readonly isOpen: boolean;
  readonly onChange: (isOpen: boolean) => void;
  readonly position: 'bottom-start' | 'bottom-end';
  /** Of what drops down, px. */
  readonly width: number;
  /** What drops down, for those who cannot see it. */
  readonly label: string;
  readonly className?: string;
  readonly menu?: Ref<HTMLDivElement>;
  /** What is pressed; it says by itself when it is. */
  readonly button: ReactElement;
  readonly children: ReactNode;
}

interface DropDownPanelProps extends DropDownProps {
  /** The button stands in the place of one that had the focus. */
  readonly takesFocus: boolean;
}

/** What drops down from a button, and the button with it. */
export const DropDownPanel = (props: DropDownPanelProps) => {
  const { isOpen, onChange, position, width, label, className = '', menu, button, children, takesFocus } = props;
  const [isThere, setThere] = useState(false);
  const takePlace = useCallback(
    (target: HTMLElement | null) => {
      if (takesFocus) target?.focus();
      setThere(target !== null); // it opens after that: the focus goes back to where it was when it opened
    },
    [takesFocus],
  );
  return (
    <Popover
      opened={isOpen && isThere}
      onChange={onChange}
      position={position}
      shadow="md"
      trapFocus
      returnFocus
      width={width}
      offset={4}
    >
      <Popover.Target ref={takePlace}>{button}</Popover.Target>
      <Popover.Dropdown ref={menu ?? null} className={`picker__menu ${className}`} aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
};
