import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** Made for these tests with openssl, signed by itself, and trusted by nobody: it opens nothing. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBkDCCATagAwIBAgIUaNKYKmmsh2yYYkHNQMDfrp7tqAYwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNTE5MjkwOFoYDzIxMjYxMTAx
MTkyOTA4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATDiSxHT858G2GYp1nfqVKojrvyzDtVRmQ3V+sYkVYCQj3MCU3LLTOe
YeZgZALXXj9yPIZPytZSJvhF8IGamBuTo2QwYjAdBgNVHQ4EFgQUCV62WIcjdmrB
E1JXg/LMBNeJ9REwHwYDVR0jBBgwFoAUCV62WIcjdmrBE1JXg/LMBNeJ9REwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC
IQD7cmgahRj0L2CuKaYsN1xtcSqQRJ2szQqPuiU8N+00MgIgMmH3+0kRdhgDafDH
earit8wmQPXYRBLQNie7WwLatnQ=
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgL7rUItIE/qoSbebB
OJ5iatNhYV7xcEmFEeOZfL2OidOhRANCAATDiSxHT858G2GYp1nfqVKojrvyzDtV
RmQ3V+sYkVYCQj3MCU3LLTOeYeZgZALXXj9yPIZPytZSJvhF8IGamBuT
-----END PRIVATE KEY-----`;

/** A server on loopback with a certificate that nobody trusts. */
export async function startUntrustedMarket(): Promise<{ url: string; stop(): Promise<void> }> {
	const server = createServer({ cert: CERTIFICATE, key: KEY }, (_request, response) => response.end('{"status":"OK"}'));
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}
