"""Words that accuse somebody of a crime where no decision stands behind them: inspection finds signs, not guilt."""

import re
from collections.abc import Iterator

from xuncha_desktop.services.report_checks.passages import Draft, Fault

_WORDS = re.compile(
    r"贪污|侵吞|骗取|套取|受贿|行贿|索贿|挪用公款|职务侵占|渎职|滥用职权|玩忽职守|徇私舞弊|诈骗|洗钱|犯罪|违法(?!建设|建筑|占地|用地|建房|广告|违纪(?:记录|情况))"
)
_SENTENCE = re.compile(r"[^。！？；\n]+")
# Somebody has decided, or the words are about keeping people from it.
_SETTLED = re.compile(
    r"判决|判处|处分决定|立案|被查处|查处|开除|通报|预防|防范|防止|杜绝|严禁|禁止|打击|警示|以案|案例|法院|公安|检察"
)


def faults(draft: Draft) -> Iterator[Fault]:
    """Accusing words without 涉嫌 before them and without a decision in their sentence."""
    for passage in draft.passages:
        for sentence in _SENTENCE.finditer(passage.text):
            if _SETTLED.search(sentence[0]):
                continue
            for word in _WORDS.finditer(sentence[0]):
                if "涉嫌" in sentence[0][: word.start()]:
                    continue
                words = f"“{word[0]}”前没有“涉嫌”；请写“涉嫌{word[0]}”，或写明处分决定、判决"
                yield Fault("wording", words, passage, sentence.start() + word.start(), len(word[0]))
