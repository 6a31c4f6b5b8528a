"""Writes a checkpoint as GGUF, with the quantizer of the `gguf` package."""
import argparse
import json
from pathlib import Path

import gguf
import numpy as np
import torch

import chat
from model import Config, StarterModel

HERE = Path(__file__).parent
TYPES = {"f32": (gguf.GGMLQuantizationType.F32, gguf.LlamaFileType.ALL_F32),
         "f16": (gguf.GGMLQuantizationType.F16, gguf.LlamaFileType.MOSTLY_F16),
         "q8_0": (gguf.GGMLQuantizationType.Q8_0, gguf.LlamaFileType.MOSTLY_Q8_0)}


def load(checkpoint):
    """The averaged weights of a checkpoint as a model."""
    saved = torch.load(checkpoint, map_location="cpu")
    model = StarterModel(Config(**saved["config"]))
    model.load_state_dict(saved["average"])
    return model.eval()


def pairs(weight, heads):
    """Reorder the rows of a head from two halves to the neighbouring pairs llama.cpp rotates."""
    rows, columns = weight.shape
    return weight.reshape(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def halves(weight, heads):
    """The inverse of `pairs`."""
    rows, columns = weight.shape
    return weight.reshape(heads, rows // heads // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)


def tensors(model):
    """(name, array) of every tensor of the GGUF file."""
    c = model.config
    yield "token_embd.weight", model.embedding.weight
    for i, block in enumerate(model.blocks):
        q, k, v = block.qkv.weight.split(block.qkv_sizes())
        gate, up = block.gate_up.weight.chunk(2)
        yield f"blk.{i}.attn_norm.weight", block.attention_norm.weight
        yield f"blk.{i}.attn_q.weight", pairs(q, c.heads)
        yield f"blk.{i}.attn_k.weight", pairs(k, c.kv_heads)
        yield f"blk.{i}.attn_v.weight", v
        yield f"blk.{i}.attn_output.weight", block.output.weight
        yield f"blk.{i}.ffn_norm.weight", block.feed_forward_norm.weight
        yield f"blk.{i}.ffn_gate.weight", gate
        yield f"blk.{i}.ffn_up.weight", up
        yield f"blk.{i}.ffn_down.weight", block.down.weight
    yield "output_norm.weight", model.norm.weight


def add_tokenizer(writer, tokenizer):
    """Tokens, merges and special ids out of a tokenizer.json."""
    data = json.loads(Path(tokenizer).read_text())["model"]
    tokens = sorted(data["vocab"], key=data["vocab"].get)
    kinds = [gguf.TokenType.CONTROL if token in chat.CONTROL else
             gguf.TokenType.USER_DEFINED if token in chat.USER_DEFINED else gguf.TokenType.NORMAL for token in tokens]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges([merge if isinstance(merge, str) else " ".join(merge) for merge in data["merges"]])
    end_of_text, im_end = (data["vocab"][token] for token in (chat.END_OF_TEXT, chat.IM_END))
    writer.add_bos_token_id(end_of_text)
    writer.add_eos_token_id(im_end)
    writer.add_eot_token_id(im_end)
    writer.add_pad_token_id(end_of_text)
    writer.add_add_bos_token(False)


def write(model, tokenizer, out, kind):
    """Write the model with its tokenizer and chat template."""
    c = model.config
    tensor_type, file_type = TYPES[kind]
    writer = gguf.GGUFWriter(out, "llama")
    writer.add_name("Paddock Starter")
    writer.add_description("A tiny model that answers questions about Paddock, trained on generated text")
    writer.add_license("apache-2.0")
    writer.add_size_label(f"{sum(p.numel() for p in model.parameters()) / 1e6:.1f}M")
    writer.add_file_type(file_type)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    writer.add_vocab_size(c.vocabulary)
    writer.add_context_length(c.context)
    writer.add_embedding_length(c.width)
    writer.add_block_count(c.layers)
    writer.add_feed_forward_length(c.feed_forward)
    writer.add_head_count(c.heads)
    writer.add_head_count_kv(c.kv_heads)
    writer.add_layer_norm_rms_eps(c.epsilon)
    writer.add_rope_freq_base(c.rope_base)
    writer.add_rope_dimension_count(c.head_width)
    add_tokenizer(writer, tokenizer)
    writer.add_chat_template((HERE / "template.jinja").read_text().rstrip("\n"))
    for name, weight in tensors(model):
        array = np.ascontiguousarray(weight.detach().float().numpy())
        kind_here = tensor_type if array.ndim == 2 else gguf.GGMLQuantizationType.F32
        writer.add_tensor(name, gguf.quants.quantize(array, kind_here), raw_dtype=kind_here)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def read(path):
    """A GGUF file written here as a torch model, dequantized: what a runner computes with."""
    found = {tensor.name: torch.tensor(gguf.quants.dequantize(tensor.data, tensor.tensor_type)) for tensor in gguf.GGUFReader(path).tensors}
    model = StarterModel(Config())
    c = model.config
    with torch.no_grad():
        model.embedding.weight.copy_(found["token_embd.weight"])
        model.norm.weight.copy_(found["output_norm.weight"])
        for i, block in enumerate(model.blocks):
            def get(name):
                return found[f"blk.{i}.{name}.weight"]
            block.qkv.weight.copy_(torch.cat([halves(get("attn_q"), c.heads), halves(get("attn_k"), c.kv_heads), get("attn_v")]))
            block.gate_up.weight.copy_(torch.cat([get("ffn_gate"), get("ffn_up")]))
            block.output.weight.copy_(get("attn_output"))
            block.down.weight.copy_(get("ffn_down"))
            block.attention_norm.weight.copy_(get("attn_norm"))
            block.feed_forward_norm.weight.copy_(get("ffn_norm"))
    return model.eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", help="a checkpoint of train.py, or 'random' for untrained weights")
    parser.add_argument("out")
    parser.add_argument("--type", choices=TYPES, default="q8_0")
    parser.add_argument("--tokenizer", default=HERE / "tokenizer.json")
    options = parser.parse_args()
    torch.manual_seed(1)
    model = StarterModel(Config()) if options.checkpoint == "random" else load(options.checkpoint)
    write(model, options.tokenizer, options.out, options.type)
    print(options.out, Path(options.out).stat().st_size, "bytes")


if __name__ == "__main__":
    main()
