"""Gives a model that cannot copy yet the two attention heads that copying needs.

Copying text from the context takes an *induction* circuit: one head notes at every position which token came before, a
later head looks for the place where the present token came before, and writes the token found there. Finding this
circuit by gradient descent takes millions of tokens; writing it down takes linear algebra. A pair of query heads in two
layers of the untrained model is overwritten; training then tunes the wiring.

    python induction.py        # shows what the wiring does for an untrained model
"""
import random
from pathlib import Path

import torch

import chat
import gen
from model import Config, StarterModel
from tokenizer import Encoder, whole_words

NOTE_LAYER, FIND_LAYER = 0, 2
CODE = 32          # numbers that stand for a token when tokens are compared
NOTE_SHARPNESS = 60.
FIND_SHARPNESS = 5.
COPY_LOGIT = 9.


def inputs_of(model, ids, layer):
    """The residual stream and the normalized input of a layer's attention."""
    x = model.embedding(ids)
    cos, sin = model.cos[:ids.shape[1]], model.sin[:ids.shape[1]]
    for block in model.blocks[:layer]:
        x = block(x, cos, sin)
    return x, model.blocks[layer].attention_norm(x)


def fit(inputs, targets, ridge=1e-2):
    """The matrix that reads `targets` out of `inputs`, by ridge regression."""
    x, y = inputs.reshape(-1, inputs.shape[-1]).double(), targets.reshape(-1, targets.shape[-1]).double()
    gram = x.T @ x / len(x)
    gram += ridge * gram.diagonal().mean() * torch.eye(len(gram), dtype=torch.double)
    return torch.linalg.solve(gram, x.T @ y / len(x)).T.float()


def head_rows(config, kind):
    """Rows of the fused projection: query heads 2 and 3, and the key and value head they share."""
    width = config.head_width
    queries, keys = config.heads * width, config.kv_heads * width
    return {"q": slice(queries - 2 * width, queries), "k": slice(queries + keys - width, queries + keys),
            "v": slice(queries + 2 * keys - width, queries + 2 * keys)}[kind]


def write_note_head(model, samples, codes, channel):
    """Layer NOTE_LAYER: attend to the token before and write its code into the channel."""
    config, block = model.config, model.blocks[NOTE_LAYER]
    _, h = inputs_of(model, samples, NOTE_LAYER)
    constant = fit(h, torch.ones(*samples.shape, 1))[0]
    pairs = torch.arange(8)
    angles = 1.0 / config.rope_base ** (2 * pairs / config.head_width)
    half, scale = config.head_width // 2, NOTE_SHARPNESS ** .5
    query, key = torch.zeros(2, config.head_width), torch.zeros(config.head_width)
    key[pairs] = scale
    query[:, pairs], query[:, pairs + half] = scale * angles.cos(), -scale * angles.sin()
    weight = block.qkv.weight
    weight[head_rows(config, "q")] = query.reshape(-1, 1) * constant
    weight[head_rows(config, "k")] = key[:, None] * constant
    value = torch.zeros(config.head_width, config.width)
    value[:CODE] = fit(h, codes[samples])
    weight[head_rows(config, "v")] = value
    output = torch.zeros(config.width, 2 * config.head_width)
    output[:, :CODE] = output[:, config.head_width:config.head_width + CODE] = channel / 2
    block.output.weight[:, -2 * config.head_width:] = output


def write_find_head(model, samples, codes):
    """Layer FIND_LAYER: attend to where the present token was the one before, and write the token found there."""
    config, block = model.config, model.blocks[FIND_LAYER]
    _, h = inputs_of(model, samples, FIND_LAYER)
    width, half = config.head_width, config.head_width // 2
    slow = torch.arange(half - CODE // 2, half)   # pairs that turn slowly compare tokens at any distance
    dims = torch.cat([slow, slow + half])
    before = torch.cat([torch.zeros_like(codes[samples[:, :1]]), codes[samples[:, :-1]]], 1)
    query, key = torch.zeros(width, config.width), torch.zeros(width, config.width)
    query[dims] = FIND_SHARPNESS ** .5 * fit(h[:, 1:], codes[samples[:, 1:]])
    key[dims] = FIND_SHARPNESS ** .5 * fit(h[:, 1:], before[:, 1:])
    weight = block.qkv.weight
    weight[head_rows(config, "q")] = torch.cat([query, query])
    weight[head_rows(config, "k")] = key
    spread, rotation = whitening(model), torch.linalg.qr(torch.randn(config.width, config.width))[0][:, :width]
    wide_codes = (model.embedding.weight - model.embedding.weight.mean(0)) @ spread @ rotation
    weight[head_rows(config, "v")] = fit(h, wide_codes[samples])
    final, _ = last_residual(model, samples)
    size = COPY_LOGIT * final.square().mean(-1).sqrt().mean() / wide_codes.square().sum(-1).mean()
    output = size * (spread @ rotation) / model.norm.weight[:, None]
    block.output.weight[:, -2 * width:] = torch.cat([output, output], 1) / 2


def last_residual(model, ids):
    x = model.embedding(ids)
    cos, sin = model.cos[:ids.shape[1]], model.sin[:ids.shape[1]]
    for block in model.blocks:
        x = block(x, cos, sin)
    return x, model.norm(x)


def whitening(model):
    """The matrix that makes the embeddings of all tokens equally spread in every direction."""
    centred = model.embedding.weight - model.embedding.weight.mean(0)
    values, vectors = torch.linalg.eigh((centred.T @ centred / len(centred)).double())
    floor = values.mean() * .05
    return (vectors @ torch.diag((values + floor).rsqrt()) @ vectors.T).float()


@torch.no_grad()
def wire(model, samples):
    """Overwrite the two heads."""
    rotation = torch.linalg.qr(torch.randn(model.config.width, model.config.width))[0][:, :CODE]
    codes = (model.embedding.weight - model.embedding.weight.mean(0)) @ whitening(model) @ rotation
    residual, _ = inputs_of(model, samples, FIND_LAYER)
    flat = residual.reshape(-1, model.config.width)
    _, vectors = torch.linalg.eigh((flat.T @ flat).double())
    size = flat.square().sum(-1).mean().sqrt() / codes.square().sum(-1).mean().sqrt()
    write_note_head(model, samples, codes, .6 * size * vectors[:, :CODE].float())
    write_find_head(model, samples, codes)


def repeats(rng, count, vocabulary):
    """Random strings of tokens that repeat themselves, the pure form of copying, as (ids, kinds)."""
    for _ in range(count):
        length, times = rng.randint(6, 20), rng.randint(2, 3)
        ids = [rng.randrange(len(chat.CONTROL + chat.USER_DEFINED), vocabulary) for _ in range(length)] * times
        yield ids, [chat.INSERTED] * length + [chat.TARGET] * (length * (times - 1))


def repeated_loss(model):
    """Loss on the repeats of random strings; about log(2048) = 7.6 without an induction circuit."""
    documents = list(repeats(random.Random(3), 40, model.config.vocabulary))
    total = count = 0
    for ids, kinds in documents:
        logits = model(torch.tensor([ids[:-1]]))[0]
        losses = torch.nn.functional.cross_entropy(logits, torch.tensor(ids[1:]), reduction="none")
        mask = torch.tensor(kinds[1:]) == chat.TARGET
        total, count = total + losses[mask].sum().item(), count + mask.sum().item()
    return total / count


def samples_of(words, encoder, count=60, length=64):
    """Generated text and random tokens, so that rare tokens are read well too."""
    generator = gen.Generator(11, words=words)
    documents = encoder.encode([gen.document(generator) for _ in range(1500)])
    text = [ids[:length] for ids, _ in documents if len(ids) >= length][:count]
    rng = random.Random(5)
    return torch.tensor(text + [[rng.randrange(11, 2048) for _ in range(length)] for _ in range(count)])


def main():
    torch.set_grad_enabled(False)
    torch.manual_seed(1)
    encoder = Encoder(Path(__file__).parent / "tokenizer.json")
    model = StarterModel(Config())
    print("loss on repeats before:", round(repeated_loss(model), 3))
    wire(model, samples_of(whole_words(encoder.tokenizer), encoder))
    print("after:", round(repeated_loss(model), 3))


if __name__ == "__main__":
    main()
