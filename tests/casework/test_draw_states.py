from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from casework import state
from casework.management.commands import draw_states
from contacts.models import Assignment

README = Path(settings.BASE_DIR) / "README.md"


def test_readme_shows_the_states_as_they_are() -> None:
    call_command("draw_states", check=True)


def test_every_machine_is_drawn_with_every_state_and_transition() -> None:
    text = README.read_text(encoding="utf-8")
    for model in state.machines():
        drawn = draw_states.diagram(model)
        assert drawn in text
        assert drawn.count(" as ") == len(model.states.values)
        for source, name, target in state.transitions(model):
            assert f"    {source} --> {target}: {name}" in drawn


def test_first_and_last_states_are_marked() -> None:
    drawn = draw_states.diagram(Assignment)
    assert "[*] --> offered" in drawn
    assert "ended --> [*]" in drawn
    assert "active --> [*]" not in drawn


def test_an_old_drawing_is_found_and_redrawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "README.md"
    page.write_text(f"before\n{draw_states.BEGIN}\noutdated drawing\n{draw_states.END}\nafter\n", encoding="utf-8")
    with pytest.raises(CommandError, match="draw_states"):
        call_command("draw_states", check=True, file=page)
    call_command("draw_states", file=page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "outdated drawing" not in text
    call_command("draw_states", check=True, file=page)
    assert "omritad" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", draw_states.BEGIN, draw_states.END + draw_states.BEGIN])
def test_a_page_without_markers_is_left_alone(tmp_path: Path, text: str) -> None:
    page = tmp_path / "README.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match="saknar"):
        call_command("draw_states", file=page)
    assert page.read_text(encoding="utf-8") == text
