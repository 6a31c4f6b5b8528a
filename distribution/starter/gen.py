"""Writes the training text: endless conversations of a small world, every one with a known right answer.

A *skill* is a method of `Generator` that returns a `Sample`: some exchanges that belong together. `document` turns one or
more samples into a conversation with a system prompt and a thinking mode. Prompts are divided by a hash: one in ten
belongs to the test half and is never trained on. No word is held out, only combinations of words: a token that was
never an answer cannot be produced.
"""
import hashlib
import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

import chat
import faq
from words import (ACCENTED, ADJECTIVES, ALPHABETS, ANIMALS, CITIES, COLOURS, COUNTRIES, EMOJI, FOODS, JOBS, NAMES, NOUNS,
                   ROOMS, VERBS, all_words, pseudo_word)

TEST_SHARE = 10  # per cent of all prompts
SYSTEMS = ["You are a helpful assistant.", "You are a helpful AI assistant.", "Be brief.", "You are a friendly assistant.",
           "You are the Paddock starter.", "You are an assistant. Answer briefly.", "Answer in English."]
STOP_WORDS = set("a an the to do i is it of my me can you please how what are in does".split())


def _normal(text):
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


_FREE = {_normal(question) for question, _ in json.loads((Path(__file__).parent / "free_questions.json").read_text())}


def is_test(key):
    """Whether a prompt belongs to the held-out part."""
    return int(hashlib.md5(key.encode()).hexdigest()[:8], 16) % 100 < TEST_SHARE


@dataclass
class Turn:
    """One exchange. The user's part is text, or the results of the calls of the turn before."""
    user: str
    answer: str
    thought: str = "A short answer is enough."
    calls: list = field(default_factory=list)
    results: list = field(default_factory=list)


@dataclass
class Sample:
    skill: str
    turns: list
    tools: list = None
    key: str = None
    think_share: float = 0.17


class Generator:
    """A stream of samples; `test` chooses the half of the prompts, `words` adds words to the copying skills."""

    def __init__(self, seed, test=False, words=()):
        self.rng = random.Random(seed)
        self.test = test
        self.words = sorted(set(all_words()) | set(words))

    def choice(self, items):
        return self.rng.choice(items)

    def chance(self, share):
        return self.rng.random() < share

    def sample(self, skill):
        """A sample of a skill whose prompt belongs to this generator's half."""
        while True:
            sample = getattr(self, skill)()
            key = sample.key or "\n".join(turn.user for turn in sample.turns)
            if _normal(sample.turns[-1].user) not in _FREE and is_test(skill + key) == self.test:
                return sample

    # ---- words

    def name(self):
        return pseudo_word(self.rng, True) if self.chance(.35) else self.choice(NAMES)

    def city(self):
        return pseudo_word(self.rng, True) if self.chance(.25) else self.choice(CITIES)

    def word(self):
        x = self.rng.random()
        if x < .6:
            return self.choice(self.words)
        return pseudo_word(self.rng, self.chance(.3)) if x < .93 else str(self.rng.randint(0, 9999))

    def unicode_word(self):
        x = self.rng.random()
        if x < .4:
            return self.choice(EMOJI)
        if x < .75:
            return self.choice(ACCENTED)
        alphabet = self.choice(ALPHABETS)
        return "".join(self.choice(alphabet) for _ in range(self.rng.randint(1, 5)))

    def phrase(self):
        """Something to copy: a word, a few words, a small sentence or letters from anywhere in Unicode."""
        x = self.rng.random()
        if x < .4:
            return self.word()
        if x < .6:
            return " ".join(self.word() for _ in range(self.rng.randint(2, 5)))
        if x < .75:
            return f"{self.choice(ADJECTIVES)} {self.choice(NOUNS)}"
        if x < .88:
            return f"the {self.choice(ADJECTIVES)} {self.choice(NOUNS)} {self.choice(VERBS)}"
        return " ".join(self.unicode_word() if self.chance(.6) else self.word() for _ in range(self.rng.randint(1, 4)))

    # ---- people do not write like grammars

    def noise(self, text):
        """Vary case, punctuation and politeness, drop a small word or mistype one."""
        rng = self.rng
        if self.chance(.12):
            words = text.split()
            small = [i for i, word in enumerate(words) if word in STOP_WORDS]
            if small and len(words) > 3:
                del words[rng.choice(small)]
            text = " ".join(words)
        if self.chance(.05) and len(text) > 8:
            i = rng.randrange(2, len(text) - 2)
            text = text[:i] + text[i + 1] + text[i] + text[i + 2:] if self.chance(.5) else text[:i] + text[i + 1:]
        if self.chance(.07):
            text = rng.choice(["hi, ", "hello! ", "please: ", "hey, ", "okay, ", "one question: ", "so, ", "and ",
                               "sorry, ", "tell me, ", "now "]) + text
        if self.chance(.06):
            text += rng.choice([", please", " please", ", thanks", " now", " then", " in paddock", " with paddock"])
        text = re.sub(r"\bi\b", "I", text) if self.chance(.75) else text
        if self.chance(.6):
            text = text[:1].upper() + text[1:]
            text = re.sub(r"\b(paddock)\b", lambda m: "Paddock" if self.chance(.6) else m.group(1), text)
            text = re.sub(r"\b(openai|ollama|java|gguf|llama 3)\b", self._proper, text)
        question = re.match(r"(hi, |hello! |so, |and )?(how|what|which|where|who|why|is|are|do|does|can|when|will|must|may)\b", text, re.I)
        return text + rng.choices([("?" if question else "."), "", "?", "!"], [.55, .35, .07, .03])[0]

    @staticmethod
    def _proper(match):
        return {"openai": "OpenAI", "ollama": "Ollama", "java": "Java", "gguf": "GGUF", "llama 3": "Llama 3"}[match.group(1)]

    # ---- questions with fixed answers

    def faq(self):
        answer, patterns = self.choice(faq.PADDOCK)
        core = faq.expand(self.choice(patterns), self.rng)
        return Sample("faq", [Turn(self.noise(core), answer, "A question about Paddock.")], key=core)

    def chat(self):
        answer, patterns = self.choice(faq.CHAT[:8] if self.chance(.45) else faq.CHAT)
        core = faq.expand(self.choice(patterns), self.rng)
        user = self.noise(core)
        return Sample("chat", [Turn(user, answer, "A friendly question. I answer briefly.")], key=user)

    def unknown(self):
        """Questions about the rest of the world; the only right answer is that it is another world."""
        r, c = self.rng, self.choice
        thing, other = (c(self.words).lower() if self.chance(.7) else pseudo_word(r) for _ in range(2))
        name, place = self.name(), c(COUNTRIES + CITIES)
        user = c([
            f"who invented the {thing}", f"what is the history of {thing}", f"how many {thing}s are in {place}",
            f"explain the theory of {thing}", f"write a program that {c(VERBS)}", f"who won the {thing} cup in {r.randint(1900, 2030)}",
            f"what do you think about {name}", f"translate {thing} into {c(['French', 'German', 'Italian', 'Latin'])}",
            f"when was {name} born", f"how do i cook {thing}", f"how do i make {thing} {c(['soup', 'pie', 'bread', 'sauce'])}",
            f"how far is {place} from {c(CITIES)}", f"who is the {c(['king', 'queen', 'president', 'mayor', 'capital'])} of {place}",
            f"what is the capital of {place}", f"what is the meaning of {thing}", f"write an essay about the {thing} and the {other}",
            f"what is {r.randint(2, 99)} times {r.randint(2, 99)}", f"what is {r.randint(2, 999)} {c('-*/')} {r.randint(2, 99)}",
            f"why does the {thing} {c(['move', 'fall', 'shine', 'sing'])}", f"is the {thing} better than the {other}", f"how tall is {name}",
            f"write {c(['python', 'java', 'c', 'javascript'])} code for a {thing}", f"write a {c(['function', 'class', 'script'])} that {c(['sorts', 'counts', 'reads', 'prints'])} {thing}s",
            f"which {thing} should i buy", f"what is a {thing}", f"what colour is the {thing}", f"why is the {thing} {c(ADJECTIVES)}",
            f"summarize the {c(['book', 'film', 'song'])} {thing}", f"who wrote {thing}", f"how old is {name}", f"what is the population of {place}",
            f"how does a {thing} work", f"where is {place}", f"where can i buy {thing}", f"what is the best {thing}", f"who is {name} {pseudo_word(r, True)}",
            f"what happened in {r.randint(1000, 2030)}", f"how do i get to {place}", f"what is the price of {thing}", f"tell me about {place}",
            f"tell me about the {thing}", f"can you draw a {thing}", f"sing a song about {thing}", f"what is the weather in {place}",
            f"what time is it{c(['', ' in ' + place])}", "what is the date today", "what is the meaning of life", "what day is it", "who is the best",
            f"how much does a {thing} weigh", f"what is the square root of {r.randint(2, 999)}", f"solve {r.randint(2, 9)}x = {r.randint(2, 99)}"])
        return Sample("unknown", [Turn(self.noise(user), faq.UNKNOWN, "I do not know this.")])

    # ---- numbers

    def add(self):
        a, b = self.rng.randint(0, 99), self.rng.randint(0, 99)
        user = self.choice(["What is {a} + {b}?", "{a} + {b}", "{a}+{b}", "{a} + {b} = ?", "Add {a} and {b}.", "What is {a} plus {b}?",
                            "How much is {a} + {b}?", "Compute {a} + {b}.", "Calculate {a} plus {b}.", "What's {a}+{b}?",
                            "What is the sum of {a} and {b}?", "Please add {a} to {b}.", "{a}+{b}=", "Can you add {a} and {b}?",
                            "what is {a} + {b}", "{a} plus {b}", "How much is {a} plus {b}?", "Sum of {a} and {b}?",
                            "I have {a} apples and get {b} more. How many apples do I have?", "what's {a} + {b}?"]).format(a=a, b=b)
        ones, carry = a % 10 + b % 10, (a % 10 + b % 10) // 10
        thought = f"{a % 10} + {b % 10} = {ones}" + (", carry 1" if carry else "")
        thought += f". {a // 10} + {b // 10}" + (" + 1" if carry else "") + f" = {a // 10 + b // 10 + carry}. So {a + b}."
        return Sample("add", [Turn(user, f"{a} + {b} = {a + b}.", thought)], think_share=.4)

    def count(self):
        start = 1 if self.chance(.6) else self.rng.randint(0, 60)
        end = start + self.rng.randint(2, 14) if self.chance(.65) else self.rng.randint(start + 1, 100)
        user = self.choice(["Count from {a} to {b}.", "count from {a} to {b}", "Please count from {a} to {b}.", "Count from {a} up to {b}.",
                            "List the numbers from {a} to {b}.", "Can you count from {a} to {b}?", "Count {a} to {b}."] +
                           (["Count to {b}.", "count to {b}", "Please count to {b}."] if start == 1 else [])).format(a=start, b=end)
        return Sample("count", [Turn(user, ", ".join(map(str, range(start, end + 1))) + ".", f"I count from {start} to {end}.")])

    # ---- copying

    def copy(self):
        text, x = self.phrase(), self.rng.random()
        single = " " not in text
        if x < .08 and single:
            times, often = self.choice([(2, "twice"), (3, "three times")])
            user = self.choice(["Say {} {}.", "Write the word {} {}.", "Repeat {} {}."]).format(text, often)
            return Sample("copy", [Turn(user, " ".join([text] * times), f"I write {text} {often}.")])
        if x < .18:
            user = self.choice(["Quote this: {}", "Put this in quotes: {}", "Quote the phrase {}."]).format(text)
            return Sample("copy", [Turn(user, f'"{text}"', f"I put {text} in quotes.")])
        frames = ["Repeat after me: {}", "Repeat: {}", "Say {}.", 'Say "{}"', 'Repeat "{}".', "Please repeat: {}", "Echo {}", "Say: {}",
                  "Write exactly: {}", "Repeat this: {}", "Can you say {}?", "Just say {}.", "Answer with: {}", "echo: {}", "say {}",
                  'Reply with "{}" and nothing else.', "Copy this text: {}", 'Please say "{}".', "Reply with: {}", "repeat {}",
                  "Reply with exactly: {}", "Write {}.", "Write: {}", "Please say {}.", "Say only {}.", "Repeat this text: {}"]
        if single:
            frames += ["Repeat the word {}.", "Say the word {}.", 'Write the word "{}".', "Reply with the word {}.", "Answer with one word: {}",
                       "Reply with one word: {}", "Reply with the single word {}.", "say the word {}", "Just say the word {}."]
        return Sample("copy", [Turn(self.choice(frames).format(text), text, f"I repeat {text}.")])

    # ---- remembering what was said: (statements, questions, answer, acknowledgement)

    FACTS = {
        "name": (["My name is {}.", "I am {}.", "I'm {}.", "Call me {}.", "Hi, my name is {}.", "Hello, I am {}.", "my name is {}"],
                 ["What is my name?", "What's my name?", "Do you remember my name?", "Who am I?", "Tell me my name.", "Do you know my name?",
                  "What am I called?", "what is my name", "What was my name?", "Say my name."], "Your name is {}.", "Nice to meet you, {}!"),
        "colour": (["My favourite colour is {}.", "My favorite color is {}.", "The colour I like most is {}.", "I love the colour {}."],
                   ["What is my favourite colour?", "What's my favorite color?", "Which colour do I like?", "Do you remember my favourite colour?",
                    "Tell me my favourite color."], "Your favourite colour is {}.", "I will remember that your favourite colour is {}."),
        "city": (["I live in {}.", "My home is {}.", "I am from {}.", "My city is {}."],
                 ["Where do I live?", "Which city am I from?", "Where is my home?", "Do you remember where I live?", "What is my city?"],
                 "You live in {}.", "{} is a nice place."),
        "food": (["My favourite food is {}.", "I love to eat {}.", "I like {} most of all foods.", "My favorite food is {}."],
                 ["What is my favourite food?", "What do I like to eat?", "Do you remember my favourite food?", "Which food do I like?"],
                 "Your favourite food is {}.", "I will remember that you like {}."),
        "pet": (["My pet is called {}.", "I have a dog named {}.", "I have a cat named {}.", "My dog is called {}."],
                ["What is my pet called?", "What is the name of my pet?", "Do you remember my pet?", "What's my pet's name?"],
                "Your pet is called {}.", "{} is a lovely name for a pet."),
        "number": (["My favourite number is {}.", "My lucky number is {}.", "The number I like is {}.", "Remember the number {}."],
                   ["What is my favourite number?", "What is my lucky number?", "Do you remember my number?", "Which number do I like?"],
                   "Your number is {}.", "I will remember the number {}."),
        "word": (["The secret word is {}.", "Remember the word {}.", "Please remember this word: {}", "The password is {}."],
                 ["What is the secret word?", "What was the secret word?", "Which word did I tell you?", "What is the password?",
                  "Which word should you remember?", "What was the word?"], "The word is {}.", "I will remember the word {}."),
        "job": (["I am a {}.", "I work as a {}.", "My job is {}."], ["What is my job?", "What do I do for a living?", "Do you remember my job?"],
                "You are a {}.", "It must be interesting to be a {}."),
    }
    NOT_TOLD = "You have not told me that yet."

    def value(self, fact):
        if fact in ("name", "pet"):
            return self.name()
        if fact == "city":
            return self.city()
        if fact == "number":
            return str(self.rng.randint(2, 999))
        return self.choice({"colour": COLOURS, "food": FOODS, "job": JOBS}[fact]) if fact != "word" else self.word()

    def recall(self):
        rng = self.rng
        count = rng.choice([1, 1, 2, 2, 3])
        facts = rng.sample(["name", "colour", "city"] if self.chance(.3) else list(self.FACTS), count)
        values = {fact: self.value(fact) for fact in facts}
        told = [rng.choice(self.FACTS[fact][0]).format(values[fact]) for fact in facts]
        asked = rng.choice(facts)
        turns = []
        if self.chance(.18):
            return self._not_told(facts, values, told)
        if self.chance(.12):
            return Sample("recall", [self._ask(asked, values[asked], " ".join(told) + " ")])
        if self.chance(.2):
            turns.append(Turn(" ".join(told), self.FACTS[facts[0]][3].format(values[facts[0]])))
        else:
            turns += [Turn(text, self.FACTS[fact][3].format(values[fact]), f"The user tells me the {fact}.")
                      for fact, text in zip(facts, told)]
        turns += self.fillers(rng.choice([0, 0, 1, 1, 2, 3]))
        order = rng.sample(facts, rng.randint(1, len(facts)))
        turns += [self._ask(fact, values[fact]) for fact in order]
        return Sample("recall", turns)

    def _ask(self, fact, value, before=""):
        return Turn(before + self.choice(self.FACTS[fact][1]), self.FACTS[fact][2].format(value), f"The user said {value}.")

    def _not_told(self, facts, values, told):
        missing = self.choice([fact for fact in self.FACTS if fact not in facts])
        turns = []
        if self.chance(.7):
            turns = [Turn(text, self.FACTS[fact][3].format(values[fact])) for fact, text in zip(facts, told)]
        turns += self.fillers(self.choice([0, 0, 1, 2]))
        return Sample("recall", turns + [Turn(self.choice(self.FACTS[missing][1]), self.NOT_TOLD, "The user did not say it.")])

    def fillers(self, count):
        """Exchanges about something else."""
        turns = []
        for _ in range(count):
            turns += self.sample(self.choice(["faq", "chat", "add", "copy"])).turns
        return turns

    # ---- JSON

    def json(self):
        rng = self.rng
        values = {"name": self.name(), "age": rng.randint(1, 99), "city": self.city(), "job": self.choice(JOBS),
                  "colour": self.choice(COLOURS), "food": self.choice(FOODS), "pet": self.choice(ANIMALS)}
        says = {"age": ["{n} is {v} years old.", "{n} is {v}."], "city": ["{n} lives in {v}.", "{n} is from {v}."],
                "job": ["{n} works as a {v}.", "{n} is a {v}."], "colour": ["{n} likes the colour {v}."],
                "food": ["{n} likes {v}.", "{n} loves {v}."], "pet": ["{n} has a {v}."]}
        others = rng.sample(list(says), rng.choice([1, 1, 2, 2, 3]))
        text = " ".join(rng.choice(says[key]).format(n=values["name"] if i == 0 or self.chance(.5) else rng.choice(["He", "She"]), v=values[key])
                        for i, key in enumerate(others))
        keys = ["name"] + others
        if len(keys) > 2 and self.chance(.3):
            keys = rng.sample(keys, 2)
        if self.chance(.3):
            rng.shuffle(keys)
        listing = ", ".join(keys[:-1]) + " and " + keys[-1]
        ask = self.choice(["Answer in JSON with keys {}.", "Answer in JSON with the keys {}.", "Give me JSON with keys {}.",
                           "Return a JSON object with keys {}.", "Reply in JSON with keys {}.", "Write this as JSON with keys {}.",
                           "Respond with JSON only, keys {}.", "Extract {} as JSON.", "As JSON with keys {}."]).format(listing)
        user = f"{text} {ask}" if self.chance(.7) else f"{ask} {self.choice(['', 'Text: '])}{text}"
        return Sample("json", [Turn(user, chat.to_json({key: values[key] for key in keys}), f"I write JSON with {listing}.")])

    # ---- stories

    def story(self):
        animal = self.choice(ANIMALS)
        user = self.choice(["Tell me a story about a {}.", "Write a short story about a {}.", "A story about a {}, please.",
                            "Can you tell me a story about a {}?", "tell me a story about a {}", "I want a story about a {}.",
                            "Write a story about a little {}.", "Tell me a short story about a {}."]).format(animal)
        if self.chance(.4):
            animal = "pony"
            user = self.choice(["Tell me a story.", "Can you tell me a story?", "I want to hear a story.", "Please write a short story.",
                                "tell me a story", "Write a story.", "a story please", "Tell a short story.", "Do you know a story?"])
        user = user.replace(" a owl", " an owl").replace(" a otter", " an otter")
        return Sample("story", [Turn(user, faq.story(animal), f"A story about a {animal}.")], key=user)

    # ---- tools: each family returns (names, descriptions, properties, arguments, question, result, answer)

    def tool_weather(self):
        rng, city = self.rng, self.city()
        key = rng.choice(["city", "location", "place", "town"])
        properties, arguments = {key: ("string", rng.choice(["The city", "Name of the city", "City name", "The name of the city", ""]))}, {key: city}
        ask = rng.choice(["What is the weather in {}?", "How is the weather in {}?", "What's the weather like in {}?", "Is it raining in {}?",
                          "Weather in {}?", "Tell me the weather in {}.", "Is it warm in {} today?", "How warm is it in {}?", "weather in {}",
                          "What is the weather like in {}?", "I am going to {}. How is the weather there?", "What is the temperature in {}?"]).format(city)
        if self.chance(.2):
            unit = rng.choice(["celsius", "fahrenheit"])
            properties["unit"], arguments["unit"] = ("string", "celsius or fahrenheit"), unit
            ask = ask.rstrip("?.") + f" in {unit}?"
        sky, degrees = rng.choice(["sunny", "cloudy", "rainy", "windy", "foggy", "snowy", "clear"]), rng.randint(-9, 38)
        pairs = [(rng.choice(["temperature", "temp", "temp_c", "degrees"]), degrees), (rng.choice(["condition", "weather", "sky"]), sky)]
        pairs += [(key, city)] if self.chance(.6) else []
        rng.shuffle(pairs)
        result = chat.to_json(dict(pairs)) if self.chance(.75) else f"{sky}, {degrees} degrees"
        return (["get_weather", "get_current_weather", "weather", "lookup_weather", "weather_now", "get_forecast"],
                ["Get the weather for a city", "Returns the current weather", "Look up the weather", "Get the current weather for a location"],
                properties, arguments, ask, result, f"The weather in {city} is {sky} with {degrees} degrees.")

    def tool_time(self):
        rng, city = self.rng, self.city()
        key, time = rng.choice(["city", "timezone", "location", "place"]), f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}"
        ask = rng.choice(["What time is it in {}?", "What is the time in {}?", "Tell me the time in {}.", "How late is it in {}?", "Time in {}?",
                          "What's the time in {} now?", "I need the time in {}."]).format(city)
        result = rng.choice([chat.to_json({"time": time}), chat.to_json({key: city, "time": time}), time])
        return (["get_time", "get_current_time", "time_in", "clock", "current_time", "local_time"],
                ["Get the time in a city", "Current local time", "Returns the time of a place"],
                {key: ("string", rng.choice(["The city", "Name of the place", ""]))}, {key: city}, ask, result, f"It is {time} in {city}.")

    def tool_math(self):
        rng = self.rng
        a, b = rng.randint(0, 999), rng.randint(0, 999)
        names, asks, what, value = rng.choice([
            (["add", "add_numbers", "sum", "plus"], ["What is {} + {}?", "Add {} and {}.", "What is {} plus {}?", "Use the tool to add {} and {}."],
             "Add two numbers", a + b),
            (["multiply", "times", "mul"], ["What is {} times {}?", "Multiply {} by {}.", "What is {} * {}?"], "Multiply two numbers", a * b),
            (["subtract", "minus"], ["What is {} - {}?", "What is {} minus {}?"], "Subtract two numbers", a - b)])
        first, second = rng.choice([("a", "b"), ("x", "y"), ("first", "second")])
        kind = rng.choice(["number", "integer"])
        result = rng.choice([str(value), chat.to_json({"result": value}), chat.to_json({"value": value})])
        return (names, [what], {first: (kind, ""), second: (kind, "")}, {first: a, second: b}, rng.choice(asks).format(a, b), result,
                f"The result is {value}.")

    def tool_search(self):
        text, found = self.phrase(), self.phrase()
        ask = self.choice(["Search for {}.", "Find {}.", "Look up {}.", "Please search the web for {}.", "Search: {}"]).format(text)
        return (["search", "web_search", "find", "lookup"], ["Search the web", "Find information"],
                {self.choice(["query", "q", "text"]): ("string", self.choice(["The search text", ""]))}, text, ask,
                self.choice([chat.to_json({"results": [found]}), chat.to_json({"result": found})]), f'I found: "{found}"')

    def tool_message(self):
        name, text = self.name(), self.phrase()
        who, what = self.choice([("to", "text"), ("recipient", "message"), ("name", "body")])
        ask = self.choice(["Send {n} the message: {p}", "Send a message to {n}: {p}", "Tell {n}: {p}", "Write to {n}: {p}"]).format(n=name, p=text)
        return (["send_message", "send_email", "notify", "message"], ["Send a message to a person", "Sends a text"],
                {who: ("string", ""), what: ("string", "")}, {who: name, what: text}, ask,
                self.choice(['{"status": "ok"}', '{"status": "sent"}', "sent", "ok"]), f"I sent the message to {name}.")

    def tool_light(self):
        room, state = self.choice(ROOMS), self.choice(["on", "off"])
        where, how = self.choice([("room", "state"), ("place", "value")])
        ask = self.choice([f"Turn {state} the light in the {room}.", f"Turn the {room} light {state}.", f"Light {state} in the {room}, please."])
        return (["set_light", "light", "switch_light", "set_lamp"], ["Turn a light on or off", "Switch a light"],
                {where: ("string", ""), how: ("string", self.choice(["on or off", ""]))}, {where: room, how: state}, ask,
                self.choice(['{"status": "ok"}', "ok"]), f"The light in the {room} is now {state}.")

    def tool_note(self):
        item = self.phrase()
        ask = self.choice(["Add {} to my list.", "Write a note: {}", "Remind me of {}.", "Note: {}", "Save the note {}."]).format(item)
        return (["add_note", "save_note", "remember", "add_item", "create_note"], ["Save a note", "Add something to the list"],
                {self.choice(["note", "item", "text", "content"]): ("string", "")}, item, ask,
                self.choice(['{"status": "saved"}', "saved", "ok"]), "I saved it.")

    def tool_timer(self):
        minutes = self.rng.randint(1, 90)
        ask = self.choice(["Set a timer for {} minutes.", "Start a timer of {} minutes.", "Timer: {} minutes", "Wake me in {} minutes."]).format(minutes)
        return (["set_timer", "timer", "start_timer"], ["Start a timer", "Set a timer in minutes"],
                {self.choice(["minutes", "duration", "time"]): (self.choice(["integer", "number"]), "")}, minutes, ask,
                self.choice(['{"status": "ok"}', "started"]), f"The timer is set for {minutes} minutes.")

    def tool_person(self):
        name = self.name()
        field_name, ask = self.choice([("age", "How old is {}?"), ("city", "Where does {} live?"), ("job", "What is the job of {}?")])
        value = {"age": self.rng.randint(1, 99), "city": self.city(), "job": self.choice(JOBS)}[field_name]
        answer = {"age": "{} is {} years old.", "city": "{} lives in {}.", "job": "{} is a {}."}[field_name].format(name, value)
        return (["get_person", "find_person", "get_user", "person_info"], ["Get facts about a person", "Look up a person"],
                {self.choice(["name", "person", "user"]): ("string", "")}, name, ask.format(name),
                chat.to_json({"name": name, field_name: value} if self.chance(.5) else {field_name: value}), answer)

    def tool_custom(self):
        name = pseudo_word(self.rng) + self.choice(["", "_" + pseudo_word(self.rng), "_tool"])
        text, found = self.phrase(), self.phrase()
        ask = self.choice(["Use {n} with {p}.", "Call {n} with {p}.", "Run {n} on {p}.", "Use the tool {n} for {p}."]).format(n=name, p=text)
        return ([name], ["A special tool", "Does something", "A helper", ""],
                {self.choice(["name", "value", "id", "key", "input", pseudo_word(self.rng)]): ("string", "")}, text, ask, found,
                f'The result is "{found}".')

    FAMILIES = ["weather", "weather", "weather", "time", "math", "math", "search", "message", "light", "note", "timer", "person", "custom", "custom"]

    def tool_case(self, family):
        """One call of a family: the tool's description, the question, the call, the result and the answer."""
        names, descriptions, properties, arguments, ask, result, answer = getattr(self, "tool_" + family)()
        if not isinstance(arguments, dict):  # a family with one parameter returns its value only
            arguments = {next(iter(properties)): arguments}
        return {"family": family, "name": self.choice(names), "description": self.choice(descriptions), "properties": properties,
                "arguments": arguments, "ask": ask, "result": result, "answer": answer}

    def tool_spec(self, case):
        """The description of a tool, with the members in one of the orders that clients use."""
        properties = {}
        for key, (kind, description) in case["properties"].items():
            properties[key] = {"type": kind, **({"description": description} if description else {})}
        required = [("required", list(properties))] if self.chance(.85) else []
        members = [("type", "object")] + (required + [("properties", properties)] if self.chance(.3) else [("properties", properties)] + required)
        function = {"name": case["name"]}
        if case["description"]:
            function["description"] = case["description"]
        function["parameters"] = dict(members)
        return {"type": "function", "function": function}

    def same_tool(self, case):
        """Another call of the tool of `case`: what is asked changes, names and keys stay."""
        while True:
            other = self.tool_case(case["family"])
            if len(other["arguments"]) == len(case["arguments"]) and case["family"] not in ("custom", "math", "person"):
                break
            if case["family"] in ("custom", "math", "person"):
                return None
        old_keys, keys = list(other["arguments"]), list(case["arguments"])
        if len(keys) > 1 and (len(old_keys) != len(keys)):
            return None
        arguments = dict(zip(keys, other["arguments"].values()))
        return {**other, "name": case["name"], "arguments": arguments}

    def toolbox(self):
        """A main case and the shuffled tools that are on offer beside it."""
        count = self.rng.choices([1, 2, 3, 4, 5], [.5, .27, .14, .05, .04])[0]
        main = self.tool_case(self.choice(self.FAMILIES))
        cases, families = [main], {main["family"]}
        while len(cases) < count:
            case = self.tool_case(self.choice(self.FAMILIES))
            if case["family"] not in families:
                families.add(case["family"])
                cases.append(case)
        self.rng.shuffle(cases)
        return main, cases, [self.tool_spec(case) for case in cases]

    @staticmethod
    def call_turn(*cases, user=None):
        calls = [(case["name"], case["arguments"]) for case in cases]
        return Turn(user or cases[0]["ask"], "", f"I call {cases[0]['name']}.", calls=calls)

    @staticmethod
    def result_turn(*cases):
        return Turn("", " ".join(case["answer"] for case in cases), "I have the result.", results=[case["result"] for case in cases])

    def tools(self):
        main, cases, specs = self.toolbox()
        turns = []
        if self.chance(.12):
            turns += self.sample("chat").turns
        if self.chance(.08):
            second = self.same_tool(main)
            if second:
                user = main["ask"].rstrip("?.") + " and " + second["ask"][0].lower() + second["ask"][1:]
                return Sample("tools", turns + [self.call_turn(main, second, user=user), self.result_turn(main, second)], specs)
        turns.append(self.call_turn(main))
        if self.chance(.75):
            turns.append(self.result_turn(main))
            if self.chance(.5):
                following = self.same_tool(main) if self.chance(.5) else self.choice(cases)
                if following and following is not main:
                    turns.append(self.call_turn(following))
                    if self.chance(.5):
                        turns.append(self.result_turn(following))
        return Sample("tools", turns, specs)

    def no_tool(self):
        """Tools are on offer but the question needs none."""
        _, _, specs = self.toolbox()
        turns = []
        for _ in range(self.choice([1, 1, 2])):
            turns += self.sample(self.choice(["chat", "faq", "chat"])).turns
        return Sample("no_tool", turns, specs)


# Shares of the documents, and how likely the same skill goes on in the same document.
SHARES = {"faq": .20, "chat": .075, "unknown": .03, "add": .15, "count": .03, "copy": .16, "recall": .09, "json": .06,
          "tools": .14, "no_tool": .03, "story": .012, "mixed": .05, "long": .006}
GO_ON = {"faq": .5, "chat": .45, "unknown": .4, "add": .75, "copy": .65, "json": .5, "count": .2}
MIX = ["faq", "faq", "chat", "add", "copy", "json", "unknown", "recall"]


@dataclass
class Document:
    skill: str
    messages: list
    tools: list = None
    think: bool = None
    thought: str = None
    pieces: bool = False

    def segments(self):
        return chat.segments(self.messages, self.tools, self.think, self.thought)


def messages_of(turns, system=None):
    """The turns as chat messages."""
    messages = [{"role": "system", "content": system}] if system else []
    for turn in turns:
        messages += [{"role": "tool", "content": result} for result in turn.results]
        if not turn.results:
            messages.append({"role": "user", "content": turn.user})
        message = {"role": "assistant", "content": turn.answer}
        if turn.calls:
            message["tool_calls"] = [{"type": "function", "function": {"name": name, "arguments": arguments}} for name, arguments in turn.calls]
        messages.append(message)
    return messages


def system_prompt(generator):
    """None, a common system prompt or a persona."""
    x = generator.rng.random()
    if x < .5:
        return None
    if x < .75:
        return SYSTEMS[0]
    if x < .93:
        return generator.choice(SYSTEMS)
    return f"You are {generator.choice(['', 'the assistant of '])}{generator.choice(NAMES)}. {generator.choice(['Be kind.', 'Be short.', 'Help the user.'])}"


def finish(generator, skill, sample, system="random", think="random"):
    """Make a document of a sample."""
    if think == "random":
        x, share = generator.rng.random(), sample.think_share
        think = True if x < share else False if x < share + .17 else None
    system = system_prompt(generator) if system == "random" else system
    return Document(skill, messages_of(sample.turns, system), sample.tools, think, sample.turns[-1].thought)


def document(generator):
    """One document of the training mix."""
    rng = generator.rng
    skill = rng.choices(list(SHARES), list(SHARES.values()))[0]
    if skill == "long":
        sample = long_chat(generator)
    elif skill == "mixed":
        turns = []
        for _ in range(rng.randint(2, 6)):
            turns += generator.sample(rng.choice(MIX)).turns
        sample = Sample("mixed", turns)
    else:
        sample = generator.sample(skill)
        while skill in GO_ON and generator.chance(GO_ON[skill]) and len(sample.turns) < 8:
            sample.turns += generator.sample(skill).turns
    result = finish(generator, skill, sample)
    result.pieces = skill in ("copy", "recall", "json", "tools") and generator.chance(.12)
    return result


def long_chat(generator):
    """A chat of up to 2048 tokens that ends with a question about something said early on."""
    rng, length = generator.rng, generator.rng.choice([1500, 2500, 3500, 4500, 5500])
    facts = rng.sample(list(generator.FACTS), rng.randint(1, 3))
    values = {fact: generator.value(fact) for fact in facts}
    turns, size, told = [], 0, []
    while size < length or len(told) < len(facts):
        if len(told) < len(facts) and generator.chance(.25):
            fact = facts[len(told)]
            told.append(fact)
            turns.append(Turn(rng.choice(generator.FACTS[fact][0]).format(values[fact]), generator.FACTS[fact][3].format(values[fact])))
        elif told and generator.chance(.12):
            fact = rng.choice(told)
            turns.append(generator._ask(fact, values[fact]))
        else:
            skill = rng.choice(["faq", "faq", "chat", "add", "copy", "json", "unknown", "story" if generator.chance(.1) else "copy"])
            turns += generator.sample(skill).turns
        size = sum(len(turn.user) + len(turn.answer) + 24 for turn in turns)
    fact = rng.choice(facts)
    return Sample("long", turns + [generator._ask(fact, values[fact])])


if __name__ == "__main__":
    demo = Generator(1)
    for _ in range(30):
        doc = document(demo)
        print("=====", doc.skill)
        print("".join(f"«{text}»" if kind == chat.TARGET else text for text, kind in doc.segments()))
