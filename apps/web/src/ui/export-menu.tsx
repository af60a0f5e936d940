import './pickers.css';
import './export-menu.css';
import { Button, Loader } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { DropDown } from './drop-down.tsx';

export type ExportFormat = 'csv' | 'json';

/** What has arrived so far. */
export interface ExportProgress {
  readonly bytes: number;
  /** Line ends: every row is one, and a few more are the head and the sum. */
  readonly lines: number;
  /** How many rows there will be; null where that is not known. */
  readonly rows: number | null;
}

export interface ExportRequest {
  readonly format: ExportFormat;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExportProgress) => void;
}

/** One view that can be had as a file. */
export interface ExportChoice {
  readonly id: string;
  /** What is in the file. */
  readonly label: string;
  /** Fetches the file and hands it to the browser. @throws Error with a message for people */
  readonly run: (request: ExportRequest) => Promise<ExportProgress & { readonly fileName: string }>;
}

interface ExportMenuProps {
  /** What the files hold besides: filter, range and zone, in words. */
  readonly note: string;
  readonly choices: readonly ExportChoice[];
  readonly isDisabled?: boolean;
  /** Only a sign, where there is little room. */
  readonly isSmall?: boolean;
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly what: string; readonly progress: ExportProgress }
  | { readonly kind: 'done'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

const FORMATS: readonly { readonly format: ExportFormat; readonly word: string }[] = [
  { format: 'csv', word: 'CSV' },
  { format: 'json', word: 'JSON' },
];

/** The view as a file: what, as which kind of file; how far it is, and a way to end it. */
export const ExportMenu = ({ note, choices, isDisabled = false, isSmall = false }: ExportMenuProps) => {
  const [isOpen, setOpen] = useState(false);
  const { state, start, cancel, reset } = useExport();
  const menu = useRef<HTMLDivElement>(null);
  const isRunning = state.kind === 'running';
  return (
    <DropDown
      isOpen={isOpen}
      onChange={setOpen}
      position="bottom-end"
      width={320}
      label="Export"
      className="export__menu"
      menu={menu}
      button={
        <Button
          variant="default"
          size="sm"
          className="export"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          data-small={(isSmall && !isRunning) || undefined}
          aria-label={isRunning ? `Export: ${formatProgress(state.progress)}` : 'Export'}
          title="This view as a file"
          disabled={isDisabled && !isRunning}
          onClick={() => {
            if (!isRunning) reset();
            setOpen(!isOpen);
          }}
          leftSection={isRunning ? <Loader size={12} /> : <DownloadGlyph />}
        >
          {isRunning ? formatBytes(state.progress.bytes) : isSmall ? '' : 'Export'}
        </Button>
      }
    >
      <p className="export__note">{note}</p>
      {choices.map((choice) => (
        <div key={choice.id} className="export__choice" role="group" aria-label={choice.label}>
          <span className="export__label">{choice.label}</span>
          {FORMATS.map(({ format, word }) => (
            <Button
              key={format}
              size="compact-sm"
              variant="default"
              aria-disabled={isRunning} // not disabled: the keyboard would lose its place
              {...(isRunning && { 'data-disabled': true })}
              aria-label={`${choice.label} as ${word}`}
              onClick={() => isRunning || start(choice, format)}
            >
              {word}
            </Button>
          ))}
        </div>
      ))}
      <Outcome
        state={state}
        onCancel={() => {
          cancel();
          menu.current?.focus(); // the button that was pressed is gone
        }}
      />
    </DropDown>
  );
};

/** One export at a time; it goes on while the menu is closed, and ends with the page it is of. */
const useExport = () => {
  const [state, setState] = useState<State>({ kind: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (choice: ExportChoice, format: ExportFormat): Promise<void> => {
    const ender = new AbortController();
    running.current = ender;
    const what = `${choice.label}, ${format.toUpperCase()}`;
    const show = (next: State): void => {
      if (running.current === ender) setState(next);
    };
    show({ kind: 'running', what, progress: { bytes: 0, lines: 0, rows: null } });
    try {
      const done = await choice.run({
        format,
        signal: ender.signal,
        onProgress: (progress) => show({ kind: 'running', what, progress }),
      });
      show({ kind: 'done', message: `Saved as ${done.fileName}: ${formatDone(done)}.` });
    } catch (error) {
      show({ kind: 'failed', message: error instanceof Error ? error.message : 'The export failed.' });
    }
  };
  const reset = (): void => {
    running.current = null;
    setState({ kind: 'idle' });
  };
  return {
    state,
    start: (choice: ExportChoice, format: ExportFormat) => void run(choice, format),
    cancel: () => {
      running.current?.abort();
      reset();
    },
    reset,
  };
};

const Outcome = ({ state, onCancel }: { readonly state: State; readonly onCancel: () => void }) => {
  switch (state.kind) {
    case 'idle':
      return null;
    case 'running':
      return (
        <div className="export__outcome">
          <Loader size={14} aria-hidden="true" />
          <span className="export__text" role="status">
            {state.what}: {formatProgress(state.progress)}
          </span>
          <Button size="compact-sm" variant="default" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      );
    case 'done':
      return (
        <p className="export__outcome" role="status">
          {state.message}
        </p>
      );
    case 'failed':
      return (
        <p className="export__outcome export__outcome--failed" role="alert">
          {state.message} Choose again to try once more.
        </p>
      );
  }
};

const formatProgress = ({ bytes, lines, rows }: ExportProgress): string =>
  rows === null
    ? formatBytes(bytes)
    : `${Math.min(lines, rows).toLocaleString('en')} of ${rows.toLocaleString('en')} rows, ${formatBytes(bytes)}`;

const formatDone = ({ bytes, rows }: ExportProgress): string =>
  rows === null ? formatBytes(bytes) : `${rows.toLocaleString('en')} rows, ${formatBytes(bytes)}`;

const formatBytes = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(0)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
};

const DownloadGlyph = () => (
  <svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
    <path d="M8 1.5v8.5M4.5 6.8 8 10.3l3.5-3.5M2 11.5V14h12v-2.5" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
);
