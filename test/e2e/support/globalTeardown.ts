import { release } from './globalSetup';

/** Once after all tests. */
export default async function tearDown(): Promise<void> {
	await release();
}
