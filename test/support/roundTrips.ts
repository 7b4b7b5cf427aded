import axios from 'axios';

/** After one, what was on its way in this process has arrived; the others are for what it sets off. */
const TRIPS = 5;

/** Goes to a sandbox and back a few times: whatever a run began to send is there by then. */
export async function roundTrips(url: string): Promise<void> {
	for (let trip = 0; trip < TRIPS; trip++) await axios.get(`${url}/_sandbox/windows`);
}
