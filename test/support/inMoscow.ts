import { getGlobalState, setGlobalState } from 'n8n-workflow';

/** The workflows of all tests of a file are in Moscow's time zone. Call it at the top of the file. */
export function inMoscow(): void {
	const { defaultTimezone } = getGlobalState();
	beforeAll(() => setGlobalState({ defaultTimezone: 'Europe/Moscow' }));
	afterAll(() => setGlobalState({ defaultTimezone }));
}
