"""Word lists of the small world the starter model lives in."""

NAMES = """Anna Tom Lena Max Sofia Paul Emma Noah Mia Leo Julia David Laura Peter Sara Felix Nina Oscar Clara Hugo
Alice Bob Carol Daniel Eva Frank Grace Henry Ivy Jack Kate Liam Maria Nora Olivia Philip Rosa Sam Tina Victor Walter
Yara Zoe Adam Bella Carlos Diana Erik Fiona George Hanna Ivan Jonas Karin Lukas Marta Otto Petra Rachel Simon Theo
Vera William Yusuf Amir Bruno Chloe Dora Elias Greta Irene Kenji Luna Milo Omar Priya Ravi Sven Tara Ruth Ella Mark
Lisa John James Robert Mary Susan Linda""".split()

CITIES = """Paris London Berlin Madrid Rome Vienna Oslo Lisbon Dublin Prague Warsaw Athens Cairo Tokyo Delhi Lima
Boston Chicago Denver Seattle Austin Miami Toronto Sydney Perth Zurich Geneva Munich Hamburg Lyon Milan Naples Porto
Kyoto Seoul Mumbai Lagos Nairobi Havana Santiago Hanoi Manila Dallas York Oxford Riga Helsinki Stockholm Budapest
Amsterdam""".split()

COLOURS = "red blue green yellow orange purple pink brown black white grey silver gold violet turquoise".split()

FOODS = """pizza pasta soup bread cheese rice apples cake salad honey noodles beans plums cherries pancakes waffles
potatoes carrots chocolate bananas""".split()

ANIMALS = """fox owl horse rabbit bear mouse cat dog duck frog hedgehog squirrel deer goose turtle badger otter foal
hen lamb pony wolf""".split()

JOBS = "teacher baker doctor farmer painter nurse pilot singer writer cook gardener plumber lawyer engineer driver".split()

NOUNS = """apple river window garden bottle candle mountain pencil basket hammer lantern button ladder pillow kettle
bridge forest island rocket violin saddle anchor blanket feather meadow mirror needle ocean paper shadow table tunnel
umbrella valley wagon winter zebra cloud stone tree house boat lamp chair clock door book spoon fork knife shoe hat
coat ring drum bell star moon sun rain snow wind fire sand leaf root seed nest wing tail hoof banana tomato lemon
cherry grape melon pepper onion garlic butter sugar coffee train plane truck bicycle engine wheel road street village
castle tower market school church farm field hill lake pond beach word ping pong test water earth letter number
summer morning evening planet robot dragon music paddock stable fence""".split()

ADJECTIVES = """small big old new quiet loud happy sad fast slow warm cold dark bright soft hard round flat heavy light
brave clever gentle proud golden wooden broken hidden empty good little long short""".split()

VERBS = "runs sleeps sings jumps waits dances falls shines turns works plays rests grows moves stops".split()

ROOMS = "kitchen bedroom hall garage office garden bathroom attic".split()

COUNTRIES = """France Germany Italy Spain Portugal Austria Norway Sweden Finland Denmark Poland Greece Ireland Egypt
Japan China India Peru Cuba Kenya Russia Turkey Hungary Canada Brazil Mexico""".split()

EMOJI = list("🐴🐎🦄🐶🐱🦊🐻🐼🐸🐢🦉🦋🐟🌱🌳🌻🍀🍎🍌🍒🍕🍰🎉🎈🎵🎲🚀🚲🚂🏠🌙🌞🌈🔥💧💡📦📚😀😊😍😎😢🙂👍👋")

ACCENTED = """héllo café naïve über Zürich Malmö déjà crème garçon señor mañana jalapeño façade résumé Köln München
São João Kraków Łódź Århus Øresund piñata fiancé Grüße straße élan żółw čaj mëtal Ångström coração übung âme forêt
père Noël Привет мир Καλημέρα 日本 東京 你好 안녕""".split()

# Random text of these alphabets makes sure that every byte of UTF-8 can be copied.
ALPHABETS = ["".join(map(chr, range(0xDF, 0x100))), "".join(map(chr, range(0x3B1, 0x3CA))),
             "".join(map(chr, range(0x430, 0x450))), "".join(map(chr, range(0x3042, 0x3094))),
             "".join(map(chr, range(0x1F400, 0x1F440))), "".join(map(chr, range(0x1F600, 0x1F645)))]

_ONSETS = "b c d f g h j k l m n p r s t v w z br cr dr fl gr kl pl st tr sh th ch qu".split()
_VOWELS = "a e i o u a e o ai ou ee y".split()
_CODAS = ["", "", "n", "r", "l", "s", "x", "t", "m", "k", "nd", "rt", "ck"]


def pseudo_word(rng, capital=False):
    """A pronounceable word that exists nowhere, so that copying has to be learned and not remembered."""
    word = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(rng.randint(1, 3))) + rng.choice(_CODAS)
    if len(word) < 3:
        word += rng.choice("nrstlx")
    return word.capitalize() if capital else word


def all_words():
    """Every word of every list, once."""
    lists = (NAMES, CITIES, COLOURS, FOODS, ANIMALS, JOBS, NOUNS, ADJECTIVES, VERBS, ROOMS, COUNTRIES)
    return sorted({word for words in lists for word in words})
