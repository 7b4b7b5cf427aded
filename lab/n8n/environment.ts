/** Settings of one n8n instance; every path is absolute. */
export interface N8nSettings {
	/** Folder of its database, keys and community nodes. */
	home: string;
	port: number;
	/** Port between n8n and its task runner: each n8n on a machine needs its own. */
	brokerPort: number;
	/** The one folder that its file nodes may read. */
	files: string;
	/** Variables in addition to, or instead of, those that every n8n of ours gets. */
	env?: Readonly<Record<string, string>>;
}

/** Settings of another n8n, or of the npm or jest that runs this, must not reach the one started here. */
const FOREIGN = /^(N8N|DB|QUEUE|EXECUTIONS|WEBHOOK|CREDENTIALS|npm|jest)_|^NODE_ENV$/i;

/** Environment of an n8n that listens only on this machine and contacts nobody by itself. */
export function n8nEnvironment({
	home,
	port,
	brokerPort,
	files,
	env,
}: N8nSettings): NodeJS.ProcessEnv {
	return {
		...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),

		N8N_USER_FOLDER: home,
		N8N_RESTRICT_FILE_ACCESS_TO: files,
		N8N_ENCRYPTION_KEY: 'a-key-for-one-run-of-the-demo',

		N8N_PROTOCOL: 'http',
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		// For a worker in queue mode, the port of its health check.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		// Without TLS a browser would not send a secure cookie back.
		N8N_SECURE_COOKIE: 'false',
		NO_PROXY: '127.0.0.1,localhost',
		no_proxy: '127.0.0.1,localhost',

		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
		N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,chat-hub,quick-connect,agents,insights',

		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_ONBOARDING_FLOW_DISABLED: 'true',
		GENERIC_TIMEZONE: 'UTC',
		NO_COLOR: '1',

		...env,
	};
}
