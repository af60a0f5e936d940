import { WebhooksView } from '../../features/webhooks/webhooks-view.tsx';
import { useWebhooksSearch } from '../../features/webhooks/use-webhooks-search.ts';
import { rememberZone, viewerZone } from '../../lib/remembered-zone.ts';
import { offsetWord, zoneWords } from '../../lib/zone-time.ts';
import { usePlatformNow } from '../../live/use-live.ts';
import { ZonePicker } from '../../ui/zone-picker.tsx';
import { AppPage } from '../app-page.tsx';

const HOUR_MS = 3_600_000;

/** Who is told of every change. */
export const WebhooksPage = () => (
  <AppPage>
    <WebhooksView zonePicker={<PageZone />} />
  </AppPage>
);

const PageZone = () => {
  const { zone, change } = useWebhooksSearch();
  const now = usePlatformNow(HOUR_MS);
  if (now === null) return null;
  return (
    <ZonePicker
      zone={zone}
      words={zoneWords(zone, { from: now, to: now + 1 })}
      own={viewerZone()}
      offsetOf={(name) => offsetWord(now, name)}
      onChange={(name) => {
        rememberZone(name);
        change({ zone: name });
      }}
    />
  );
};
