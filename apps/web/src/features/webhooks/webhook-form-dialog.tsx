import {
  webhookFilter,
  type CreatedWebhook,
  type WebhookFilter,
  type WebhookList,
  type WebhookSettingsAsked,
  type WebhookView,
} from '@floorwatch/contracts';
import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { Failure } from './failure.tsx';
import { useDeed } from './use-deed.ts';
import { WebhookFilterFields } from './webhook-filter-fields.tsx';
import { askToChange, askToCreate } from './webhooks-query.ts';

interface WebhookFormDialogProps {
  /** Null for a new one. */
  readonly webhook: WebhookView | null;
  readonly divisions: WebhookList['divisions'];
  readonly onClose: () => void;
  readonly onCreated: (created: CreatedWebhook) => void;
}

/** What a person says about a webhook. */
export const WebhookFormDialog = ({ webhook, divisions, onClose, onCreated }: WebhookFormDialogProps) => {
  const [settings, setSettings] = useState<WebhookSettingsAsked>(() => startingWith(webhook, divisions));
  const save = useDeed(async () => {
    if (webhook === null) onCreated(await askToCreate(settings));
    else await askToChange(webhook, settings);
  }, onClose);
  const change = (more: Partial<WebhookSettingsAsked>): void => setSettings({ ...settings, ...more });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={webhook === null ? 'New webhook' : `Edit ${webhook.name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }} // the page has one banner, and it is not this
    >
      <form className="form" onSubmit={submit}>
        <TextInput
          label="Name"
          required
          maxLength={100}
          value={settings.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          data-autofocus
        />
        <TextInput
          label="Address"
          description="https, on a public host. Every message is sent there with POST."
          type="url"
          required
          maxLength={2000}
          placeholder="https://payroll.example.com/hooks/floorwatch"
          value={settings.url}
          onChange={(event) => change({ url: event.currentTarget.value })}
        />
        <WebhookFilterFields
          filter={settings.filter}
          divisions={divisions}
          onChange={(filter: WebhookFilter) => change({ filter })}
        />
        <label className="form__check">
          <input
            type="checkbox"
            checked={settings.withNames}
            onChange={(event) => change({ withNames: event.currentTarget.checked })}
          />
          <span>
            Names go along
            <small>Without, agents are told by id, and their own words beside a presence stay here.</small>
          </span>
        </label>
        <Failure error={save.error} />
        <div className="dialog__buttons">
          <Button variant="default" onClick={onClose}>
            Leave it
          </Button>
          <Button type="submit" loading={save.isPending}>
            {webhook === null ? 'Create' : 'Save'}
          </Button>
        </div>
      </form>
    </Modal>
  );
};

const startingWith = (webhook: WebhookView | null, divisions: WebhookList['divisions']): WebhookSettingsAsked => {
  if (webhook === null) {
    const filter = webhookFilter.parse({ divisions: divisions === 'all' ? [] : divisions });
    return { name: '', url: '', filter, withNames: false };
  }
  const { name, url, filter, withNames } = webhook;
  return { name, url, filter, withNames };
};
