"""Trains the tokenizer, and encodes training documents.

Byte-level BPE with the `gpt-2` pre-tokenizer of llama.cpp. Digits are split off while the merges are learned, so that no merge holds a
digit and every number is read digit by digit. Emoji and accented letters are left out, so that they stay bytes: text
that arrives in halves of characters is exactly what a server has to be tested with.
"""
import argparse
import random
import re

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

import chat
import gen

VOCABULARY = 2048
GPT2_SPLIT = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"


def train(path, documents=30000):
    """Learn the merges from generated text."""
    generator, texts = gen.Generator(99), []
    for _ in range(documents):
        text = "".join(text for text, _ in gen.document(generator).segments())
        text = re.sub("|".join(re.escape(token) for token in chat.CONTROL + chat.USER_DEFINED), "\n", text)
        texts.append("".join(char for char in text if ord(char) < 128))
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(GPT2_SPLIT), "isolated"), pre_tokenizers.Digits(individual_digits=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=chat.CONTROL + chat.USER_DEFINED, max_token_length=14, min_frequency=8,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    # User-defined tokens are ordinary text that stays whole; only control tokens are special.
    tokenizer.save(str(path))
    return tokenizer


def whole_words(tokenizer):
    """All words of three letters or more that are one token, with or without a space before them."""
    found = {re.sub("^Ġ", "", token) for token in tokenizer.get_vocab()}
    return sorted(word for word in found if re.fullmatch("[A-Za-z]{3,}", word))


class Encoder:
    """Encodes documents into token ids and kinds of segment."""

    def __init__(self, path, seed=0):
        self.tokenizer = Tokenizer.from_file(str(path))
        self.splitting = Tokenizer.from_file(str(path))
        self.splitting.model.dropout = .3
        self.rng = random.Random(seed)

    def encode(self, documents):
        """(ids, kinds) of every document; all plain segments are encoded in one go because that is much faster."""
        texts, owners = [], []
        result = [([], []) for _ in documents]
        for i, document in enumerate(documents):
            if document.pieces:
                continue
            for text, kind in document.segments():
                texts.append(text)
                owners.append((i, kind))
        for encoding, (i, kind) in zip(self.tokenizer.encode_batch_fast(texts), owners):
            result[i][0].extend(encoding.ids)
            result[i][1].extend([kind] * len(encoding.ids))
        for i, document in enumerate(documents):
            if document.pieces:
                result[i] = self._in_pieces(document)
        return result

    def _in_pieces(self, document):
        """Cut half of the words into smaller tokens than usual, the same word in the same way within a document."""
        known, ids, kinds = {}, [], []
        for text, kind in document.segments():
            for part in re.split(r"(<\|?\w+\|?>|</\w+>|(?<![A-Za-z]) ?[A-Za-z]{3,})", text):
                if re.fullmatch(r" ?[A-Za-z]{3,}", part):
                    word = part.lstrip()
                    if word not in known:
                        known[word] = self.splitting.encode(word).ids if self.rng.random() < .5 else None
                    pieces = known[word]
                    if pieces is None:
                        pieces = self.tokenizer.encode(part).ids
                    elif part != word:
                        pieces = [self.tokenizer.token_to_id("Ġ")] + pieces
                else:
                    pieces = self.tokenizer.encode(part).ids if part else []
                ids.extend(pieces)
                kinds.extend([kind] * len(pieces))
        return ids, kinds


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", default="tokenizer.json")
    print("tokens:", train(parser.parse_args().out).get_vocab_size())
