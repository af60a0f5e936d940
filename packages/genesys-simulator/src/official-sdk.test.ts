import platformClient from 'purecloud-platform-client-v2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Listener } from './platform-caller.fake.ts';
import { startSimulator, type RunningSimulator } from './simulator.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator({ agents: 230, speed: 0 });
  const { hostname, port } = new URL(simulator.url);
  const client = platformClient.ApiClient.instance;
  client.setGateway({ host: hostname, protocol: 'http', port: Number(port) });
  await client.loginClientCredentialsGrant(simulator.clientId, simulator.clientSecret);
});

afterAll(() => simulator.close());

const EXPAND = ['presence', 'routingStatus', 'conversationSummary', 'outOfOffice', 'team', 'station', 'skills'];

const listAllUsers = async (users: platformClient.UsersApi): Promise<platformClient.Models.User[]> => {
  const all: platformClient.Models.User[] = [];
  for (let pageNumber = 1; ; pageNumber += 1) {
    const page = await users.getUsers({ pageSize: 100, pageNumber, expand: EXPAND });
    all.push(...(page.entities ?? []));
    if (pageNumber >= (page.pageCount ?? 0)) return all;
  }
};

it('lists every user with expands over all pages', async () => {
  const all = await listAllUsers(new platformClient.UsersApi());
  expect(new Set(all.map(({ id }) => id)).size).toBe(230);
  for (const user of all) {
    expect(user.presence?.presenceDefinition?.systemPresence).toBeTypeOf('string');
    expect(user.routingStatus?.status).toBeTypeOf('string');
    expect(user.conversationSummary?.call?.contactCenter?.active).toBeTypeOf('number');
    expect(user.team?.name).toBeTypeOf('string');
  }
});

it('reads definitions, a presence and a routing status', async () => {
  const presenceApi = new platformClient.PresenceApi();
  const usersApi = new platformClient.UsersApi();
  const definitions = await presenceApi.getPresenceDefinitions0({ localeCode: 'ALL' });
  expect(definitions.entities?.filter(({ type }) => type === 'System')).toHaveLength(10);
  const [user] = await listAllUsers(usersApi);
  const id = user?.id ?? '';
  const presence = await presenceApi.getUserPresencesPurecloud(id);
  expect(presence.presenceDefinition).toEqual(user?.presence?.presenceDefinition);
  expect(await usersApi.getUserRoutingstatus(id)).toEqual(user?.routingStatus);
});

it('patches a presence, and a plain socket on a channel it made hears of it', async () => {
  const presenceApi = new platformClient.PresenceApi();
  const notificationsApi = new platformClient.NotificationsApi();
  const definitions = await presenceApi.getPresenceDefinitions0();
  const training = definitions.entities?.find(
    ({ systemPresence, type }) => systemPresence === 'Training' && type === 'System',
  );
  const [user] = await listAllUsers(new platformClient.UsersApi());
  const id = user?.id ?? '';

  const channel = await notificationsApi.postNotificationsChannels();
  const topics = await notificationsApi.postNotificationsChannelSubscriptions(channel.id ?? '', [
    { id: `v2.users.${id}?activity&conversationsummary` },
  ]);
  expect(topics.entities?.map(({ state }) => state)).toEqual(['Permitted']);
  const listener = await Listener.open(channel.connectUri ?? '');

  const patched = await presenceApi.patchUserPresencesPurecloud(id, {
    presenceDefinition: { id: training?.id ?? '' },
    message: 'first aid course',
  });
  expect(patched.presenceDefinition?.systemPresence).toBe('Training');
  const heard = await listener.hear(({ topicName }) => topicName === `v2.users.${id}.activity`);
  expect(heard).toMatchObject({
    version: '2',
    eventBody: {
      id,
      presence: {
        presenceDefinition: { id: training?.id, systemPresence: 'TRAINING' },
        presenceMessage: 'first aid course',
        modifiedDate: patched.modifiedDate,
      },
    },
  });
  listener.socket.close();
});
