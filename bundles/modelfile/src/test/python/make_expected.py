"""
What PyTorch and the makers' own classes compute from tiny models: the numbers that the tests of the conversion compare
with. Run by hand when a case is added, never by the build:

    pip install torch transformers sentencepiece
    python make_expected.py ../resources/convert

The weights are not kept: each is a function of its tensor's name and its place, which the tests compute as well.
"""

import copy
import json
import math
import pathlib
import sys

import numpy
import torch
import transformers

import tokenizers_made

TOKENS = 24
POSITIONS = [0, 9, 23]
DTYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}


def weights(name, shape, base, amplitude):
    """splitmix64 of the name's FNV-1a hash and the place, as 24 bits between base - amplitude and base + amplitude."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = (seed ^ byte) * 0x100000001B3 % 2**64
    with numpy.errstate(over="ignore"):
        z = numpy.uint64(seed) + (numpy.arange(math.prod(shape), dtype=numpy.uint64) + numpy.uint64(1)) * numpy.uint64(
            0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        z = z ^ (z >> numpy.uint64(31))
    unit = (z >> numpy.uint64(40)).astype(numpy.float64) / 2**24
    return torch.from_numpy((base + amplitude * (2 * unit - 1)).astype(numpy.float32).reshape(shape))


def spread(name, shape, gemma):
    """Base and amplitude that make a model's numbers neither vanish nor explode."""
    if name.endswith("bias"):
        return 0, 0.2
    if len(shape) == 1:
        return (0, 0.3) if gemma else (1, 0.3)
    if "embed" in name:
        return 0, 0.5 if gemma else 1.0
    return 0, round(1.5 * math.sqrt(3 / shape[1]), 4)


def tensors_of(model, rename, gemma):
    listed = []
    for name, tensor in model.state_dict().items():
        for file_name, shape in rename(name, list(tensor.shape)):
            base, amplitude = spread(file_name, shape, gemma)
            listed.append([file_name, shape, base, amplitude])
    return listed


def fill(model, listed, state_name, dtype):
    state = {}
    for name, shape, base, amplitude in listed:
        state[name] = weights(name, shape, base, amplitude).to(DTYPES[dtype]).to(torch.float32)
    mine = {}
    for name in model.state_dict():
        mine[name] = state_name(name, state)
    model.load_state_dict(mine, strict=True)
    return state


def decoder(case):
    """A decoder's logits at some places of a text of arbitrary tokens."""
    config = copy.deepcopy(case["config"])
    text = config.get("text_config", config)
    prefix = case.get("prefix", "")
    made = getattr(transformers, case["class"])
    own = made.config_class(**{k: v for k, v in text.items() if k not in ("architectures", "model_type")})
    own._attn_implementation = "eager"
    model = made(own).eval()
    gemma = "Gemma" in case["class"]
    tied = own.tie_word_embeddings
    listed = tensors_of(
        model, lambda n, s: [] if tied and n == "lm_head.weight" else [(prefix + n, s)], gemma)

    def state_name(name, state):
        return state[prefix + ("model.embed_tokens.weight" if tied and name == "lm_head.weight" else name)]

    state = fill(model, listed, state_name, case["dtype"])
    tokens = arbitrary(case, text["vocab_size"])
    expected = {"dtype": case["dtype"], "tokenizer": case["tokenizer"], "shards": case.get("shards", 1),
                "tokens": tokens, "positions": POSITIONS, "tensors": listed, "logits": logits(model, tokens)}
    if "adapter" in case:
        expected["adapter"] = adapter(case["adapter"], model, state, prefix, tokens)
    return expected


def arbitrary(case, size):
    return [int(7 + (i * 7919 + case["name"].__len__() * 31) % (min(size, case.get("last", size)) - 7))
            for i in range(TOKENS)]


def logits(model, tokens):
    with torch.no_grad():
        rows = model(torch.tensor([tokens])).logits[0]
    return [[float(f"{x:.5g}") for x in rows[p].tolist()] for p in POSITIONS]


def adapter(settings, model, state, prefix, tokens):
    """The same with a LoRA adapter of PEFT's form added to the weights."""
    rank, alpha = settings["r"], settings["lora_alpha"]
    listed = []
    mine = model.state_dict()
    for name in list(mine):
        if not any(name.endswith(m + ".weight") for m in settings["target_modules"]):
            continue
        base = "base_model.model." + name.removesuffix(".weight")
        rows, columns = mine[name].shape
        a = [base + ".lora_A.weight", [rank, columns], 0, round(math.sqrt(3 / columns), 4)]
        b = [base + ".lora_B.weight", [rows, rank], 0, 0.3]
        scale = alpha / math.sqrt(rank) if settings.get("use_rslora") else alpha / rank
        mine[name] = mine[name] + scale * (weights(*b) @ weights(*a))
        listed += [a, b]
    model.load_state_dict(mine)
    return {"config": settings, "tensors": listed, "logits": logits(model, tokens)}


def bert(case):
    config = transformers.BertConfig(**{k: v for k, v in case["config"].items() if k != "architectures"})
    config._attn_implementation = "eager"
    model = transformers.BertModel(config, add_pooling_layer=True).eval()
    listed = tensors_of(model, lambda n, s: [(n, s)], False)
    fill(model, listed, lambda n, s: s[n], case["dtype"])
    return vector(case, model, listed)


def nomic(case):
    theirs = case["config"]
    config = transformers.NomicBertConfig(
        vocab_size=theirs["vocab_size"], hidden_size=theirs["n_embd"], num_hidden_layers=theirs["n_layer"],
        num_attention_heads=theirs["n_head"], intermediate_size=theirs["n_inner"],
        max_position_embeddings=theirs["n_positions"], layer_norm_eps=theirs["layer_norm_epsilon"],
        rope_parameters={"rope_type": "default", "rope_theta": float(theirs["rotary_emb_base"])})
    config._attn_implementation = "eager"
    model = transformers.NomicBertModel(config).eval()

    def published(name):
        name = name.replace("embeddings.LayerNorm", "emb_ln").replace("self_attn.o_proj", "attn.out_proj")
        for new, old in {"up_proj": "fc11", "gate_proj": "fc12", "down_proj": "fc2",
                         "post_attention_layernorm": "norm1", "post_mlp_layernorm": "norm2"}.items():
            name = name.replace(new, old)
        return ("encoder." + name) if name.startswith("layers.") else name

    def rename(name, shape):
        if ".k_proj" in name or ".v_proj" in name:
            return []
        if ".q_proj" in name:
            return [(published(name).replace("self_attn.q_proj", "attn.Wqkv"), [3 * shape[0], shape[1]])]
        return [(published(name), shape)]

    def state_name(name, state):
        for i, part in enumerate(["q_proj", "k_proj", "v_proj"]):
            if f".{part}" in name:
                whole = state[published(name).replace(f"self_attn.{part}", "attn.Wqkv")]
                return whole.chunk(3)[i]
        return state[published(name)]

    listed = tensors_of(model, rename, False)
    fill(model, listed, state_name, case["dtype"])
    return vector(case, model, listed)


def vector(case, model, listed):
    tokens = [2] + arbitrary(case, case["config"]["vocab_size"])[:14] + [3]
    with torch.no_grad():
        states = model(torch.tensor([tokens])).last_hidden_state[0]
    pooled = states.mean(0) if case["pooling"] == "mean" else states[0]
    return {"dtype": case["dtype"], "tokenizer": "wordpiece", "shards": 1, "tokens": tokens, "pooling": case["pooling"],
            "tensors": listed, "vector": [float(f"{x:.5g}") for x in pooled.tolist()]}


def cases():
    llama = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": 336, "hidden_size": 64,
             "intermediate_size": 96, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
             "max_position_embeddings": 512, "rms_norm_eps": 1e-5, "hidden_act": "silu", "tie_word_embeddings": False,
             "rope_theta": 10000.0}
    small = {**llama, "vocab_size": 400}
    lora = {"peft_type": "LORA", "r": 4, "lora_alpha": 8, "target_modules": ["q_proj", "k_proj", "v_proj", "down_proj"]}
    yield {"name": "llama3", "class": "LlamaForCausalLM", "dtype": "F16", "tokenizer": "bpe", "shards": 3, "last": 316,
           "adapter": lora, "run": decoder,
           "config": {**llama, "bos_token_id": 316, "eos_token_id": [317, 318], "rope_scaling": {
               "rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
               "original_max_position_embeddings": 64}}}
    yield {"name": "llama-linear", "class": "LlamaForCausalLM", "dtype": "F32", "tokenizer": "spm/llama",
           "run": decoder, "config": {**small, "tie_word_embeddings": True, "attention_bias": True, "mlp_bias": True,
                                      "num_key_value_heads": 4, "rope_scaling": {"type": "linear", "factor": 4.0}}}
    yield {"name": "mistral", "class": "MistralForCausalLM", "dtype": "BF16", "tokenizer": "spm/llama", "run": decoder,
           "config": {**small, "architectures": ["MistralForCausalLM"], "model_type": "mistral", "head_dim": 32,
                      "sliding_window": None, "rope_theta": 1000000.0}}
    qwen = {**llama, "architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "tie_word_embeddings": True}
    yield {"name": "qwen2", "class": "Qwen2ForCausalLM", "dtype": "F16", "tokenizer": "bpe", "last": 316,
           "run": decoder, "config": qwen}
    yield {"name": "qwen2-yarn", "class": "Qwen2ForCausalLM", "dtype": "BF16", "tokenizer": "bpe", "last": 316,
           "run": decoder, "config": {**qwen, "rope_scaling": {
               "rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 128}}}
    yield {"name": "qwen3", "class": "Qwen3ForCausalLM", "dtype": "F16", "tokenizer": "bpe", "last": 316, "run": decoder,
           "config": {**qwen, "architectures": ["Qwen3ForCausalLM"], "model_type": "qwen3", "head_dim": 32}}
    gemma = {**small, "architectures": ["Gemma2ForCausalLM"], "model_type": "gemma2", "tie_word_embeddings": True,
             "head_dim": 32, "sliding_window": 8, "attn_logit_softcapping": 50.0, "final_logit_softcapping": 30.0,
             "query_pre_attn_scalar": 32, "hidden_activation": "gelu_pytorch_tanh", "rms_norm_eps": 1e-6,
             "pad_token_id": 0, "eos_token_id": 1, "bos_token_id": 2}
    gemma.pop("hidden_act")
    yield {"name": "gemma2", "class": "Gemma2ForCausalLM", "dtype": "F16", "tokenizer": "spm/gemma", "run": decoder,
           "adapter": {**lora, "use_rslora": True, "target_modules": ["q_proj", "o_proj", "gate_proj"]},
           "config": gemma}
    third = {**gemma, "model_type": "gemma3_text", "num_hidden_layers": 7, "rope_theta": 1000000.0,
             "rope_local_base_freq": 10000.0, "attn_logit_softcapping": None, "final_logit_softcapping": None}
    third.pop("architectures")
    yield {"name": "gemma3", "class": "Gemma3ForCausalLM", "dtype": "BF16", "tokenizer": "spm/gemma", "run": decoder,
           "prefix": "language_model.",
           "config": {"architectures": ["Gemma3ForConditionalGeneration"], "model_type": "gemma3",
                      "text_config": {**third, "rope_scaling": {"rope_type": "linear", "factor": 8.0}},
                      "vision_config": {"hidden_size": 16}}}
    yield {"name": "gemma3-period", "class": "Gemma3ForCausalLM", "dtype": "F16", "tokenizer": "spm/gemma",
           "run": decoder, "config": {
               **third, "architectures": ["Gemma3ForCausalLM"], "num_hidden_layers": 5,
               "layer_types": ["sliding_attention", "sliding_attention", "full_attention", "sliding_attention",
                               "sliding_attention"]}}
    phi = {**small, "architectures": ["Phi3ForCausalLM"], "model_type": "phi3", "num_key_value_heads": 2,
           "pad_token_id": 0, "sliding_window": None, "original_max_position_embeddings": 512}
    yield {"name": "phi3", "class": "Phi3ForCausalLM", "dtype": "F16", "tokenizer": "spm/llama", "run": decoder,
           "config": phi}
    factors = {"type": "longrope", "short_factor": [1.0, 1.05, 1.1, 1.2, 1.3, 1.5, 1.7, 2.0],
               "long_factor": [1.1, 1.5, 2.0, 3.0, 4.5, 6.0, 9.0, 12.0]}
    yield {"name": "phi3-short", "class": "Phi3ForCausalLM", "dtype": "F16", "tokenizer": "spm/llama", "run": decoder,
           "config": {**phi, "rope_scaling": factors, "max_position_embeddings": 8192,
                      "original_max_position_embeddings": 4096}}
    part = {**factors, "short_factor": factors["short_factor"][:6], "long_factor": factors["long_factor"][:6]}
    yield {"name": "phi3-long", "class": "Phi3ForCausalLM", "dtype": "F16", "tokenizer": "spm/llama", "run": decoder,
           "config": {**phi, "rope_scaling": part, "partial_rotary_factor": 0.75, "max_position_embeddings": 512,
                      "original_max_position_embeddings": 16}}
    encoder = {"architectures": ["BertModel"], "model_type": "bert", "vocab_size": 300, "hidden_size": 64,
               "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4,
               "max_position_embeddings": 128, "type_vocab_size": 2, "layer_norm_eps": 1e-12, "hidden_act": "gelu"}
    yield {"name": "bert-mean", "dtype": "F32", "pooling": "mean", "run": bert, "config": encoder}
    yield {"name": "bert-cls", "dtype": "F16", "pooling": "cls", "run": bert, "config": encoder}
    yield {"name": "nomic-bert", "dtype": "F16", "pooling": "mean", "run": nomic, "config": {
        "architectures": ["NomicBertModel"], "model_type": "nomic_bert", "vocab_size": 304, "n_embd": 64,
        "n_inner": 96, "n_layer": 2, "n_head": 4, "n_positions": 128, "layer_norm_epsilon": 1e-12,
        "activation_function": "swiglu", "rotary_emb_base": 5000, "rotary_emb_fraction": 1.0,
        "rotary_emb_interleaved": False, "rotary_emb_scale_base": None, "qkv_proj_bias": False, "mlp_fc1_bias": False,
        "mlp_fc2_bias": False, "prenorm": False, "causal": False, "type_vocab_size": 2}}


def main(folder):
    torch.manual_seed(0)
    tokenizers_made.make(folder / "tokenizers")
    for case in cases():
        to = folder / "models" / case["name"]
        to.mkdir(parents=True, exist_ok=True)
        (to / "config.json").write_text(json.dumps(case["config"], indent=2))
        (to / "expected.json").write_text(json.dumps(case["run"](case), separators=(",", ":")))
        print(case["name"])


main(pathlib.Path(sys.argv[1]))
