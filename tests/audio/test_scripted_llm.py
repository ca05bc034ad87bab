"""The scripted model speaks the protocol that the OpenAI client speaks."""

import openai
import pytest
from openai.types.chat import ChatCompletionUserMessageParam

from tests.fakes.llm_server import FOLLOW_UPS, scripted_llm

pytestmark = pytest.mark.unit
ASKED: list[ChatCompletionUserMessageParam] = [{"role": "user", "content": "I used a cache."}]


def client(base_url: str) -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(base_url=base_url, api_key="unused", max_retries=0, timeout=0.5)


async def test_streamed_and_whole_replies_are_the_same_line():
    with scripted_llm() as llm:
        whole = await client(llm.base_url).chat.completions.create(model="any", messages=ASKED)
        pieces = [
            chunk.choices[0].delta.content or ""
            async for chunk in await client(llm.base_url).chat.completions.create(
                model="any", messages=ASKED, stream=True
            )
        ]
    assert whole.choices[0].message.content in FOLLOW_UPS
    assert "".join(pieces).strip() == whole.choices[0].message.content


async def test_errors_and_hanging_reach_the_caller_as_such():
    with scripted_llm("error") as llm:
        with pytest.raises(openai.InternalServerError):
            await client(llm.base_url).chat.completions.create(model="any", messages=ASKED)
        llm.mode = "hang"
        with pytest.raises(openai.APITimeoutError):
            await client(llm.base_url).chat.completions.create(model="any", messages=ASKED)
    assert len(llm.requests) == 2
