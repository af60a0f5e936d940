import './pickers.css';
import { Button, Popover, TextInput } from '@mantine/core';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { findZones, zoneNames } from './zone-names.ts';

export interface ZonePickerProps {
  readonly zone: string;
  /** The zone as it is printed: name and offset. */
  readonly words: string;
  /** The zone of the viewer's computer: offered first. */
  readonly own: string;
  /** What stands beside a zone in the list: its offset. */
  readonly offsetOf: (zone: string) => string;
  readonly onChange: (zone: string) => void;
}

/** More than this nobody reads: typing narrows the list. */
const SHOWN = 60;

/** The zone that times are told in, printed; a click opens a list that can be searched. */
export const ZonePicker = (props: ZonePickerProps) => {
  const { words, onChange } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" shadow="md" trapFocus returnFocus width={320}>
      <Popover.Target>
        <Button
          variant="default"
          size="sm"
          className="picker"
          title={`Times are told in ${words}`}
          onClick={() => setOpen(!isOpen)}
          rightSection={<span className="picker__caret" aria-hidden="true" />}
        >
          <span className="picker__label">Zone</span>
          <span className="picker__summary">{words}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="picker__menu" aria-label="Time zone">
        <ZoneList
          {...props}
          onChange={(zone) => {
            setOpen(false);
            onChange(zone);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
};

/** Only there while the list is open: there are more than 400 zones. */
const ZoneList = ({ zone, own, offsetOf, onChange }: ZonePickerProps) => {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const zones = useMemo(() => zoneNames(own), [own]);
  const found = useMemo(() => findZones(zones, text), [zones, text]);
  const shown = found.slice(0, SHOWN);
  const [at, setAt] = useState(0);
  const current = Math.min(at, shown.length - 1);
  useEffect(() => {
    list.current?.querySelector('[data-current]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    const chosen = shown[current];
    if (step !== undefined) setAt(Math.max(0, Math.min(shown.length - 1, current + step)));
    else if (event.key === 'Enter' && chosen !== undefined) onChange(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        size="sm"
        role="combobox"
        aria-label="Search time zones"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={shown.length === 0 ? undefined : `${id}-${current}`}
        placeholder="City or region, for instance berlin"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        data-autofocus
      />
      <div ref={list} id={id} role="listbox" aria-label="Time zones" className="picker__options">
        {shown.map((name, index) => (
          <div
            key={name}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={name === zone}
            data-current={index === current || undefined}
            className="picker__option"
            onClick={() => onChange(name)}
            onKeyDown={onKeyDown}
          >
            <span className="picker__name">
              {name.replaceAll('_', ' ')}
              {name === own && <span className="picker__note"> this computer</span>}
            </span>
            <span className="picker__aside">{offsetOf(name)}</span>
          </div>
        ))}
      </div>
      <p className="picker__count" role="status">
        {found.length === 0
          ? 'No zone is called that. Type part of a city’s or region’s name.'
          : `${shown.length} of ${found.length} zones`}
      </p>
    </>
  );
};
