// A busy server, as its routes would tell of it: what screenshots are made of.

const GB = 1e9;
const now = () => new Date().toISOString();
const later = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString();
const wave = (i) => Math.max(0, Math.round(150 + 70 * Math.sin(i / 6) + 25 * Math.sin(i * 1.7) - (i > 33 && i < 40 ? 150 : 0)));
const model = (name, parameter_size, quantization_level, size) => ({ name, model: name, size, details: { parameter_size, quantization_level } });
const device = (name, description, kind, total) => ({ name, description, kind, pci_id: '', driver: '', total, free: total });

/** All of it. */
export const SAMPLE = {
  activity: () => ({
    at: now(), uptime_seconds: 93_720, draining: false,
    running: [
      { request: '783046d7-4711', model: 'qwen3:8b', identity: 'anna', tokens: 412, prompt_tokens: 1830, age_ms: 5200 },
      { request: '783046d7-4712', model: 'qwen3:8b', identity: 'ci-server', tokens: 38, prompt_tokens: 12_400, age_ms: 2900 },
      { request: '783046d7-4715', model: 'gemma3:4b', identity: 'local', tokens: 0, prompt_tokens: 0, age_ms: 240 },
    ],
    queued: [{ request: '783046d7-4716', model: 'llama3.3:70b-instruct-q4_K_M', identity: 'batch', priority: -5, waiting_ms: 8300 }],
    series: {
      interval_ms: 1000,
      tokens: Array.from({ length: 60 }, (_, i) => wave(i)),
      prompt_tokens: Array.from({ length: 60 }, (_, i) => (i % 9 ? 0 : 1800)),
      ttft_ms: Array.from({ length: 60 }, (_, i) => ((i * 7) % 5 === 0 ? 180 + ((i * 37) % 240) : null)),
      requests: Array.from({ length: 60 }, (_, i) => (i % 5 ? 0 : 1)),
    },
  }),
  ps: {
    models: [
      { ...model('qwen3:8b', '8.2B', 'Q4_K_M', 6.1 * GB), size_vram: 6.1 * GB, context_length: 32_768, expires_at: later(4), paddock: { running: 2, pinned: true, placement: { backend: 'cuda', layers: 37 } } },
      { ...model('starter:latest', '4.07M', 'Q8_0', 145e6), size_vram: 0, context_length: 2048, expires_at: later(3), paddock: { running: 0, placement: { backend: 'cpu', layers: 0 } } },
    ],
    loading: [{ name: 'gemma3:4b', model: 'gemma3:4b', phase: 'loading', progress: 0.62, waiting: 1 }],
    quarantined: [{ model: 'broken:latest', reason: 'its runner died three times within a minute', until: later(9) }],
  },
  tags: { models: [model('qwen3:8b', '8.2B', 'Q4_K_M', 5.2 * GB), model('gemma3:4b', '4.3B', 'Q4_K_M', 3.3 * GB), model('llama3.3:70b-instruct-q4_K_M', '70.6B', 'Q4_K_M', 42.5 * GB), model('starter:latest', '4.07M', 'Q8_0', 4.4e6)] },
  backends: {
    backends: [
      { id: 'cpu', version: '1.4.0', bundle: 'dev.paddock.backend-cpu.jar', state: 'usable', pinned: false, devices: [device('host', 'AMD Ryzen 9 7950X 16-Core Processor', 'cpu', 67 * GB)] },
      { id: 'cuda', version: '1.4.0', bundle: 'dev.paddock.backend-cuda.jar', state: 'usable', pinned: true, devices: [device('CUDA0', 'NVIDIA GeForce RTX 4090', 'gpu', 25.3 * GB)] },
      { id: 'cuda', version: '1.5.0', bundle: 'dev.paddock.backend-cuda-1.5.jar', state: 'probing', pinned: false, devices: [] },
      { id: 'vulkan', version: '1.4.0', bundle: 'dev.paddock.backend-vulkan.jar', state: 'refused', pinned: false, devices: [], refusal: { reason: 'driver_missing', detail: 'libvulkan.so.1: cannot open shared object file', remedy: 'Install the Vulkan loader, on Debian the package libvulkan1.' } },
    ],
    memory: [
      { device: 'host', description: '', total: 67 * GB, free: 48 * GB, reserved: 4.2 * GB, measured: 2.9 * GB, used_by_others: 14 * GB, available: 46 * GB },
      { device: 'CUDA0', description: 'NVIDIA GeForce RTX 4090', total: 25.3 * GB, free: 12 * GB, reserved: 11.4 * GB, measured: 6.1 * GB, used_by_others: 0.9 * GB, available: 11.7 * GB },
    ],
  },
  keys: {
    keys: [
      { id: '1', name: 'anna', prefix: 'pk-3fQ9', scopes: ['infer', 'models.read', 'models.write'], models: [], requests_per_minute: 0, tokens_per_minute: 0, parallel: 4, priority: 0, weight: 2, created_at: now(), expires_at: null, last_used_at: new Date(Date.now() - 40_000).toISOString() },
      { id: '2', name: 'ci-server', prefix: 'pk-b71x', scopes: ['infer'], models: ['qwen3*', 'gemma3:4b'], requests_per_minute: 60, tokens_per_minute: 200_000, parallel: 2, priority: -5, weight: 1, created_at: now(), expires_at: later(60 * 24 * 30), last_used_at: null },
      { id: '3', name: 'ops', prefix: 'pk-Yw0d', scopes: ['admin'], models: [], requests_per_minute: 0, tokens_per_minute: 0, parallel: 0, priority: 10, weight: 1, created_at: now(), expires_at: null, last_used_at: null },
    ],
  },
  config: {
    settings: [
      { pid: 'dev.paddock.scheduler', key: 'keep.alive', name: 'Keep-alive', description: 'How long an idle model stays in memory, as a duration like 5m.', type: 'text', unit: 'duration', default: '5m', value: '30m', source: 'console', options: [] },
      { pid: 'dev.paddock.scheduler', key: 'max.loaded.models', name: 'Most models', description: 'Most models in memory at once; 0 = as many as fit.', type: 'integer', unit: '', default: 3, value: 3, source: 'default', options: [] },
      { pid: 'dev.paddock.scheduler', key: 'pinned', name: 'Pinned models', description: 'Models that stay in memory, whoever else needs the room.', type: 'list', unit: '', default: [], value: ['qwen3:8b'], source: '/home/anna/.paddock/configs/dev.paddock.scheduler.json', options: [] },
      { pid: 'dev.paddock.web', key: 'access.log', name: 'Access log', description: 'Whether each request is one line in the log.', type: 'boolean', unit: '', default: true, value: true, source: 'default', options: [] },
      { pid: 'dev.paddock.web', key: 'body.limit', name: 'Body limit', description: 'Largest request body in bytes.', type: 'integer', unit: 'bytes', default: 33_554_432, value: 33_554_432, source: 'default', options: [] },
    ],
  },
  history: { changes: [{ id: '7', at: new Date(Date.now() - 600_000).toISOString(), by: 'owner', pid: 'dev.paddock.scheduler', key: 'keep.alive', before: '5m', after: '30m' }] },
};
