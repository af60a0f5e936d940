import type { Random } from '../time/random.ts';

/** Names as one place of the world writes them. `share` is how many of a hundred people have such a name. */
interface NameStock {
  readonly share: number;
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly order: 'given-first' | 'family-first' | 'joined';
}

const words = (text: string): readonly string[] => text.split(' ');

const STOCKS: readonly NameStock[] = [
  {
    share: 38,
    given: words(
      'Ana Ben Carla David Emma Frank Grace Hugo Irene Jack Karen Liam Mary Noah Olivia Paul Quinn Rosa Sam Tess Uma Victor Wendy Xavier Yara Zoe',
    ),
    family: words(
      'Adams Baker Carter Davis Evans Foster Green Hughes Irwin Jones King Lopez Miller Nolan Owens Parker Reed Smith Turner Vance Walker Young',
    ),
    order: 'given-first',
  },
  {
    share: 20,
    given: words('Zoë André Søren Łucja Jürgen Chloé Íñigo Ångela Dóra Çağla Mañuel Renée Štěpán Žofia Björn Maëlle'),
    family: words(
      'Müller Núñez Ångström Dvořák Kovács Öztürk Lefèvre Gonçalves Sørensen Wiśniewski Țurcanu Köhler Jönsson Bélanger',
    ),
    order: 'given-first',
  },
  {
    share: 6,
    given: words('Mary-Jane Jean-Luc Anne-Sophie Karl-Heinz Ana-Maria'),
    family: words("O'Brien D'Angelo Smith-Jones O'Neill García-Hernández L'Écuyer Van-der-Berg"),
    order: 'given-first',
  },
  { share: 5, given: words('伟 芳 敏 静 强 磊 洋 艳'), family: words('王 李 张 刘 陈 杨 欧阳'), order: 'joined' },
  {
    share: 4,
    given: words('陽菜 蓮 結衣 湊 さくら 大翔'),
    family: words('佐藤 鈴木 高橋 田中 伊藤'),
    order: 'family-first',
  },
  { share: 3, given: words('서연 민준 지우 하은 도윤'), family: words('김 이 박 최 정'), order: 'joined' },
  {
    share: 5,
    given: words('محمد فاطمة أحمد ليلى يوسف مريم'),
    family: words('الحسن العلي حداد منصور الخطيب'),
    order: 'given-first',
  },
  { share: 3, given: words('נועה דוד תמר יוסף מיכל'), family: words('כהן לוי מזרחי פרץ'), order: 'given-first' },
  {
    share: 5,
    given: words('Анна Дмитрий Ольга Сергей Наталья Олексій'),
    family: words('Иванова Кузнецов Шевченко Петрова Соколов'),
    order: 'given-first',
  },
  { share: 4, given: words('प्रिया अर्जुन आरती राहुल मीना'), family: words('शर्मा पटेल सिंह गुप्ता'), order: 'given-first' },
  {
    share: 3,
    given: words('Ελένη Γιώργος Μαρία Νίκος'),
    family: words('Παπαδόπουλος Νικολάου Δημητρίου'),
    order: 'given-first',
  },
  { share: 2, given: words('สมชาย มาลี ณัฐพล พิมพ์ชนก'), family: words('ใจดี ศรีสุข วงศ์สวัสดิ์'), order: 'given-first' },
  { share: 2, given: words('Sukarno Madhavi Prince Teller Björk Pelé'), family: [''], order: 'given-first' },
];

/** Real floors have them, and layouts break on them. */
const AWKWARD_NAMES: readonly string[] = [
  'Maria del Carmen Fernández de Córdoba y Álvarez de Toledo-Montenegro',
  'Wolfeschlegelsteinhausenbergerdorff Hubert Blaine',
  'Bo Li',
  'Alex Kim',
  'Alex Kim',
  'Æ',
];

/** One of a hundred people has a name from the awkward list; duplicates come about by themselves. */
export const makePersonName = (random: Random): string => {
  if (random.chance(0.01)) return random.pick(AWKWARD_NAMES);
  const stock = pickStock(random);
  const given = random.pick(stock.given);
  const family = random.pick(stock.family);
  if (family === '') return given;
  if (stock.order === 'joined') return `${family}${given}`;
  return stock.order === 'family-first' ? `${family} ${given}` : `${given} ${family}`;
};

const pickStock = (random: Random): NameStock => {
  let left = random.between(0, 100);
  for (const stock of STOCKS) {
    left -= stock.share;
    if (left < 0) return stock;
  }
  return random.pick(STOCKS);
};
