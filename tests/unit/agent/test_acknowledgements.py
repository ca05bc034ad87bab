"""Which words over the interviewer only listen."""

import pytest

from agent.listening.acknowledgements import is_acknowledgement, only_asks_for_the_floor
from agent.listening.echo import is_echo

pytestmark = pytest.mark.unit


def _listed(text: str) -> list[str]:
    return [phrase.strip() for phrase in " ".join(text.split()).split(" / ")]


LISTENING = _listed(
    """
    Mhm. / Mm-hmm. / Mmhmm. / Mm. / Mmm-hmm / M-hm. / Hmm. / Hm. / Uh-huh. / Uh huh. / Um-hum. / Uh. / Um. /
    Yeah. / Yeah, yeah. / Yes. / Yep. / Yup! / Okay. / OK / ok... / O.K. / Okay, okay. / Right. / Right, right.
    / Sure. / Got it. / I see. / Oh, I see. / Ah, okay. / Ah. / Oh. / Alright. / All right. / Of course. / Cool.
    / Great. / Nice. / Makes sense. / That makes sense. / Okay, that makes sense. / Yeah, makes sense. /
    Exactly. / Absolutely. / Interesting. / Sounds good. / Ha ha ha. / Hahaha. / Haha! / (laughs) / [cough] /
    *coughs* / ... / Okay, sure. / Yeah, okay, right. / Thank you. / Fair enough. / Yeah okay
    """
)
MISHEARD = _listed(
    """
    I'm home. / It's my hand. / Emily. / You. / Bye. / I'm gonna. / Aha! / The end.
    """
)
"""What Whisper tiny.en writes for "mhm" and coughs."""
WANTING = _listed(
    """
    Wait. / Wait... / Stop. / Stop! / Sorry. / Sorry, can I interrupt? / Sorry can I interrupt. / Hold on. /
    Hang on a second. / Hold on, actually I would like to say something about that. / Actually, / Actually no. /
    Can you repeat / Could you repeat the question? / Can you say that again? / Pardon? / What? / What was that?
    / Why? / Which one? / How so? / Who? / Excuse me. / One moment. / One second, please. / Just a moment. /
    Pause. / Please pause. / No. / No, no. / But / Yeah, but / Okay, but I / I have a question. / Question. /
    Let me / Slower, please. / Louder. / Again, please. / Skip. / Next question. / I don't / I didn't hear that.
    / Hey. / May I / I'd like to add something. / Is it / Yeah, can you / Right, so what / Okay, wait. / Yes,
    actually
    """
)
SENTENCES = _listed(
    """
    I already told you about that. / We did that last year. / That is not what I said. / In my last job we used
    Redis. / Yeah, we used that in production. / Before you go on, I would like to add something. / The second
    one was better. / Okay, so first I would look at the logs. / I think we should start over. / Right, and then
    I moved to Berlin.
    """
)


@pytest.mark.parametrize("text", [*LISTENING, ""])
@pytest.mark.parametrize("seconds", [0.3, 1.3])
def test_a_listeners_sounds_leave_the_interviewer_alone_however_long(text: str, seconds: float):
    assert is_acknowledgement(text, seconds)


@pytest.mark.parametrize("text", MISHEARD)
def test_a_short_sound_of_few_words_is_one_whatever_is_written(text: str):
    assert is_acknowledgement(text, 0.6)


@pytest.mark.parametrize("text", WANTING)
@pytest.mark.parametrize("seconds", [0.3, 1.3])
def test_words_that_ask_for_the_floor_get_it_however_short(text: str, seconds: float):
    assert not is_acknowledgement(text, seconds)


@pytest.mark.parametrize("text", SENTENCES)
def test_a_real_sentence_gets_the_floor(text: str):
    assert not is_acknowledgement(text, 1.2)


SAID = "Thanks. Let's move on: how would you design a cache for the product pages of a shop?"


@pytest.mark.parametrize(
    "heard", ["how would you design a cache", "would you design cache for product pages", "Let's move on, how would"]
)
def test_the_interviewers_words_in_their_order_are_its_echo(heard: str):
    assert is_echo(heard, SAID)


@pytest.mark.parametrize(
    "heard",
    [
        "A cache?",
        "wait",
        "I would design it with a cache in front",
        "pages product the for cache",
        "sorry, which pages of the shop do you mean",
    ],
)
def test_other_words_are_none(heard: str):
    assert not is_echo(heard, SAID)


@pytest.mark.parametrize(
    "text",
    [
        "Wait.",
        "Stop.",
        "Sorry, can I interrupt?",
        "Hold on, actually I would like to say something about that.",
        "Actually, I have a question about that.",
        "Can you repeat that, please?",
        "Excuse me, what do you mean by that?",
        "Let me stop you there.",
        "Oh, um, could you say that again?",
    ],
)
def test_who_breaks_in_asks_for_the_floor(text: str):
    assert only_asks_for_the_floor(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sorry, I wasn't finished with my answer.",
        "Wait, I am not done.",
        "And then I wrote a test for it.",
        "But that was not all that we did.",
        "No, we had a second server.",
        "Stop words were removed first, and then we counted how often each of the others came up in it.",
    ],
)
def test_who_goes_on_with_an_answer_asks_for_nothing(text: str):
    assert not only_asks_for_the_floor(text)
