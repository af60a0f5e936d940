import { tellRule } from '@floorwatch/domain';
import type { AutomationView } from '@floorwatch/contracts';
import { Button, Loader, Modal, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { rememberedZone } from '../../lib/remembered-zone.ts';
import { useToday } from '../../live/use-today.ts';
import { askPreview, automationsQuery, saveRule } from './automation-api.ts';
import { AutomationFailed } from './automation-failed.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { PreviewTable } from './preview-table.tsx';
import { checkForm, emptyForm, formOf, ruleOf, type RuleForm } from './rule-form.ts';
import { StartFields } from './start-fields.tsx';
import { TargetFields } from './target-fields.tsx';
import { useAutomationSearch } from './use-automation-search.ts';
import { useRuleNames } from './use-rule-names.ts';
import { useRuleWrite } from './use-rule-write.ts';

/** A new automation (`new`), or one of the viewer's own. */
export const AutomationEditor = ({ id }: { readonly id: string }) => {
  const { change } = useAutomationSearch();
  const isPhone = useMediaQuery('(max-width: 720px)');
  const { data } = useQuery(automationsQuery);
  const zone = rememberedZone();
  const today = useToday(zone);
  const held = data?.find((one) => one.id === id) ?? null;
  const isThere = id === 'new' || held !== null;
  const close = (): void => change({ edit: undefined });
  return (
    <Modal
      opened
      onClose={close}
      title={id === 'new' ? 'New automation' : `Edit ${held?.rule.name ?? 'an automation'}`}
      size={780}
      fullScreen={isPhone}
      classNames={{ body: 'editor' }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }} // the page has one banner, and it is not this
    >
      {today === null || data === undefined ? (
        <Loader size="sm" />
      ) : isThere ? (
        <EditorForm held={held} empty={emptyForm({ today, zone })} onDone={close} />
      ) : (
        <p>There is no such automation any more.</p>
      )}
    </Modal>
  );
};

interface EditorFormProps {
  readonly held: AutomationView | null;
  readonly empty: RuleForm;
  readonly onDone: () => void;
}

const EditorForm = ({ held: now, empty, onDone }: EditorFormProps) => {
  const [held] = useState(now); // what was opened: a change of somebody else's is noticed when this is saved
  const [form, setForm] = useState(() => (held === null ? empty : formOf(held.rule, empty)));
  const [isTried, setTried] = useState(false);
  const { rule, problems } = checkForm(form);
  const saving = useRuleWrite((sent: NonNullable<typeof rule>) => saveRule(sent, held), onDone);
  const looking = useRuleWrite(askPreview);
  const names = useRuleNames(form);
  const change = (part: Partial<RuleForm>): void => {
    setForm({ ...form, ...part });
    looking.reset();
    saving.reset();
  };
  const { start, backAfterMinutes, conditions } = ruleOf(form);
  return (
    <form
      className="editor__form"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (rule !== null && !saving.isPending) saving.mutate(rule);
      }}
    >
      <TextInput
        size="sm"
        label="Name"
        maxLength={80}
        value={form.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        data-autofocus
      />
      <StartFields form={form} onChange={change} />
      <TargetFields form={form} onChange={change} />
      <ConditionFields form={form} onChange={change} />
      <p className="editor__words" aria-live="polite" dir="auto">
        {tellRule({
          start,
          ...names,
          backAfterMinutes: Number.isNaN(backAfterMinutes) ? null : backAfterMinutes,
          conditions,
        })}
      </p>
      {isTried && problems.length > 0 && (
        <ul className="automation__problem" role="alert">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {saving.error !== null && <AutomationFailed error={saving.error} />}
      {looking.error !== null && <AutomationFailed error={looking.error} />}
      {looking.data !== undefined && <PreviewTable preview={looking.data} zone={form.zone} />}
      <div className="editor__end">
        <Button
          variant="default"
          loading={looking.isPending}
          onClick={() => {
            setTried(true);
            if (rule !== null) looking.mutate(rule);
          }}
        >
          Preview
        </Button>
        <Button type="submit" loading={saving.isPending}>
          {held === null ? 'Create' : 'Save'}
        </Button>
      </div>
    </form>
  );
};
