import '@mantine/core/styles/Drawer.css';
import './floor-health.css';
import { Drawer, Loader } from '@mantine/core';
import type { WarningKind } from '@floorwatch/domain';
import { useQuery } from '@tanstack/react-query';
import { floorHealthQuery } from './floor-health-query.ts';
import { FloorHealthReport } from './floor-health-report.tsx';

export interface FloorHealthPanelProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Shows the agents with a warning on the wall. */
  readonly onShow: (kind: WarningKind) => void;
}

/** Why a wall is, or is not, to be trusted: every part between the platform and the screen. */
export const FloorHealthPanel = ({ isOpen, onClose, onShow }: FloorHealthPanelProps) => (
  <Drawer
    opened={isOpen}
    onClose={onClose}
    position="right"
    size={580}
    title="Floor health"
    classNames={{ content: 'health', title: 'health__title', header: 'health__header', body: 'health__body' }}
    overlayProps={{ backgroundOpacity: 0.25 }}
    closeButtonProps={{ 'aria-label': 'Close' }}
    attributes={{ header: { role: 'presentation' } }} // the page has one banner, and it is not this
  >
    <FloorHealthContents onShow={onShow} />
  </Drawer>
);

/** The report as it is now: in the panel, and on the page of those who run Floorwatch. */
export const FloorHealthContents = ({ onShow }: Pick<FloorHealthPanelProps, 'onShow'>) => {
  const { data: health, error } = useQuery(floorHealthQuery);
  if (health === undefined)
    return error === null ? <Loader size="sm" aria-label="Asking Floorwatch" /> : <Failed message={error.message} />;
  return (
    <>
      {error !== null && <Failed message={`${error.message} What follows is from before.`} />}
      <FloorHealthReport health={health} onShow={onShow} />
    </>
  );
};

const Failed = ({ message }: { readonly message: string }) => (
  <p className="health__failed" role="alert">
    {message} It is asked again until it answers.
  </p>
);
