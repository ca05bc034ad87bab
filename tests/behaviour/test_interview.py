"""The interview as a whole: how many questions, in which order, and what candidates may ask for."""

import asyncio

import pytest

from agent.conversation import ConversationBrokenError, ConversationOverError
from agent.tasks.yielding import begun_too_early
from agent.voice import Spoken
from tests.behaviour.scripted import GOOD_ANSWER, VAGUE_ANSWER, Script, ready_then

pytestmark = pytest.mark.behaviour


async def test_every_planned_question_is_asked_once_and_in_order():
    script = Script(ready_then(GOOD_ANSWER), questions=4)
    assert await script.run() == "completed"
    assert [next(n for n in range(4) if f"number {n}" in text) for text in script.asked] == [0, 1, 2, 3]
    assert script.acts()[0] == "greeting"
    assert script.acts()[-1] == "closing"


async def test_the_greeting_names_the_candidate_the_role_and_the_number_of_questions():
    script = Script(ready_then(GOOD_ANSWER), questions=3)
    await script.run()
    assert all(part in script.voice.said[0] for part in ("Robin", "Backend developer", "three questions"))


async def test_a_full_answer_gets_no_follow_up_and_a_vague_one_at_most_two():
    full, vague = Script(ready_then(GOOD_ANSWER)), Script(ready_then(VAGUE_ANSWER))
    await full.run()
    await vague.run()
    assert full.acts().count("follow_up") == 0
    assert vague.acts().count("follow_up") == 2 * 2


async def test_a_friendly_interviewer_presses_less():
    script = Script(ready_then(VAGUE_ANSWER), tone="friendly")
    await script.run()
    assert script.acts().count("follow_up") == 2 * 1


async def test_a_repeat_says_the_question_again_and_is_counted():
    script = Script(ready_then("Could you repeat the question?", GOOD_ANSWER))
    await script.run()
    repeated = [turn.text for turn in script.turns if turn.act == "repeat"]
    assert len(repeated) == 1
    assert "number 0" in repeated[0]
    assert script.progress.position.repeats == {"question-0": 1}


@pytest.mark.parametrize("words", ["Let's skip this one.", "I don't know.", "Sorry, I have no idea."])
async def test_a_declined_question_is_left_and_never_asked_again(words: str):
    script = Script(ready_then(words, GOOD_ANSWER))
    assert await script.run() == "completed"
    assert script.progress.position.declined == ["question-0"]
    assert sum("number 0" in text for text in script.voice.said) == 1
    assert script.acts().count("follow_up") == 0


async def test_a_hint_is_given_once_and_recorded():
    script = Script(ready_then("Can I have a hint?", "Another hint please.", GOOD_ANSWER))
    await script.run()
    hints = [turn.text for turn in script.turns if turn.act == "hint"]
    assert len(hints) == 1
    assert "Greek alphabet" in hints[0]
    assert sum("Greek alphabet" in said for said in script.voice.said) == 1
    assert script.progress.position.hints == {"question-0": 1}


async def test_who_asks_to_stop_is_asked_once_and_then_let_go():
    script = Script(ready_then("Can we stop here?", "Yes, please."))
    assert await script.run() == "candidate_ended"
    assert len(script.asked) == 1
    assert script.acts()[-1] == "closing"


async def test_who_does_not_want_to_stop_after_all_goes_on_with_the_question():
    script = Script(ready_then("Can we stop here?", "No, let us carry on with it then.", GOOD_ANSWER))
    assert await script.run() == "completed"
    assert len(script.asked) == 2


async def test_after_silence_the_question_comes_again_and_then_the_next_one():
    script = Script(lambda said: "Yes." if "Robin" in said and "?" in said else None)
    assert await script.run() == "completed"
    assert script.acts().count("rephrase") == 2
    assert len(script.asked) == 2


async def test_what_is_not_understood_is_asked_for_twice_and_then_left():
    script = Script(lambda said: "I'm ready." if "Robin" in said and "?" in said else "", questions=1)
    await script.run()
    assert script.acts() == ["greeting", "question", "nudge", "nudge", "closing"]
    assert all(turn.text for turn in script.turns)


async def test_asking_for_a_moment_is_granted_without_a_new_question():
    script = Script(ready_then("Give me a second, please.", GOOD_ANSWER), questions=1)

    async def answer_in_the_end() -> None:
        while "nudge" not in script.acts():
            await asyncio.sleep(1)
        await asyncio.sleep(8)
        script.say_now(GOOD_ANSWER)

    thinking = asyncio.create_task(answer_in_the_end())
    await script.run()
    await thinking
    assert script.acts() == ["greeting", "question", "nudge", "closing"]


async def test_silence_is_not_counted_while_the_candidate_speaks():
    script = Script(lambda said: "Yes." if "Robin" in said and "?" in said else None, questions=1)
    running = asyncio.create_task(script.run())
    while not script.asked:
        await asyncio.sleep(1)
    script.candidate_is_speaking = True
    await asyncio.sleep(120)
    assert script.acts() == ["greeting", "question"]
    script.candidate_is_speaking = False
    script.say_now(GOOD_ANSWER, lasting_sec=115)
    assert await running == "completed"


async def test_a_candidate_who_left_is_waited_for_and_gets_one_short_sentence_and_the_question():
    script = Script(ready_then(GOOD_ANSWER), questions=1)
    script.reply = lambda said: "Yes." if "Robin" in said else None
    running = asyncio.create_task(script.run())
    while not script.asked:
        await asyncio.sleep(1)
    script.conversation.candidate_left()
    await asyncio.sleep(300)
    before = len(script.voice.said)
    script.conversation.candidate_came_back()
    await asyncio.sleep(10)
    assert len(script.voice.said) == before + 1
    assert "number 0" in script.voice.said[-1]
    script.say_now(GOOD_ANSWER)
    await running
    assert script.acts().count("greeting") == 1


async def test_a_question_begun_too_early_is_stopped_and_the_rest_belongs_to_the_answer_before():
    script = Script(ready_then(GOOD_ANSWER))
    running = asyncio.create_task(script.run())
    while not any("number 1" in said for said in script.voice.said):
        await asyncio.sleep(0.1)
    await asyncio.sleep(0.5)
    script.voice.stop()
    script.reply = lambda said: None
    await asyncio.sleep(5)
    script.say_now("And we measured it before and after the change.")
    script.reply = ready_then(GOOD_ANSWER)
    await running
    rest = next(turn for turn in script.turns if turn.text.startswith("And we measured"))
    assert rest.question_id == "question-0"
    assert sum("number 1" in said for said in script.voice.said) == 2


async def test_only_what_was_heard_of_an_interrupted_sentence_is_written_down():
    script = Script(ready_then(GOOD_ANSWER), questions=1)
    running = asyncio.create_task(script.run())
    await asyncio.sleep(3)
    script.voice.stop()
    await asyncio.sleep(1)
    greeting = script.turns[0]
    assert greeting.interrupted
    assert script.voice.said[0].startswith(greeting.text)
    assert len(greeting.text) < len(script.voice.said[0])
    script.say_now("I'm ready.")
    await running


async def test_times_never_fall_and_numbers_rise():
    script = Script(ready_then(VAGUE_ANSWER), questions=3)
    await script.run()
    assert [turn.seq for turn in script.turns] == list(range(10_000, 10_000 + len(script.turns)))
    starts = [turn.started_ms for turn in script.turns]
    assert starts == sorted(starts)


async def test_an_end_from_outside_stops_at_once_and_keeps_what_was_said():
    script = Script(ready_then(GOOD_ANSWER))
    running = asyncio.create_task(script.run())
    while not script.asked:
        await asyncio.sleep(1)
    script.say_now("My last words before the end.")
    script.conversation.commanded("end")
    with pytest.raises(ConversationOverError):
        await running
    assert script.turns[-1].text == "My last words before the end."


async def test_page_commands_work_like_spoken_ones():
    script = Script(lambda said: "Yes." if "Robin" in said and "?" in said else None)
    running = asyncio.create_task(script.run())
    while not script.asked:
        await asyncio.sleep(1)
    script.conversation.commanded("repeat")
    await asyncio.sleep(15)
    script.conversation.commanded("skip")
    await running
    assert script.acts()[2] == "repeat"
    assert script.progress.position.declined == ["question-0"]


async def test_a_command_in_the_first_moments_of_a_question_is_heeded():
    script = Script(ready_then(GOOD_ANSWER))
    running = asyncio.create_task(script.run())
    while not any("number 0" in said for said in script.voice.said):
        await asyncio.sleep(0.1)
    script.reply = lambda said: None
    await asyncio.sleep(0.5)
    script.conversation.commanded("skip")
    script.reply = ready_then(GOOD_ANSWER)
    assert await running == "completed"
    assert script.progress.position.declined == ["question-0"]
    assert sum("number 0" in said for said in script.voice.said) == 1
    assert script.conversation.interruptions == 0


async def test_a_question_of_which_no_sound_was_heard_is_asked_again():
    nothing_heard = Spoken("", started_at=0.0, ended_at=4.0, interrupted=True)
    assert begun_too_early(nothing_heard)
    assert not begun_too_early(Spoken("What did you do about", started_at=0.0, ended_at=4.0, interrupted=True))


async def test_an_end_keeps_what_the_candidate_is_in_the_middle_of_saying():
    script = Script(ready_then(GOOD_ANSWER))
    running = asyncio.create_task(script.run())
    while not script.asked:
        await asyncio.sleep(1)
    script.conversation.finish_turn = lambda: script.say_now("Half of a sentence")
    script.conversation.end()
    with pytest.raises(ConversationOverError):
        await running
    assert script.turns[-1].text == "Half of a sentence"


async def test_ears_or_voice_that_fail_for_good_break_the_job_off_so_that_another_takes_over():
    script = Script(ready_then(GOOD_ANSWER))
    running = asyncio.create_task(script.run())
    while not script.asked:
        await asyncio.sleep(1)
    script.conversation.break_off()
    with pytest.raises(ConversationBrokenError):
        await running
