import pytest

from supervision.audit_words import value_told
from supervision.browsers import browser_words

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/126.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (CHROME, "Chrome · Windows"),
        (f"{CHROME} Edg/126.0", "Edge · Windows"),
        (f"{CHROME} 360SE", "360 浏览器 · Windows"),
        ("curl/8.5.0", "curl"),
        ("", "不详"),
    ],
)
def test_a_browser_is_named_as_people_know_it(told: str, words: str):
    assert browser_words(told) == words


def test_the_audit_names_a_browser_the_same_way():
    assert value_told("browser", CHROME) == "Chrome · Windows"
