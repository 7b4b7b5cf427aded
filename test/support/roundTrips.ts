import axios from 'axios';

/** What was on its way in this process has arrived after one; a few more, for what it sets off. */
const TRIPS = 5;

/** Goes to a sandbox and back some times: whatever a run has still begun to send is there by then. */
export async function roundTrips(url: string): Promise<void> {
	for (let trip = 0; trip < TRIPS; trip++) await axios.get(`${url}/_sandbox/windows`);
}
