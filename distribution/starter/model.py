"""The starter model: a small Llama, written so that its weights map one to one to a GGUF file."""
from dataclasses import asdict, dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F


@dataclass
class Config:
    vocabulary: int = 2048
    width: int = 256
    layers: int = 6
    heads: int = 4
    kv_heads: int = 2
    feed_forward: int = 512
    context: int = 2048
    rope_base: float = 10000.0
    epsilon: float = 1e-5

    @property
    def head_width(self):
        return self.width // self.heads

    def as_dict(self):
        return asdict(self)


def rotate(x, cos, sin):
    """Rotary position embedding over the two halves of a head; export.py reorders the rows for llama.cpp's pairs."""
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], dim=-1)


class Norm(nn.Module):
    """RMS norm, always in float32 because bfloat16 sums are too coarse."""

    def __init__(self, config):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(config.width))
        self.epsilon = config.epsilon

    def forward(self, x):
        x = x.float()
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon) * self.weight


class Block(nn.Module):
    """Grouped-query attention and SwiGLU. Matrices with the same input are one matrix: fewer, larger products."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        c = config
        self.attention_norm, self.feed_forward_norm = Norm(c), Norm(c)
        self.qkv = nn.Linear(c.width, (c.heads + 2 * c.kv_heads) * c.head_width, bias=False)
        self.output = nn.Linear(c.width, c.width, bias=False)
        self.gate_up = nn.Linear(c.width, 2 * c.feed_forward, bias=False)
        self.down = nn.Linear(c.feed_forward, c.width, bias=False)

    def qkv_sizes(self):
        c = self.config
        return [c.heads * c.head_width, c.kv_heads * c.head_width, c.kv_heads * c.head_width]

    def forward(self, x, cos, sin, cache=None):
        c = self.config
        batch, length, _ = x.shape
        q, k, v = self.qkv(self.attention_norm(x)).split(self.qkv_sizes(), dim=-1)
        q, k, v = (t.view(batch, length, -1, c.head_width).transpose(1, 2) for t in (q, k, v))
        q, k = rotate(q, cos, sin).to(v.dtype), rotate(k, cos, sin).to(v.dtype)
        if cache is not None:
            k, v = cache.extend(self, k, v)
        group = c.heads // c.kv_heads
        k, v = k.repeat_interleave(group, 1), v.repeat_interleave(group, 1)
        if cache is None:
            mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=cache.mask)
        x = x + self.output(mixed.transpose(1, 2).reshape(batch, length, -1))
        gate, up = self.gate_up(self.feed_forward_norm(x)).chunk(2, dim=-1)
        return x + self.down(F.silu(gate) * up)


class StarterModel(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocabulary, config.width)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = Norm(config)
        frequencies = 1.0 / config.rope_base ** (torch.arange(0, config.head_width, 2).float() / config.head_width)
        angles = torch.outer(torch.arange(config.context).float(), frequencies)
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        self._initialize()

    def _initialize(self):
        """Small embeddings, and outputs into the residual stream scaled down by depth."""
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                nn.init.normal_(weight, 0, 0.02 if "embedding" in name else 0.7 * weight.shape[1] ** -0.5)
                if "output" in name or "down" in name:
                    weight.data.mul_((2 * self.config.layers) ** -0.5)

    def hidden(self, ids):
        """The last hidden states; the caller chooses for which of them it needs logits."""
        x = self.embedding(ids)
        cos, sin = self.cos[:ids.shape[1]], self.sin[:ids.shape[1]]
        for block in self.blocks:
            x = block(x, cos, sin)
        return self.norm(x)

    def logits(self, hidden):
        return F.linear(hidden, self.embedding.weight)

    def forward(self, ids):
        return self.logits(self.hidden(ids))


class Cache:
    """Keys and values of a batch of left-padded sequences, for greedy decoding."""

    def __init__(self, padding):
        self.padding, self.store, self.mask = padding, {}, None

    def extend(self, block, k, v):
        if block in self.store:
            k, v = (torch.cat([old, new], 2) for old, new in zip(self.store[block], (k, v)))
        self.store[block] = (k, v)
        return k, v

    def step(self, model, ids, start):
        """Run `ids`, whose first column is column `start` of the padded batch, and return the last logits."""
        length = ids.shape[1]
        columns = torch.arange(start + length)
        rows = torch.arange(start, start + length)
        visible = (columns[None, None, :] <= rows[None, :, None]) & (columns[None, None, :] >= self.padding[:, None, None])
        visible |= columns[None, None, :] == rows[None, :, None]  # padding sees itself: no row may be empty
        self.mask = visible[:, None]
        positions = (rows[None, :] - self.padding[:, None]).clamp(min=0)
        cos, sin = model.cos[positions][:, None], model.sin[positions][:, None]
        x = model.embedding(ids)
        for block in model.blocks:
            x = block(x, cos, sin, self)
        return model.logits(model.norm(x[:, -1]))


@torch.no_grad()
def greedy(model, prompts, stop, limit=200):
    """Greedy continuations of several prompts, and the smallest gap between the best two logits of each."""
    longest = max(map(len, prompts))
    padding = torch.tensor([longest - len(prompt) for prompt in prompts])
    ids = torch.tensor([[0] * (longest - len(prompt)) + list(prompt) for prompt in prompts])
    answers, gaps = [[] for _ in prompts], [float("inf")] * len(prompts)
    running, cache, start = set(range(len(prompts))), Cache(padding), 0
    while running and start + ids.shape[1] <= model.config.context:
        best = cache.step(model, ids, start).float().topk(2)
        start += ids.shape[1]
        ids = best.indices[:, :1]
        for i in list(running):
            gaps[i] = min(gaps[i], (best.values[i, 0] - best.values[i, 1]).item())
            if ids[i, 0].item() == stop:
                running.discard(i)
                continue
            answers[i].append(ids[i, 0].item())
            if len(answers[i]) >= limit:
                running.discard(i)
    return answers, gaps
