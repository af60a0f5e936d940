import type { ErrorComponentProps } from '@tanstack/react-router';

/** A fault of this page itself. Nothing of the floor is lost by loading it again. */
export const PageFailed = ({ error }: ErrorComponentProps) => (
  <div className="empty empty--page" role="alert">
    <div className="empty__box">
      <h1 className="empty__title">This page has failed</h1>
      <p>It is a fault of Floorwatch’s page, not of the data. Load it again; if it fails again, report this:</p>
      <p className="empty__small">{error instanceof Error ? error.message : String(error)}</p>
      <button type="button" onClick={() => location.reload()}>
        Load the page again
      </button>
    </div>
  </div>
);
