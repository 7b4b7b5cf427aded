import { createHash, X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';

import manifest from '../../../package.json';
import { PACKAGE_NAME } from './places';

/**
 * A certificate for the one registry from which an n8n without a paid licence installs. It is trusted by nobody who is
 * not told to: its key opens nothing. Valid until 2126.
 */
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgLqaMIpbcLo+W0pvp
VrHWi9xJDhrlJTs8iap85hS290KhRANCAAQdkqR4RvJxnl4lONe3P3hxcZH9A6oS
XXEQsD+qoJPTNMslc/ZsP/1KdTbzdUBDJrXkDISjPZLTrWJ4QmvoEPaB
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBsDCCAVagAwIBAgIUZbdm5yhV1gFlHPwTSIBTANAqyngwCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwScmVnaXN0cnkubnBtanMub3JnMCAXDTI2MTEyNjE4NDY0NVoY
DzIxMjYxMTAyMTg0NjQ1WjAdMRswGQYDVQQDDBJyZWdpc3RyeS5ucG1qcy5vcmcw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQdkqR4RvJxnl4lONe3P3hxcZH9A6oS
XXEQsD+qoJPTNMslc/ZsP/1KdTbzdUBDJrXkDISjPZLTrWJ4QmvoEPaBo3IwcDAd
BgNVHQ4EFgQU2Z4W2CEgC+kTNPMNh7hwn0xiuhowHwYDVR0jBBgwFoAU2Z4W2CEg
C+kTNPMNh7hwn0xiuhowDwYDVR0TAQH/BAUwAwEB/zAdBgNVHREEFjAUghJyZWdp
c3RyeS5ucG1qcy5vcmcwCgYIKoZIzj0EAwIDSAAwRQIhANkVymq0GYnB9QWBHgFh
eJnUi0eILhweybY/SN1+2/H6AiAaA8lhemHlCXmYxkanlA0FWqe39sR1r+RXugC8
GPkwyg==
-----END CERTIFICATE-----`;

/** That registry's name. */
const HOST = /DNS:([\w.-]+)/.exec(new X509Certificate(CERTIFICATE).subjectAltName ?? '')?.[1];

/** A registry on this machine that stands in for npm's. */
export interface NpmRegistry {
	/** What makes n8n, and the npm that it runs, take it for npm's. */
	env: Record<string, string>;
	/** Paths that were asked for, in order. */
	readonly asked: string[];
	stop(): Promise<void>;
}

/**
 * Starts a registry with one package and one version, on loopback. n8n takes another registry's address only with a
 * licence: so it gets a proxy that leads to this one, and leads nowhere else.
 * @param tarball what npm would publish
 * @param folder for npm's cache, so that the machine's own does not take this package for a published one
 */
export async function startNpmRegistry(tarball: string, folder: string): Promise<NpmRegistry> {
	const archive = await readFile(tarball);
	const version = {
		...manifest,
		dist: {
			tarball: `https://${HOST}/${PACKAGE_NAME}/-/${PACKAGE_NAME}-${manifest.version}.tgz`,
			integrity: `sha512-${createHash('sha512').update(archive).digest('base64')}`,
		},
	};
	const answers = new Map<string, object>([
		[`/${PACKAGE_NAME}/latest`, version],
		[
			`/${PACKAGE_NAME}`,
			{
				name: PACKAGE_NAME,
				'dist-tags': { latest: manifest.version },
				versions: { [manifest.version]: version },
			},
		],
	]);

	const asked: string[] = [];
	const registry = createServer({ key: KEY, cert: CERTIFICATE }, ({ url = '' }, response) => {
		asked.push(url);
		const answer = answers.get(url);
		if (url === new URL(version.dist.tarball).pathname) response.end(archive);
		else if (answer !== undefined)
			response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
		else response.writeHead(404).end('{}');
	});
	const port = await listen(registry);

	const sockets = new Set<Socket>();
	const proxy = createProxy().on('connect', ({ url }, client: Socket) => {
		sockets.add(client);
		client.on('error', () => client.destroy());
		if (url !== `${HOST}:443`) {
			client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		const upstream = connect(port, '127.0.0.1', () => {
			client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			upstream.pipe(client).pipe(upstream);
		});
		sockets.add(upstream);
		upstream.on('error', () => client.destroy());
	});
	const address = `http://127.0.0.1:${await listen(proxy)}`;
	const authority = join(folder, 'authority.pem');
	await writeFile(authority, CERTIFICATE);

	return {
		env: {
			HTTPS_PROXY: address,
			https_proxy: address,
			NODE_EXTRA_CA_CERTS: authority,
			// What a machine's npmrc says would count more than the line above.
			npm_config_cafile: authority,
			npm_config_cache: join(folder, 'npm-cache'),
		},
		asked,
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			await Promise.all([registry, proxy].map(close));
		},
	};
}

async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
	await new Promise((resolve) => server.close(resolve));
}
