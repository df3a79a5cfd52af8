"""Characters for characters, whatever the length of the text."""

from hypothesis import given
from hypothesis import strategies as st

from countersight.text.translating import Translation

TABLE = {0xFF21: 0x41, 0x3000: 0x20, 0x42: 0x62}
translated = Translation(TABLE)


@given(st.text(alphabet="ＡB　a汉\U00020000\ud800\n", max_size=40), st.sampled_from((1, 9)))
def test_it_is_what_translate_does(text: str, times: int) -> None:
    assert translated(text * times) == (text * times).translate(TABLE)
