import { Kbd, Modal } from '@mantine/core';
import { ACTIVITIES } from '@floorwatch/domain';
import { ActivityGlyph } from '../look/glyphs.tsx';
import { ACTIVITY_MEANING, ACTIVITY_WORD } from '../look/words.ts';

const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['/'], does: 'search' },
  { keys: ['Esc'], does: 'empty the search, leave the wall, close this' },
  { keys: ['j', 'k'], does: 'next and previous agent' },
  { keys: ['←', '→', '↑', '↓'], does: 'move between tiles' },
  { keys: ['Enter'], does: 'the page of the agent' },
  { keys: ['p'], does: 'change the presence of the agent, where you may' },
  { keys: ['x', 'Shift', 'Space'], does: 'choose the agent, everybody up to there, choose while choosing' },
  { keys: ['+', '−', '0'], does: 'on a timeline: zoom in, zoom out, show all; arrows pan or step' },
  { keys: ['t'], does: 'light, dark, or as the computer prefers' },
  { keys: ['h'], does: 'floor health: every part between Genesys Cloud and this wall' },
  { keys: ['?'], does: 'this help' },
];

/** The keys, and the key to the wall: what each shape means, and what stands where on a tile. */
export const KeyHelpDialog = ({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) => (
  <Modal
    opened={isOpen}
    onClose={onClose}
    title="Keys and signs"
    size="lg"
    closeButtonProps={{ 'aria-label': 'Close' }}
    attributes={{ header: { role: 'presentation' } }} // the page has one banner, and it is not this
  >
    <dl className="help">
      {KEYS.map(({ keys, does }) => (
        <div key={does} className="help__row">
          <dt>
            {keys.map((key) => (
              <Kbd key={key} size="sm">
                {key}
              </Kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
    <dl className="help help--signs">
      {ACTIVITIES.map((activity) => (
        <div key={activity} className="help__row" data-activity={activity}>
          <dt className="help__sign">
            <ActivityGlyph activity={activity} />
            {ACTIVITY_WORD[activity]}
          </dt>
          <dd>{ACTIVITY_MEANING[activity]}</dd>
        </div>
      ))}
    </dl>
    <p className="help__note">
      The lowest line of a tile keeps the two facts apart: presence on the left, routing status on the right. A sign
      before the presence says that not the agent set it: a person, an automation (bolt) or the system (screen).
    </p>
  </Modal>
);
