"""Trains the starter model on text that gen.py writes while training.

The schedule is driven by the clock: `--minutes` is the budget, the learning rate follows a cosine over it, and a run
that was interrupted goes on with the time that is left. Documents are put into batches with documents of about the
same length instead of being packed, so that no document sees another one.
"""
import argparse
import json
import math
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import chat
import gen
import induction
from model import Config, StarterModel
from tokenizer import Encoder, whole_words

LENGTHS = [48, 64, 80, 96, 128, 160, 192, 256, 320, 384, 512, 768, 1024, 1536, 2048]
CHUNK = 2000          # documents that are made and encoded at a time
CONTEXT_SHARE = .12   # of the tokens of a prompt that are learned too, and how much they count
CONTEXT_WEIGHT = .25
AVERAGE = .995        # decay of the running average of the weights, which is what gets exported


class Muon:
    """Momentum whose update is orthogonalized, for the matrices. A fused matrix is treated as the parts it is made of."""

    def __init__(self, parts, momentum=.95, decay=.1):
        self.momentum, self.decay = momentum, decay
        self.groups = {}
        for weight, start, rows in parts:
            self.groups.setdefault((rows, weight.shape[1]), []).append((weight, start, rows))
        self.buffers = {shape: torch.zeros(len(group), *shape) for shape, group in self.groups.items()}

    @staticmethod
    def orthogonalize(matrices, steps=4):
        """Newton-Schulz iteration: push all singular values towards one."""
        x = matrices.bfloat16()
        flip = x.size(-2) > x.size(-1)
        x = x.mT if flip else x
        x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
        for _ in range(steps):
            a = x @ x.mT
            x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
        return (x.mT if flip else x).float()

    @torch.no_grad()
    def step(self, rate):
        for shape, group in self.groups.items():
            gradient = torch.stack([weight.grad[start:start + rows] for weight, start, rows in group])
            buffer = self.buffers[shape]
            buffer.lerp_(gradient, 1 - self.momentum)
            update = self.orthogonalize(gradient.lerp(buffer, self.momentum)) * max(1, shape[0] / shape[1]) ** .5
            for i, (weight, start, rows) in enumerate(group):
                weight[start:start + rows].mul_(1 - rate * self.decay).add_(update[i], alpha=-rate)


def matrix_parts(model):
    """(weight, first row, rows) of every matrix inside the blocks."""
    for block in model.blocks:
        for weight, sizes in ((block.qkv.weight, block.qkv_sizes()), (block.output.weight, [block.output.weight.shape[0]]),
                              (block.gate_up.weight, [block.config.feed_forward] * 2), (block.down.weight, [block.down.weight.shape[0]])):
            start = 0
            for rows in sizes:
                yield weight, start, rows
                start += rows


def batches(documents, rng, tokens):
    """Groups of (padded length, documents) in random order."""
    by_length = {}
    for ids, kinds in documents:
        length = next((n for n in LENGTHS if len(ids) - 1 <= n), LENGTHS[-1])
        by_length.setdefault(length, []).append((ids[:length + 1], kinds[:length + 1]))
    result = []
    for length, group in by_length.items():
        rng.shuffle(group)
        size = max(1, tokens // length)
        result += [(length, group[i:i + size]) for i in range(0, len(group), size)]
    rng.shuffle(result)
    return result


def collate(length, group):
    """Padded inputs, next tokens, their kinds and the number of real tokens."""
    inputs = torch.zeros(len(group), length, dtype=torch.long)
    targets, kinds = torch.zeros_like(inputs), torch.full_like(inputs, chat.INSERTED)
    for i, (ids, kind) in enumerate(group):
        n = len(ids) - 1
        inputs[i, :n], targets[i, :n], kinds[i, :n] = torch.tensor(ids[:-1]), torch.tensor(ids[1:]), torch.tensor(kind[1:])
    return inputs, targets, kinds, sum(len(ids) - 1 for ids, _ in group)


def cross_entropy(hidden, embedding, targets, weights):
    """Weighted mean of the losses; a function of its own so that it can be compiled."""
    losses = F.cross_entropy(F.linear(hidden, embedding).float(), targets, reduction="none")
    return (losses * weights).sum() / weights.sum()


def loss_of(model, hidden, entropy, inputs, targets, kinds, context_share):
    """Cross entropy of the answers and, lightly, of some of the prompt; nothing else needs logits."""
    chosen = kinds == chat.TARGET
    if context_share:
        chosen |= (kinds == chat.CONTEXT) & (torch.rand(kinds.shape) < context_share)
    weights = torch.where(kinds[chosen] == chat.TARGET, 1.0, CONTEXT_WEIGHT)
    with torch.autocast("cpu", torch.bfloat16):
        return entropy(hidden(inputs)[chosen], model.embedding.weight, targets[chosen], weights)


@torch.no_grad()
def validate(model, groups):
    """Mean loss of held-out answers."""
    total = count = 0
    for group in groups:
        inputs, targets, kinds, _ = collate(*group)
        n = (kinds == chat.TARGET).sum().item()
        total += loss_of(model, model.hidden, cross_entropy, inputs, targets, kinds, 0).item() * n
        count += n
    return total / count


class Training:
    """One run: model, optimizers, running average, clock, and the checkpoint that holds them."""

    def __init__(self, options):
        self.options = options
        self.out = Path(options.out)
        self.out.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(options.seed)
        self.config = Config()
        self.model = StarterModel(self.config)
        others = [p for n, p in self.model.named_parameters() if p.dim() == 1 or "embedding" in n]
        self.muon = Muon(list(matrix_parts(self.model)))
        self.adam = torch.optim.AdamW(others, lr=options.adam_rate, betas=(.9, .97), weight_decay=0.)
        self.step = self.tokens = self.chunks = 0
        self.seconds = 0.
        self.encoder = Encoder(options.tokenizer, options.seed)
        self.words = whole_words(self.encoder.tokenizer)
        self.rng = random.Random(options.seed)
        self.hidden, self.entropy = self.model.hidden, cross_entropy
        if options.compile:
            self.hidden, self.entropy = (torch.compile(f, dynamic=True) for f in (self.hidden, self.entropy))
        if (self.out / "checkpoint.pt").exists():
            self.resume()
        else:
            induction.wire(self.model, induction.samples_of(self.words, self.encoder))
            self.average = {name: value.clone() for name, value in self.model.state_dict().items()}

    def resume(self):
        saved = torch.load(self.out / "checkpoint.pt", map_location="cpu")
        self.model.load_state_dict(saved["model"])
        self.average = saved["average"]
        self.adam.load_state_dict(saved["adam"])
        self.muon.buffers = saved["muon"]
        self.step, self.tokens, self.seconds, self.chunks = (saved[key] for key in ("step", "tokens", "seconds", "chunks"))

    def save(self):
        data = {"config": self.config.as_dict(), "model": self.model.state_dict(), "average": self.average, "adam": self.adam.state_dict(),
                "muon": self.muon.buffers, "step": self.step, "tokens": self.tokens, "seconds": self.seconds, "chunks": self.chunks}
        torch.save(data, self.out / "checkpoint.tmp")
        (self.out / "checkpoint.tmp").rename(self.out / "checkpoint.pt")

    def new_batches(self, progress):
        """The next chunk of the endless training text. Every chunk has its own seed, so that a resumed run sees new text."""
        self.chunks += 1
        generator = gen.Generator(self.options.seed * 1000003 + self.chunks, words=self.words)
        documents = self.encoder.encode([gen.document(generator) for _ in range(CHUNK)])
        documents += induction.repeats(self.rng, CHUNK // 10 if progress < .1 else CHUNK // 40, self.config.vocabulary)
        return batches(documents, self.rng, self.options.batch)

    def update(self, batch, progress):
        """One optimizer step; returns the loss."""
        inputs, targets, kinds, tokens = collate(*batch)
        loss = loss_of(self.model, self.hidden, self.entropy, inputs, targets, kinds, CONTEXT_SHARE)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        scale = min(1, (self.step + 1) / 40) * max(.01, .5 * (1 + math.cos(math.pi * min(1, progress))))
        self.muon.step(self.options.muon_rate * scale)
        for group in self.adam.param_groups:
            group["lr"] = self.options.adam_rate * scale
        self.adam.step()
        self.model.zero_grad(set_to_none=True)
        decay = min(AVERAGE, (self.step + 1) / (self.step + 20))
        for name, value in self.model.state_dict().items():
            self.average[name].lerp_(value, 1 - decay)
        self.step += 1
        self.tokens += tokens
        return loss.item()

    def average_model(self):
        model = StarterModel(self.config)
        model.load_state_dict(self.average)
        return model

    def run(self):
        options = self.options
        held_out = gen.Generator(7, test=True, words=self.words)
        checks = batches(self.encoder.encode([gen.document(held_out) for _ in range(120)]), random.Random(1), 6000)
        queue, losses, saved, last = [], [], time.time(), time.time()
        mark = (self.tokens, self.seconds)
        while self.seconds < options.minutes * 60:
            progress = self.seconds / (options.minutes * 60)
            queue = queue or self.new_batches(progress)
            losses.append(self.update(queue.pop(), progress))
            now = time.time()
            self.seconds, last = self.seconds + now - last, now
            if self.step % 50 == 0:
                speed = (self.tokens - mark[0]) / max(1e-9, self.seconds - mark[1])
                mark = (self.tokens, self.seconds)
                record = {"step": self.step, "minutes": round(self.seconds / 60, 2), "tokens": self.tokens,
                          "loss": round(sum(losses) / len(losses), 4), "tokens/s": round(speed)}
                losses = []
                if self.step % 500 == 0:
                    record["held-out"] = round(validate(self.average_model(), checks), 4)
                print(json.dumps(record), flush=True)
            if now - saved > options.save_minutes * 60:
                self.save()
                saved = now
        self.save()
        print(json.dumps({"done": True, "step": self.step, "tokens": self.tokens, "minutes": round(self.seconds / 60, 2),
                          "held-out": round(validate(self.average_model(), checks), 4)}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", required=True, help="directory of checkpoint.pt; an existing checkpoint is continued")
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--save-minutes", type=float, default=5)
    parser.add_argument("--tokenizer", default=Path(__file__).parent / "tokenizer.json")
    parser.add_argument("--batch", type=int, default=3072, help="tokens in a step")
    parser.add_argument("--muon-rate", type=float, default=.015)
    parser.add_argument("--adam-rate", type=float, default=.004)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--compile", action="store_true", help="faster steps after a slow start")
    Training(parser.parse_args()).run()


if __name__ == "__main__":
    main()
