import './filters-toggle.css';
import { Button } from '@mantine/core';

interface FiltersToggleProps {
  readonly isOpen: boolean;
  /** The id of what is folded away. */
  readonly folds: string;
  readonly onToggle: () => void;
}

/** Folds the filters of a toolbar away where the screen is narrow; elsewhere they have room, and it is not there. */
export const FiltersToggle = ({ isOpen, folds, onToggle }: FiltersToggleProps) => (
  <Button
    variant="default"
    size="sm"
    className="filters-toggle"
    aria-expanded={isOpen}
    aria-controls={folds}
    onClick={onToggle}
  >
    Filters
  </Button>
);
