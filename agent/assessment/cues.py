"""Words that show how something was told: parts of a story, moves of a problem solver, structure, hedging.

Lists of cues find much and prove little. They feed checklists that always show the quote beside the finding.
"""

import re

from agent.assessment.judge import Move, StoryPartName


def _any_of(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b", re.IGNORECASE)


_PAST = (
    r"(?:\w{2,}ed|went|made|took|gave|told|said|spoke|wrote|built|led|began|ran|brought|found|set|put|chose|drew|sent|"
    r"met|got|kept|cut|fixed|came|broke|sat|taught|bought|held|did|split|rewrote|proposed|dealt|stood|sold|won|stuck|"
    r"rang|let|heard|left|paid|threw|drove|showed|spent)"
)
_STATES = (
    r"(?:was|had|felt|thought|wanted|liked|learned|learnt|realized|realised|needed|noticed|used|believed|liked|loved|"
    r"hoped|worried|enjoyed|seemed|lived|named|called|supposed|interested|excited|tired|worked|happened|been)"
)
_ADVERBS = r"(?:(?:then|also|just|first|finally|really|actually|immediately|personally|basically|and)\s+){0,2}"

OWN_ACTION = re.compile(rf"\bI\s+{_ADVERBS}(?!{_STATES}\b){_PAST}\b|\bI\s+{_ADVERBS}decided\s+to\b", re.IGNORECASE)
SHARED_ACTION = re.compile(rf"\bwe\s+{_ADVERBS}(?!{_STATES}\b){_PAST}\b", re.IGNORECASE)

STORY: dict[StoryPartName, re.Pattern[str]] = {
    "situation": _any_of(
        r"(?:last|previous|first|recent|that|one)\s+(?:year|month|summer|winter|spring|week|job|company|team|project|role)",
        r"(?:over|in|during)\s+the\s+last",
        r"(?:at|in|for)\s+(?:my|our)\s+(?:\w+\s+)?(?:company|job|team|startup|university|internship|project|role|bank|shop|agency)",
        r"when\s+I\s+(?:was|worked|joined|started|had)",
        r"(?:a\s+(?:few|couple\s+of)|two|three|four|five)\s+(?:years|months|weeks)\s+ago",
        r"(?:there|it)\s+was\s+(?:a|an|this|one)",
        r"I\s+(?:recently\s+)?worked\s+(?:with|on|at|for)",
        r"we\s+(?:had|were)\s+(?:a|an|to|about|in|building|working|going|supposed)",
        r"back\s+(?:in|when|then)",
        r"in\s+(?:19|20)\d\d",
        r"once\s+(?:we|I)",
        r"(?:customers?|users?|clients?|a\s+colleague|my\s+(?:boss|manager))\s+(?:was|were|had|kept)",
    ),
    "result": _any_of(
        r"in\s+the\s+end",
        r"(?:as\s+a|the)\s+result",
        r"(?:we|I|it|they)\s+(?:finally\s+|eventually\s+)?(?:ended\s+up|went\s+(?:live|out|down|up|from)|shipped|launched|"
        r"delivered|released|finished|managed\s+to|succeeded|agreed)",
        r"(?:reduced|increased|improved|cut|dropped|doubled|halved|grew|saved|raised|decreased|fell|rose)",
        r"(?:went|came)\s+(?:up|down)\s+(?:by|to|from)",
        r"after\s+that\s+(?:we|it|they|he|she|the)",
        r"(?:the\s+)?(?:outcome|upshot)",
        r"(?:worked\s+(?:out|well)|paid\s+off|turned\s+out\s+well|on\s+time|successful(?:ly)?|(?:it|that)\s+worked)",
        r"(?:he|she|they|it|we|everybody|nobody|most|all|both|none|one|two|\w+\s+of\s+(?:the|them))\s+(?:\w+\s+)?(?:passed|"
        r"liked|loved|made\s+it|stayed|came\s+back|thanked|signed|renewed|accepted|went\s+for|agreed|got\s+better)",
        r"(?:now|today)\s+(?:it|we|they|he|she|there)(?:'s|'re|\s+\w+)",
        r"went\s+from\b.{0,60}\bto",
        r"(?:never|not\s+once|hasn't|haven't)\s+(?:\w+\s+)?(?:happened|seen|had)\s+(?:\w+\s+)?(?:again|since)",
        r"(?:it|that|things|everything)\s+(?:was|were|got|became|came)\s+(?:\w+\s+)?(?:okay|fine|better|settled|shut|solved|done|fixed|calmer|"
        r"quiet|good)",
        r"it(?:'s|\s+is)\s+(?:now\s+)?(?:still\s+)?used",
        r"since\s+then",
    ),
    "number": _any_of(
        r"\d+(?:[.,:]\d+)?(?:\s*(?:%|percent|ms|k))?",
        r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|sixty|"
        r"seventy|eighty|ninety|hundred|thousand|million|half|twice|double|dozen)",
        r"percent",
    ),
    "reflection": _any_of(
        r"I(?:'ve)?\s+(?:\w+\s+)?(?:learned|learnt|realized|realised)",
        r"taught\s+me",
        r"looking\s+back",
        r"in\s+(?:hindsight|retrospect)",
        r"next\s+time",
        r"I\s+(?:should|could|would)\s+have",
        r"I(?:'d|\s+would)\s+(?:do|start|ask|handle|try|test|talk|raise|say|begin)\b.*\b(?:different|differently|again|"
        r"earlier|sooner|day\s+one|beginning|instead)",
        r"(?:the|my|a|one)\s+(?:\w+\s+)?(?:lesson|takeaway|mistake)",
        r"since\s+then\s+I",
        r"(?:these\s+days|nowadays|now)\s+I\s+(?:always|make|ask|try|write|check)",
        r"my\s+fault",
        r"what\s+I(?:'ve|\s+have)?\s+(?:took|take|taken|learned|learnt|kept)\b",
        r"(?:that|it|which)\s+(?:has\s+)?(?:taught|showed|shown)\s+(?:me|us)",
        r"if\s+I\s+(?:had|did|could|were)\b.{0,30}\b(?:again|over)",
        r"(?:today|these\s+days|nowadays|now|since\s+then|ever\s+since|from\s+then\s+on)\s*,?\s+I(?:'d|'ll|\s+\w+)",
        r"I\s+(?:had\s+|'d\s+)?(?:\w+\s+)?(?:waited|wasted|missed|forgot|underestimated|assumed|trusted|overlooked|ignored|"
        r"neglected|regret(?:ted)?|misjudged)",
        r"(?:that|it)\s+was\s+(?:\w+\s+)?(?:careless|silly|naive|stupid|my\s+\w+|on\s+me|a\s+mistake)",
        r"too\s+(?:late|long|early|quick(?:ly)?|harsh|soft|proud|impatient)",
        r"I(?:'d|\s+would)\s+(?:have\s+)?(?:\w+\s+){1,8}(?:first|before|earlier|sooner|from\s+the\s+start|straight\s+away)",
    ),
}

MOVES: dict[Move, re.Pattern[str]] = {
    "approach": _any_of(
        r"first(?:ly)?\s+(?:I|we|thing|you)",
        r"I(?:'d|\s+would|\s+will)\s+(?:start|begin|first)",
        r"(?:and\s+)?then\s+(?:I|we|you)(?:'d|\s+would|\s+can)?",
        r"step\s+by\s+step",
        r"second(?:ly)?\s*,",
        r"after\s+that",
        r"(?:the\s+)?next\s+(?:step|thing)",
        r"break\s+(?:it|this|that)\s+down",
        r"when\s+(?:it's|it\s+is|that's|you|the)",
    ),
    "reasons": _any_of(
        r"because", r"the\s+reason", r"so\s+that", r"which\s+means", r"otherwise", r"that's\s+why", r"due\s+to"
    ),
    "alternatives": _any_of(
        r"alternative(?:ly|s)?",
        r"another\s+(?:way|option|approach|possibility)",
        r"or\s+(?:else\s+)?(?:I|you|we)\s+(?:can|could|might)",
        r"instead\s+of",
        r"you\s+could\s+also",
        r"(?:I|we)\s+could\s+also",
        r"or,",
        r"either",
    ),
    "trade-offs": _any_of(
        r"trade-?\s?offs?",
        r"(?:the\s+)?(?:downside|drawback|catch|cost|price|disadvantage|problem)\s+(?:is|of|with)",
        r"on\s+the\s+other\s+hand",
        r"isn't\s+free",
        r"(?:but|so)\s+(?:\w+\s+){0,6}(?:slower|slow|expensive|costs?|harder|complex|overhead|more\s+\w+)",
        r"it\s+depends",
        r"depending\s+on",
        r"at\s+the\s+(?:cost|expense)\s+of",
        r"worth\s+it",
        r"writes?\s+gets?\s+slower",
        r"hardly\s+helps",
    ),
    "checks": _any_of(
        r"(?:I'd|I\s+would|I|we|you|and|to|then)\s+(?:also\s+)?(?:check|verify|measure|test|monitor|profile|confirm|validate|"
        r"benchmark|compare|reproduce)",
        r"(?:add|write|set\s+up|with)\s+(?:an?\s+)?(?:\w+\s+)?(?:alerts?|tests?|monitoring|metrics)",
        r"make\s+sure",
        r"edge\s+cases?",
        r"look\s+at\s+(?:the\s+)?(?:how|metrics|logs?|dashboards?|traces?|query\s+plan|whether|what)",
        r"look\s+at\s+how\s+many",
        r"query\s+plan",
        r"follow\s+a\s+trace",
    ),
    "constraints": _any_of(
        r"(?:I'd|I\s+would|I)\s+(?:first\s+|also\s+)?ask",
        r"how\s+(?:many|much|often|big|large|long)",
        r"requirements?",
        r"assum(?:e|ing|ption)",
        r"constraints?",
        r"if\s+(?:there|it|the|we|you)\s+(?:are|is|has|have|need|only|can't)",
        r"it\s+depends\s+on",
        r"is\s+it\s+(?:all|only|just)",
    ),
}

SIGNPOSTS: dict[str, re.Pattern[str]] = {
    "order": _any_of(
        r"first(?:ly)?", r"second(?:ly)?", r"then", r"next", r"after(?:wards)?", r"finally", r"in\s+the\s+end"
    ),
    "reason": _any_of(r"because", r"so", r"since", r"which\s+means", r"therefore", r"that's\s+why", r"the\s+reason"),
    "contrast": _any_of(r"but", r"however", r"although", r"whereas", r"on\s+the\s+other\s+hand", r"instead", r"while"),
    "example": _any_of(
        r"for\s+(?:example|instance)", r"such\s+as", r"say\s+(?:it's|you|we|there)", r"like\s+(?:a|an|when)"
    ),
    "summary": _any_of(
        r"in\s+short", r"overall", r"to\s+sum\s+up", r"basically", r"the\s+(?:point|idea|danger|catch)\s+is"
    ),
}

COLLABORATION = _any_of(
    r"together",
    r"(?:asked|told|helped|listened|talked|spoke|explained|showed|paired|supported|involved|thanked)",
    r"(?:agreed|compromise|feedback)",
    r"(?:she|he|they)\s+(?:\w+\s+)?(?:wanted|needed|felt|was|were)",
)
OWNERSHIP = _any_of(
    r"I\s+(?:was\s+)?responsible",
    r"I\s+(?:decided|proposed|suggested|took|owned|led|offered|volunteered|admitted|apologi[sz]ed|started|set\s+up|designed)",
    r"my\s+(?:responsibility|job|fault|mistake|decision|idea|part)",
    r"I\s+should\s+have",
)

HEDGES = _any_of(
    r"I\s+(?:guess|suppose)",
    r"maybe",
    r"probably",
    r"possibly",
    r"(?:kind|sort)\s+of",
    r"(?:not|isn't)\s+(?:really\s+|totally\s+|quite\s+|entirely\s+|so\s+|too\s+)?(?:sure|certain)",
    r"or\s+(?:something|whatever)(?:\s+like\s+that)?",
    r"somehow",
    r"more\s+or\s+less",
    r"I\s+don't\s+(?:really\s+)?know",
)
