"""Tiny tokenizers of each kind, and what the makers' own libraries make of a few texts."""

import io
import json

import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

CORPUS = [
    "The horses stand in the paddock and look over the fence at the road.",
    "Who are you? I'm a small model, and I don't know much; we'll see what they've done.",
    "One, two, three: 1234567890 and 3.14159 are numbers. The price is 25 EUR.",
    "def paddock(horses):\n    for horse in horses:\n        print(horse.name)\n\n    return len(horses)",
    "Größe, Straße, naïve, café, über, señor; Привет, мир! 你好，世界。 こんにちは",
    "A stable runs in the shade. The runner runs, the rider rides, the fence stands where it stood.",
] * 4

TEXTS = [
    "Hello world",
    " The horses  stand   in the paddock",
    "I'm sure they'LL say we'Ve don't",
    "3 33 333 3333 33333 and 3.14159",
    "def f(x):\n\treturn x\n\n\n    # done  \n",
    "Größe Straße naïve CAFÉ über",
    "Привет, мир! 你好，世界。 こんにちは",
    "emoji 🚀 and 😶‍🌫️ end",
    "!!!???... ------=== <h1>\"quoted\"</h1>",
    "trailing spaces   ",
    "\n \n\n \n\n\n \t \t\t",
    "",
]

CONTRACTIONS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
REST = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
REST_SLASH = r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
UPPER = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"
LOWER = r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
LLAMA3 = CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}" + REST
QWEN2 = CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}" + REST
TEKKEN = UPPER + "*" + LOWER + "+|" + UPPER + "+" + LOWER + r"*|\p{N}" + REST_SLASH
GPT4O = (UPPER + "*" + LOWER + "+" + CONTRACTIONS + "?|" + UPPER + "+" + LOWER + "*" + CONTRACTIONS + r"?|\p{N}{1,3}"
         + REST_SLASH)


def split(regex):
    return pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(regex), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


# Name of llama.cpp's way, the makers' steps, whether a word that is a token is taken whole.
WAYS = [
    ("llama-bpe", split(LLAMA3), True),
    ("dbrx", split(LLAMA3), False),
    ("qwen2", split(QWEN2), False),
    ("tekken", split(TEKKEN), True),
    ("gpt-4o", split(GPT4O), False),
    ("gpt-2", pre_tokenizers.ByteLevel(add_prefix_space=False), False),
    ("smollm", pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]), False),
]


def byte_pairs(folder):
    """tokenizer.json of merged bytes; what differs between the ways goes into the expectations."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = split(LLAMA3)
    made.decoder = decoders.ByteLevel()
    made.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=316, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    made.add_special_tokens(["<|begin_of_text|>", "<|end_of_text|>", "<|eot_id|>"])
    made.add_tokens([AddedToken("<tool>", normalized=False)])
    made.post_processor = processors.TemplateProcessing(
        single="<|begin_of_text|> $A", pair="<|begin_of_text|> $A <|begin_of_text|> $B",
        special_tokens=[("<|begin_of_text|>", made.token_to_id("<|begin_of_text|>"))])
    text = json.loads(made.to_str())
    (folder / "tokenizer.json").write_text(json.dumps(text, ensure_ascii=False, separators=(",", ":")))
    texts = TEXTS + ["a <tool> b<|eot_id|>c"]
    ways = []
    for name, steps, whole in WAYS:
        made.pre_tokenizer = steps
        text = json.loads(made.to_str())
        text["model"]["ignore_merges"] = whole
        made_so = Tokenizer.from_str(json.dumps(text))
        ways.append({"name": name, "pre_tokenizer": text["pre_tokenizer"], "ignore_merges": whole,
                     "ids": [made_so.encode(t).ids for t in texts]})
    return {"texts": texts, "ways": ways}


def train(**options):
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(CORPUS), model_writer=model, vocab_size=400, model_type="bpe", byte_fallback=True,
        normalization_rule_name="identity", remove_extra_whitespaces=False, character_coverage=0.98,
        split_digits=True, allow_whitespace_only_pieces=True, minloglevel=2, **options)
    return model.getvalue()


def sentence_pieces(folder):
    """tokenizer.model, once with a space before each text, and once with tokens of its makers and without that space."""
    expected = {}
    for name, options in {
        "llama": {},
        "gemma": {"add_dummy_prefix": False, "pad_id": 0, "eos_id": 1, "bos_id": 2, "unk_id": 3,
                  "user_defined_symbols": ["\n\n", "\n\n\n", "\n\n\n\n", "\u2581\u2581", "\u2581\u2581\u2581", "\u2581\u2581\u2581\u2581",
                                           "<h1>", "</h1>", "<unused0>"]},
    }.items():
        to = folder / name
        to.mkdir(parents=True, exist_ok=True)
        model = train(**options)
        (to / "tokenizer.model").write_bytes(model)
        made = sentencepiece.SentencePieceProcessor(model_proto=model)
        ids = [[made.bos_id()] + made.encode(t) for t in TEXTS]
        expected[name] = {"texts": TEXTS, "ids": ids, "bos": made.bos_id(), "eos": made.eos_id()}
        merged(made, to, options.get("user_defined_symbols", []))
    return expected


def merged(made, folder, own):
    """The same as tokenizer.json: merges instead of scores, in the order that the makers' converter gives them."""
    vocabulary = {made.id_to_piece(i): i for i in range(made.vocab_size())}
    scores = {made.id_to_piece(i): made.get_score(i) for i in range(made.vocab_size())}
    merges = []
    for piece, score in scores.items():
        for i in range(1, len(piece)):
            if piece[:i] in vocabulary and piece[i:] in vocabulary:
                merges.append((piece[:i], piece[i:], score))
    merges.sort(key=lambda m: (m[2], len(m[0]), len(m[1])), reverse=True)
    tokenizer = Tokenizer(models.BPE(vocabulary, [m[:2] for m in merges], unk_token=made.id_to_piece(made.unk_id()),
                                     fuse_unk=True, byte_fallback=True))
    steps = [normalizers.Prepend("\u2581")] if not own else []
    tokenizer.normalizer = normalizers.Sequence(steps + [normalizers.Replace(" ", "\u2581")])
    tokenizer.add_special_tokens([made.id_to_piece(i) for i in range(made.vocab_size()) if made.is_control(i)]
                                 + [made.id_to_piece(made.unk_id())])
    tokenizer.add_tokens([AddedToken(t, normalized=False) for t in own])
    bos = made.id_to_piece(made.bos_id())
    tokenizer.post_processor = processors.TemplateProcessing(
        single=bos + " $A", pair=bos + " $A " + bos + " $B", special_tokens=[(bos, made.bos_id())])
    text = json.loads(tokenizer.to_str())
    (folder / "tokenizer.json").write_text(json.dumps(text, ensure_ascii=False, separators=(",", ":")))


def word_pieces(folder):
    """vocab.txt and tokenizer.json."""
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    made.train_from_iterator(CORPUS, trainers.WordPieceTrainer(
        vocab_size=300, special_tokens=special, continuing_subword_prefix="##", show_progress=False))
    ids = {t: made.token_to_id(t) for t in special}
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", ids["[CLS]"]), ("[SEP]", ids["[SEP]"])])
    text = json.loads(made.to_str())
    (folder / "tokenizer.json").write_text(json.dumps(text, ensure_ascii=False, separators=(",", ":")))
    tokens = sorted(made.get_vocab().items(), key=lambda t: t[1])
    (folder / "vocab.txt").write_text("".join(t + "\n" for t, _ in tokens))
    return {"texts": TEXTS, "ids": [made.encode(t).ids for t in TEXTS], "cls": ids["[CLS]"], "sep": ids["[SEP]"]}


def make(folder):
    expected = {}
    for name, maker in {"bpe": byte_pairs, "spm": sentence_pieces, "wordpiece": word_pieces}.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        expected[name] = maker(folder / name)
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, separators=(",", ":")))
