import './line-opener.css';
import type { ReactNode } from 'react';

interface LineOpenerProps {
  readonly isOpen: boolean;
  /** The id of what it opens, which is in the document only while it is open. */
  readonly opens: string;
  /** What is opened, for those who cannot see the line it is in. */
  readonly label: string;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}

/** The first cell of a line of a table: opens below the line what does not fit into it. */
export const LineOpener = ({ isOpen, opens, label, onToggle, children }: LineOpenerProps) => (
  <td>
    <button
      type="button"
      className="line-opener"
      aria-expanded={isOpen}
      aria-controls={isOpen ? opens : undefined}
      aria-label={label}
      onClick={onToggle}
    >
      <span className="line-opener__caret" aria-hidden="true" />
      {children}
    </button>
  </td>
);
