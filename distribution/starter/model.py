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
        """Outputs into the residual stream are scaled down by depth, and embeddings are large beside them: a token has to
        be readable in every layer, or it cannot be copied. The last norm makes up for that in the logits. All tokens
        share a constant first number, by which attention can find a position without caring for the token.
        """
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                nn.init.normal_(weight, 0, 0.5 if "embedding" in name else 0.7 * weight.shape[1] ** -0.5)
                if "output" in name or "down" in name:
                    weight.data.mul_((2 * self.config.layers) ** -0.5)
        self.embedding.weight.data[:, 0] = 2.
        self.norm.weight.data.fill_(.12)

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

    def __init__(self, padding, width):
        self.padding, self.width = padding, width
        self.store, self.mask, self.start, self.end = {}, None, 0, 0

    def extend(self, block, k, v):
        if block not in self.store:
            shape = (*k.shape[:2], self.width, k.shape[3])
            self.store[block] = (k.new_zeros(shape), v.new_zeros(shape))
        for stored, new in zip(self.store[block], (k, v)):
            stored[:, :, self.start:self.end] = new
        return tuple(stored[:, :, :self.end] for stored in self.store[block])

    def keep(self, rows):
        """Forget all sequences but these."""
        self.padding = self.padding[rows]
        self.store = {block: (k[rows], v[rows]) for block, (k, v) in self.store.items()}

    def step(self, model, ids):
        """Run `ids`, the next columns of the padded batch, and return the last logits."""
        self.start, self.end = self.end, self.end + ids.shape[1]
        columns, rows = torch.arange(self.end), torch.arange(self.start, self.end)
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
    """Greedy continuations of several prompts, without the stop token."""
    longest = max(map(len, prompts))
    padding = torch.tensor([longest - len(prompt) for prompt in prompts])
    ids = torch.tensor([[0] * (longest - len(prompt)) + list(prompt) for prompt in prompts])
    answers, running = [[] for _ in prompts], list(range(len(prompts)))
    width = min(model.config.context, longest + limit)
    cache = Cache(padding, width)
    while running and cache.end + ids.shape[1] <= width:
        ids = cache.step(model, ids).argmax(-1, keepdim=True)
        going = []
        for row, i in enumerate(running):
            if ids[row, 0].item() != stop:
                answers[i].append(ids[row, 0].item())
                going.append(row)
        if len(going) < len(running):
            running = [running[row] for row in going]
            ids = ids[going]
            cache.keep(going)
    return answers
