import './empty-state.css';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** Where there is nothing to show: why, and the way out. */
export const EmptyState = ({ title, children }: EmptyStateProps) => (
  <div className="empty">
    <div className="empty__box">
      <h2 className="empty__title">{title}</h2>
      {children}
    </div>
  </div>
);
