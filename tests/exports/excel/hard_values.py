"""Rows with all that criteria and functions trip over, and formulas over them that every office computes alike."""

from xuncha_desktop.exports.excel.fill import Value

_TEXTS = (
    "财政所", "ABC", "abc", "a*c", "a?c", "a~c", "ac", "专项资金", "资金使用", "=是", ">多", "<>", "~", "Straße",
    "STRASSE", " 首空", "换\n行", '引"号', "ａｂｃ", "党政办、财政所", None, "长" * 300, "(文)", "[a-c]", "a.c",
    "𠮷", "", "财政所",
)  # fmt: skip
_MONEY = (1, 0, None, 10_000_000, 9_999_999, 10_000_001, -5_000_000, 33_333_333, 66_666_666, 10_000_000, 12_345_678)
_PERSONS = (3, None, 0, 7, 3, 12, None, 5, 1, 100)
_DAYS = ("2024-05-16", "2024-02-29", None, "2023-12-31", "2024-05-17", "2024-05-16")


def hard_rows() -> list[dict[str, Value]]:
    """One row for each odd text; numbers and days go round at lengths of their own."""
    return [
        {
            "序号": number,
            "单位": text,
            "问题": f"第{number}个虚构的问题",
            "金额（万元）": _MONEY[number % len(_MONEY)],
            "日期": _DAYS[number % len(_DAYS)],
            "人次": _PERSONS[number % len(_PERSONS)],
        }
        for number, text in enumerate(_TEXTS, start=1)
    ]


# The model row is the third; 单位 B, 问题 C, 金额 D, 日期 E, 人次 F.
FORMULAS = (
    *(f'=COUNTIF(B3:B3,"{text}")' for text in (
        "abc", "=abc", "<>abc", "a*c", "a~*c", "a?c", "a~?c", "a~~c", "*资金*", "*资金", "<>*资金*", "??", "=>多",
        "==是", "<>", "=", "", "straße", "strasse", "*行", "换*", "ａｂｃ", "[a-c]", "a.c", "(文)", "* *",
        "引\"\"号", "~~", "没有",
    )),
    *(f'=COUNTIF(D3:D3,"{text}")' for text in (
        ">=10", ">10", "<10", "<=10", "10", "=10", "<>10", "0", "=", "<>", "<0",
    )),
    *(f'=COUNTIF(E3:E3,"{day}")' for day in (">=2024-05-16", "2024-05-16", "<2024-05-16", "<>2024-05-16")),
    *(f"=COUNTIF({area},{criterion})" for area, criterion in (
        ("B3", "B1"), ("$B$3:$B$3", '"*"&"资金"&"*"'), ("D3:D3", "10"), ("D3:D3", "5*2"), ("D3:D3", '">="&10'),
        ("D3:D3", "G2"), ("F3:F3", "3"), ("D3:F3", '">=3"'), ("B:B", '"abc"'), ("D:D", '">=10"'), ("B:B", '"<>abc"'),
    )),
    '=SUMIF(B3:B3,"*资金*",D3:D3)',
    '=SUMIF(B3:B3,"财政所",D3:D3)',
    '=SUMIF(D3:D3,">10")',
    '=SUMIF(B:B,"ab?",D:D)',
    '=SUMIF(E3:E3,">=2024-05-16",F3:F3)',
    '=AVERAGEIF(B3:B3,"a*",D3:D3)',
    '=AVERAGEIF(B3:B3,"没有",D3:D3)',
    '=AVERAGEIF(D3:D3,">0")',
    '=COUNTIFS(B3:B3,"a*",D3:D3,">0")',
    '=SUMIFS(D3:D3,B3:B3,"<>abc",F3:F3,">=3",E3:E3,"<>")',
    '=AVERAGEIFS(D3:D3,F3:F3,"3")',
    "=SUM(D3:D3)",
    "=SUM(D3:F3)",
    "=SUM(D3,F3,1)",
    "=SUM(B3:B3)",
    "=AVERAGE(D3:D3)",
    "=AVERAGE(B3:B3)",
    "=MAX(D3:D3)",
    "=MIN(D3:D3)",
    "=MAX(E3:E3)",
    "=MAX(B3:B3)",
    "=COUNT(B3:F3)",
    "=COUNTA(B3:B3)",
    "=COUNTA(B3:E3)",
    "=COUNTBLANK(B3:B3)",
    "=COUNTBLANK(B3:F3)",
    "=ROWS(B3:B3)",
    "=SUBTOTAL(9,D3:D3)",
    "=SUBTOTAL(101,D3:D3)",
    "=SUBTOTAL(4,D3:D3)",
    "=SUMPRODUCT(D3:D3,F3:F3)",
    "=SUMPRODUCT(D3:D3)",
    "=ROUND(SUM(D3:D3),2)",
    "=ROUND(SUM(D3:D3)/3,0)",
    "=ROUND(SUM(D3:D3)*100,-2)",
    '=ROUND(2.675+COUNTIF(B3:B3,"没有"),2)',
    '=ROUND(COUNTIF(B3:B3,"没有")-2.5,0)',
    "=ROUND(1/3*3/2+COUNTIF(B3:B3,\"没有\"),0)",
    "=IF(SUM(D3:D3)>10,SUM(D3:D3),0)",
    '=IF(COUNTIF(B3:B3,"没有")=0,"无","有")',
    '=IF(MAX(F3:F3)=100,"到"&MAX(F3:F3)&"人次","")',
    "=IFERROR(AVERAGE(B3:B3),0)",
    '=IFERROR(SUM(D3:D3)/COUNTIF(B3:B3,"没有"),"—")',
    '=SUM(D3:D3)/COUNTIF(B3:B3,"没有")',
    "=-SUM(D3:D3)*10%+(1-2)*3",
    "=SUM(F3:F3)/COUNT(F3:F3)",
    "=SUM(F3:F3)/3=SUM(F3:F3)*(1/3)",
    "=AND(SUM(F3:F3)>0,COUNTA(B3:B3)>100)",
    "=OR(SUM(F3:F3)>0,COUNTA(B3:B3)>100)",
    '="共"&COUNTA(C3:C3)&"件，均"&SUM(D3:D3)/3&"万元"',
    "=G2=COUNTIF(B3:B3,\"没有\")",
    "=SUM(D3:D3)+G2",
)  # fmt: skip
