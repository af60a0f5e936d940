import { once } from 'node:events';
import { Agent, createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AllowedTargets } from './allowed-targets.ts';
import { TargetGuard, type Resolve } from './target-guard.ts';

const NOBODY_ALLOWED = new AllowedTargets([]);

const guardOf = (allowed: readonly string[] = [], resolve?: Resolve): TargetGuard =>
  new TargetGuard(new AllowedTargets(allowed), resolve);

const refusal = (guard: TargetGuard, address: string): string => {
  try {
    guard.check(address);
    return 'allowed';
  } catch (error) {
    return error instanceof Error ? error.name : 'another failure';
  }
};

/** Every way of writing an address of the house that has worked against somebody. */
const TRICKS = [
  ['loopback, plain', 'https://127.0.0.1/hook'],
  ['loopback, another one', 'https://127.255.10.1/'],
  ['decimal', 'https://2130706433/'],
  ['octal', 'https://0177.0.0.1/'],
  ['octal with zeros', 'https://0000177.0000.0000.0001/'],
  ['hexadecimal', 'https://0x7f.0x0.0x0.0x1/'],
  ['hexadecimal in one', 'https://0x7f000001/'],
  ['mixed', 'https://0x7f.1/'],
  ['short', 'https://127.1/'],
  ['zero', 'https://0/'],
  ['unspecified', 'https://0.0.0.0/'],
  ['dot at the end', 'https://127.0.0.1./'],
  ['full-width digits', 'https://１２７.０.０.１/'],
  ['circled digits', 'https://①②⑦.⓪.⓪.①/'],
  ['ideographic full stops', 'https://127。0。0。1/'],
  ['percent-encoded', 'https://%31%32%37%2e%30%2e%30%2e%31/'],
  ['a tab and line feeds within', 'https://127.\t0.\n0.1/'],
  ['backslashes', 'https:\\\\127.0.0.1\\hook'],
  ['IPv6 loopback', 'https://[::1]/'],
  ['IPv6 unspecified', 'https://[::]/'],
  ['IPv4 mapped into IPv6', 'https://[::ffff:127.0.0.1]/'],
  ['IPv4 mapped, hexadecimal', 'https://[::ffff:7f00:1]/'],
  ['IPv4 mapped, written out', 'https://[0:0:0:0:0:ffff:a00:1]/'],
  ['IPv4-compatible', 'https://[::127.0.0.1]/'],
  ['IPv4-translated', 'https://[::ffff:0:127.0.0.1]/'],
  ['NAT64', 'https://[64:ff9b::7f00:1]/'],
  ['NAT64, local', 'https://[64:ff9b:1::a00:1]/'],
  ['6to4', 'https://[2002:7f00:1::]/'],
  ['Teredo', 'https://[2001:0:53aa:64c:0:fff:80ff:fffe]/'],
  ['unique local', 'https://[fd00:ec2::254]/'],
  ['link-local IPv6', 'https://[fe80::1]/'],
  ['site-local IPv6', 'https://[fec0::1]/'],
  ['multicast IPv6', 'https://[ff02::1]/'],
  ['private 10', 'https://10.0.0.5/'],
  ['private 172', 'https://172.31.255.254/'],
  ['private 192', 'https://192.168.1.1/'],
  ['carrier-grade NAT', 'https://100.64.0.1/'],
  ['metadata', 'https://169.254.169.254/latest/meta-data/'],
  ['metadata, decimal', 'https://2852039166/'],
  ['metadata of Azure', 'https://168.63.129.16/'],
  ['metadata of Alibaba', 'https://100.100.100.200/'],
  ['metadata of Oracle', 'https://192.0.0.192/'],
  ['benchmarks', 'https://198.18.0.1/'],
  ['multicast', 'https://224.0.0.1/'],
  ['broadcast', 'https://255.255.255.255/'],
  ['reserved', 'https://240.0.0.1/'],
  ['localhost', 'https://localhost/'],
  ['localhost, capitals and a dot', 'https://LOCALHOST./'],
  ['below localhost', 'https://hook.localhost/'],
  ['metadata by name', 'https://metadata.google.internal/'],
  ['a name without a dot', 'https://intranet/'],
  ['a name of a house', 'https://printer.local/'],
  ['full-width localhost', 'https://ｌｏｃａｌｈｏｓｔ/'],
  ['credentials', 'https://user:password@example.com/'],
  ['a user that looks like a host', 'https://example.com@127.0.0.1/'],
  ['a user name alone', 'https://example.com@evil.example/'],
  ['plain http', 'http://example.com/'],
  ['file', 'file:///etc/passwd'],
  ['ftp', 'ftp://example.com/'],
  ['gopher', 'gopher://127.0.0.1:6379/_SET'],
  ['data', 'data:text/plain,hello'],
  ['javascript', 'javascript:alert(1)'],
  ['a socket', 'wss://example.com/'],
  ['a Unix socket', 'unix:/var/run/docker.sock'],
  ['the port of SSH', 'https://example.com:22/'],
  ['the port of SMTP', 'https://example.com:25/'],
  ['the port of plain http', 'https://example.com:80/'],
  ['the port of IRC', 'https://example.com:6667/'],
  ['nothing', ''],
  ['no host', 'https:///hook'],
  ['too long', `https://example.com/${'a'.repeat(2001)}`],
] as const;

describe('An address as it is written', () => {
  it.each(TRICKS)('is refused: %s', (_name, address) => {
    expect(refusal(guardOf(), address)).toBe('TargetRefused');
  });

  it.each([
    'https://example.com/hook?tenant=1',
    'https://example.com:8443/',
    'https://example.com./hook',
    'https://93.184.216.34/',
    'https://[2606:2800:220:1:248:1893:25c8:1946]/',
    'https://bücher.example/',
  ])('is taken where it is public: %s', (address) => {
    expect(refusal(guardOf(), address)).toBe('allowed');
  });

  it('is taken where the operator has named the host or its network, over http and on any port too', () => {
    const guard = guardOf(['127.0.0.1', '10.1.0.0/16', 'hooks.internal', 'fd00::/8']);
    for (const address of [
      'http://127.0.0.1:8099/hook',
      'http://0x7f.1:8099/hook',
      'http://10.1.2.3/',
      'http://hooks.internal:80/',
      'https://[fd12::1]/',
    ])
      expect(refusal(guard, address), address).toBe('allowed');
    for (const address of ['http://127.0.0.2/', 'https://10.2.0.1/', 'https://other.internal/', 'ftp://127.0.0.1/'])
      expect(refusal(guard, address), address).toBe('TargetRefused');
  });

  it('says which word of the setting makes no sense', () => {
    expect(() => new AllowedTargets(['10.1.0.0/33'])).toThrow('"10.1.0.0/33" is neither');
    expect(() => new AllowedTargets(['https://example.com'])).toThrow('"https://example.com" is neither');
    expect(() => new AllowedTargets(['300.1.2.3'])).toThrow('"300.1.2.3" is neither');
  });

  it('tells the range of an address that is refused', () => {
    expect(NOBODY_ALLOWED.refusalOf('::ffff:10.0.0.1')).toContain('10.0.0.1 is not a public address (private)');
    expect(NOBODY_ALLOWED.refusalOf('fe80::1%eth0')).toContain('linkLocal');
    expect(NOBODY_ALLOWED.refusalOf('not an address')).toContain('not an address');
  });
});

describe('The address that is connected to', () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** Something in the house that nobody outside may call. */
  const houseServer = async (): Promise<{ port: number; calls: () => number }> => {
    let calls = 0;
    const server = createServer((_request, response) => {
      calls += 1;
      response.end('secret of the house');
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return { port: (server.address() as AddressInfo).port, calls: () => calls };
  };

  const call = (guard: TargetGuard, address: string): Promise<string> =>
    new Promise((resolve) => {
      const agent = new Agent({ lookup: guard.lookup });
      const request = get(address, { agent }, (response) => {
        response.resume().on('end', () => {
          resolve(`answered ${String(response.statusCode)}`);
        });
      });
      request.on('error', (error) => {
        resolve(error.name);
      });
    });

  it.each([
    ['127.0.0.1', 4],
    ['::1', 6],
    ['::ffff:127.0.0.1', 6],
    ['169.254.169.254', 4],
    ['64:ff9b::7f00:1', 6],
    ['10.0.0.1', 4],
  ])('is refused where a public name means %s', async (address, family) => {
    const house = await houseServer();
    const guard = guardOf([], () => Promise.resolve([{ address, family }]));
    expect(await call(guard, `http://hook.example:${String(house.port)}/`)).toBe('TargetRefused');
    expect(house.calls()).toBe(0);
  });

  it('is refused where one of several addresses of a name is of the house', async () => {
    const house = await houseServer();
    const resolve = () =>
      Promise.resolve([
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    expect(await call(guardOf([], resolve), `http://hook.example:${String(house.port)}/`)).toBe('TargetRefused');
    expect(house.calls()).toBe(0);
  });

  it('is the one that was looked at, though the name means another a moment later', async () => {
    const house = await houseServer();
    const answers = ['93.184.216.34', '127.0.0.1', '127.0.0.1', '127.0.0.1'];
    let asked = 0;
    const resolve: Resolve = () => Promise.resolve([{ address: answers[asked++] ?? '127.0.0.1', family: 4 }]);
    const guard = guardOf([], resolve);
    guard.check('https://rebinding.example/');
    const looked = await new Promise<unknown>((done) => {
      guard.lookup('rebinding.example', { all: true }, (error, addresses) => {
        done(error ?? addresses);
      });
    });
    expect(looked).toEqual([{ address: '93.184.216.34', family: 4 }]);
    expect(asked).toBe(1);
    expect(await call(guard, `http://rebinding.example:${String(house.port)}/`)).toBe('TargetRefused');
    expect(house.calls()).toBe(0);
  });

  it('is reached where the operator has named the host, or the network it is in', async () => {
    const house = await houseServer();
    const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const address = `http://hook.example:${String(house.port)}/`;
    expect(await call(guardOf(['hook.example'], resolve), address)).toBe('answered 200');
    expect(await call(guardOf(['127.0.0.0/8'], resolve), address)).toBe('answered 200');
    expect(await call(guardOf(['10.0.0.0/8'], resolve), address)).toBe('TargetRefused');
  });
});
