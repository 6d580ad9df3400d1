"""Invented everyday language: what people ask their own notes, and what those notes, mails and chats say about the same
thing in other words. Nobody's data: names, places and sentences are made up here.

`everyday/things.txt`: each line one thing in the words that people have for it. `everyday/scenes.txt`: each line a text
and questions that it answers. `everyday/terms.txt`: a word of a trade or science and what it means. Every tenth thing and every fifth
scene is kept aside and never learned from: the measure of how well a question finds what was said in other words.
"""
import random
from pathlib import Path
from typing import Iterator

HERE = Path(__file__).with_name("everyday")
THINGS_ASIDE = 10
SCENES_ASIDE = 5
# Texts by the number of what they are about, and questions with the number of the text that answers them.
Asked = tuple[dict[int, str], list[tuple[str, int]]]

NAMES = "Ada Ben Clara Dov Elif Femi Greta Hana Ivo June Karim Lena Mateo Nadia Omar Priya Quinn Rosa Sami Tara Uli Vera Wen Yara Zoe".split()
PLACES = "Harbour Street|the old town|Lindenplatz|the station|Mill Road|the north side|the market square|Riverside|the corner shop|the town centre".split("|")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()

ASKS = {
    "visit": [
        "when is my {x}", "{x} date", "what time is the {x}", "who did I see for {x}", "last {x}", "did I book {x}",
        "where is the {x}", "notes from {x}", "how often did I have {x} this year", "what did they say at {x}",
    ],
    "event": [
        "when was the {x}", "who came to {x}", "what happened at the {x}", "{x} plans", "pictures of {x}", "where is {x}",
        "what did I bring to {x}", "messages about {x}", "how was {x}", "next {x}",
    ],
    "thing": [
        "how much did I pay for {x}", "where did I buy {x}", "receipt for {x}", "order of {x}", "which {x} did I get",
        "when did I get {x}", "is there a warranty on {x}", "price of {x}", "who recommended {x}", "delivery of {x}",
    ],
    "money": [
        "how much is {x}", "when is {x} due", "last payment of {x}", "letter about {x}", "{x} this year", "did I pay {x}",
        "changes to {x}", "contract for {x}", "what do I spend on {x}", "reminder about {x}",
    ],
    "state": [
        "when did I have {x}", "how often {x}", "what helped against {x}", "since when {x}", "notes on {x}", "days with {x}",
        "what did I write about {x}", "who told me about {x}", "did I mention {x}", "reasons for {x}",
    ],
    "task": [
        "when do I have to {x}", "did I {x}", "remind me to {x}", "who wanted to {x}", "to-do: {x}", "how do I {x}",
        "what is left: {x}", "plan to {x}", "deadline to {x}", "what did we say about how to {x}",
    ],
    "topic": [
        "what did I write about {x}", "{x}", "notes on {x}", "where is the note with {x}", "ideas for {x}", "find {x}",
        "who sent me {x}", "conversation about {x}", "my thoughts on {x}", "the page with {x}",
    ],
}

ASKS_OF_ANYTHING = [
    "{x}?", "do I have anything on {x}", "show me {x}", "search for {x}", "what do I know about {x}", "did anyone mention {x}",
    "who wrote about {x}", "the latest on {x}", "everything about {x}", "tell me about {x}", "is there a message about {x}",
    "what was that about {x} again", "where did I note {x}", "which mail was about {x}", "{x} last {month}", "{x} with {name}",
    "{name} and {x}", "{x} this week", "what about {x}", "anything new about {x}",
]

SAYS = {
    "visit": [
        "Reminder: {x} on {day} at {time}, {place}.", "{X}, {day} {time}. Bring the card and arrive ten minutes early.",
        "{name}: I moved the {x} to {day}, is that all right for you?", "We confirm your appointment: {x}, {month} {n}, {time}.",
        "Was at {place} today, {x}. All fine, come back in {month}.", "Note to self: after {x} ask for the bill.",
        "Calendar: {x} ({place}), {time} to {time2}.", "{name} took me to {place} for the {x}; it took two hours.",
    ],
    "event": [
        "You are invited: {x} on {day}, {time}, at {place}. Let me know if you come.", "{name}: the {x} was wonderful, thank you!",
        "{X} at {place}. About {n} people, home at midnight.", "Are we still on for the {x} on {day}? I can bring something.",
        "Calendar: {x}, {day} {time}, {place}.", "Diary, {month} {n}. {X}. Tired and happy.",
        "{name} cannot make it to the {x}, shall we move it to {day}?", "Pictures from the {x} are in the shared folder.",
    ],
    "thing": [
        "Your order: {x}, {price}. It leaves the store on {day}.", "Thank you for your purchase. 1 × {x}, total {price}.",
        "Bought {x} at {place} for {price}. Keep the slip.", "{name}: which {x} did you get in the end? Ours broke.",
        "Payment to a shop at {place}: {x}, {price}.", "The parcel with the {x} is at the neighbour's.",
        "Looked at {x} today. The cheaper one is {price}, two years of guarantee.", "{X} arrived on {day}, works well so far.",
    ],
    "money": [
        "{X}: {price}, due on {month} {n}.", "Dear customer, the {x} rises to {price} from {month}.",
        "Debited: {x}, {price}.", "{name}: did you see the letter about the {x}?", "Statement for {month}. {X}: {price}.",
        "Note: {x} is {price} a month, ask for a better offer in {month}.", "We received {price} for {x}. Thank you.",
        "Please check the {x} before {day}; the number is on the second page.",
    ],
    "state": [
        "Diary, {day}. {X} again, slept four hours.", "{name}: how are you? Still {x}?", "Since {month}: {x}. Tablets help a little.",
        "Told the doctor about it: {x}. She wants to see me in {n} days.", "{X} all week. Stayed at home on {day}.",
        "Better today. No {x} for the first time since {day}.", "Mum asks about {x}. I said it comes and goes.",
        "Log, {month} {n}: {x}, rather strong in the morning.",
    ],
    "task": [
        "To do on {day}: {x}.", "{name}: could you {x} before {day}? Thanks!", "- [ ] {x} ({name})", "Don't forget to {x}, the shop closes at {time}.",
        "This weekend I want to {x} and then rest.", "Done: {x}. Took longer than I thought.", "From the minutes: {name} will {x} by {month} {n}.",
        "Asked {name} how to {x}; it is easier than it looks.",
    ],
    "topic": [
        "# {X}\nA few lines from {day}.", "{name}: I am sending you what I have on {x}.", "{X}: first thoughts. More when I am back from {place}.",
        "Talked with {name} until {time} about {x}.", "Clipping: {x}, {month} {n}.", "Here is the thing I promised, {x}. Tell me what you think.",
        "Notes, {month}. {X}. To be continued.", "Saved for later: {x}.",
    ],
}


OPENERS = ["", "", "", "", "Hi {name}, ", "Hello! ", "PS: ", "{name}: ", "Re: ", "Note: ", "{day}, {time}. ", "Dear {name}, ", "FYI, "]
CLOSERS = ["", "", "", "", " Thanks, {name}", " See you on {day}!", " Best wishes, {name}", " More tomorrow.", " What do you think?", " Call me."]


def filled(frame: str, thing: str, chance: random.Random) -> str:
    hour = chance.randint(7, 20)
    return frame.format(
        x=thing,
        X=thing[0].upper() + thing[1:],
        name=chance.choice(NAMES),
        place=chance.choice(PLACES),
        day=chance.choice(DAYS),
        month=chance.choice(MONTHS),
        n=chance.randint(2, 28),
        time=f"{hour}:{chance.choice(['00', '15', '30', '45'])}",
        time2=f"{hour + 1}:{chance.choice(['00', '15', '30', '45'])}",
        price=f"{chance.randint(4, 900)}.{chance.randint(0, 99):02d}",
    )


def said(kind: str, thing: str, chance: random.Random) -> str:
    return filled(chance.choice(OPENERS) + chance.choice(SAYS[kind]) + chance.choice(CLOSERS), thing, chance)


def asked(kind: str, thing: str, chance: random.Random) -> str:
    return filled(chance.choice(ASKS[kind] if chance.random() < 0.6 else ASKS_OF_ANYTHING), thing, chance)


def lines(name: str) -> list[list[str]]:
    read = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in read if line and not line.startswith("#")]


def concepts() -> list[tuple[str, list[str]]]:
    kind = ""
    found: list[tuple[str, list[str]]] = []
    for line in lines("things.txt"):
        if line[0].startswith("="):
            kind = line[0][1:].strip()
        else:
            found.append((kind, line))
    return found


def aside(at: int, every: int = THINGS_ASIDE) -> bool:
    return at % every == every - 1


def everyday_pairs(rounds: int, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Each way of saying a thing asked with, each other one answered with. What stands after the colon names the thing:
    two pairs about one thing are no opposites."""
    for at, (kind, ways) in enumerate(concepts()):
        if aside(at):
            continue
        group = f"ev-{kind}:{at}"
        for one in ways:
            for other in ways:
                if one != other:
                    yield one, other, f"ev-word:{at}"
                    for _ in range(rounds):
                        yield asked(kind, one, chance), said(kind, other, chance), group
    for at, (text, *questions) in enumerate(lines("scenes.txt")):
        if not aside(at, SCENES_ASIDE):
            for question in questions:
                for _ in range(rounds):
                    frame = chance.choice(OPENERS) + "{x}" + chance.choice(CLOSERS)
                    yield question, filled(frame, text, chance), f"ev-scene:{at}"
                for other in questions:
                    if other != question:
                        yield question, other, f"ev-scene-word:{at}"
    for term, *meanings in lines("terms.txt"):
        for meaning in meanings:
            yield term, meaning, "ev-term"


def things_aside(chance: random.Random) -> Asked:
    """Things that nothing was learned about, asked for in words that the texts about them do not have. The texts about what
    was learned stand among them, to be told apart from."""
    texts, questions = {}, []
    for at, (kind, ways) in enumerate(concepts()):
        texts[at] = said(kind, ways[0], chance)
        if aside(at):
            questions += [(asked(kind, way, chance), at) for way in ways[1:]]
    return texts, questions


def scenes_aside() -> Asked:
    texts, questions = {}, []
    for at, (text, *ways) in enumerate(lines("scenes.txt")):
        texts[at] = text
        if aside(at, SCENES_ASIDE):
            questions += [(way, at) for way in ways]
    return texts, questions
