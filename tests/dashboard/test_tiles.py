import pytest

from dashboard.parts.tiles import Direction, Tile, change_told, tile_html


def tile(**given):
    return Tile(**({"slug": "open", "label": "在办", "value": "18", "page": "rows.py"} | given))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, ("", "")),
        ({"change": 0}, ("较上周持平", "")),
        ({"change": 3}, ("较上周 ↑3", "")),
        ({"change": 3, "direction": Direction.MORE_IS_WORSE}, ("较上周 ↑3", "worse")),
        ({"change": -3, "direction": Direction.MORE_IS_WORSE}, ("较上周 ↓3", "better")),
        (
            {"change": 3, "direction": Direction.MORE_IS_WORSE, "late": True},
            ("较上周 ↑3", "late"),
        ),
        (
            {"change": 1.8, "change_unit": " 个百分点", "since": "较上月",
             "direction": Direction.MORE_IS_BETTER},
            ("较上月 ↑1.8 个百分点", "better"),
        ),
    ],
)  # fmt: skip
def test_a_change_is_told_in_words_and_only_overdue_is_red(given, told):
    assert change_told(tile(**given)) == told


def test_no_part_of_a_tile_can_become_markup():
    html = tile_html(tile(label="<b>", value="<script>", unit="&", basis='"<img>'))
    assert "<script>" not in html
    assert "<img>" not in html
    assert "&lt;b&gt;" in html


def test_nothing_overdue_is_not_red():
    assert 'class="value late"' in tile_html(tile(late=True, value="3"))
    assert 'class="value late"' not in tile_html(tile(late=True, value="0"))
