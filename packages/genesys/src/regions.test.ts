import { expect, test } from 'vitest';
import { regionHosts } from './regions.ts';

test.each(['mypurecloud.de', 'eu_central_1', 'eu-central-1', ' MyPureCloud.de ', 'https://api.mypurecloud.de/'])(
  '%j is the region Frankfurt',
  (region) => {
    expect(regionHosts(region)).toEqual({
      loginUrl: 'https://login.mypurecloud.de',
      apiUrl: 'https://api.mypurecloud.de',
    });
  },
);

test('a domain that begins like another one is told apart', () => {
  expect(regionHosts('ap_southeast_2').apiUrl).toBe('https://api.mypurecloud.com.au');
  expect(regionHosts('us_east_1').apiUrl).toBe('https://api.mypurecloud.com');
});

test('a simulator is one origin for both services', () => {
  expect(regionHosts('http://127.0.0.1:8090')).toEqual({
    loginUrl: 'http://127.0.0.1:8090',
    apiUrl: 'http://127.0.0.1:8090',
  });
});

test('a real region is never called without encryption', () => {
  expect(regionHosts('http://mypurecloud.de').loginUrl).toBe('https://login.mypurecloud.de');
});

test.each(['mars', 'eu-west-9', 'https://example.test', 'http://u:p@127.0.0.1', 'http://127.0.0.1/x', ''])(
  '%j is refused with the list of regions',
  (region) => {
    expect(() => regionHosts(region)).toThrow(/is not a Genesys Cloud region.*mypurecloud\.ie \(eu_west_1\)/);
  },
);
