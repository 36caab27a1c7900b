"""Twenty more free definitions in other people's words, written when the engine was as good as done, none of them open.

Change no text and no truth to please the engine; nothing may be tuned on a single one of them.
"""

from __future__ import annotations

from tests.bench.quality.asking import Written, free, kind, shots, sound_runs, without

FRESH: tuple[Written, ...] = (
    free("paid_promotion", "magazine", "Paid promotion that interrupts the show.", kind("ad")),
    free("chat", "magazine", "Where the host chats with her guest.", kind("unit", role="interview")),
    free("goodbye", "magazine", "The show says goodbye and ends.", kind("unit", role="outro")),
    free("how_it_starts", "magazine", "How the broadcast starts, up to the first words.", kind("unit", role="intro")),
    free("who_is_who", "magazine", "Captions which introduce a person by name.", kind("text", role="lower_third")),
    free("melody", "magazine story", "A melody can be heard.", sound_runs(("music",), 1.0, 1.0)),
    free("headings", "lecture", "The heading of each slide.", kind("text", role="title")),
    free("new_page", "lecture", "Whenever a new page of the presentation comes up.", kind("slide")),
    free("sections", "lecture", "Sections of the talk, one per subject.", kind("topic")),
    free("someone_talks", "lecture mixture", "Someone is talking.", sound_runs(("speech",), 0.4, 1.0)),
    free("current_result", "match", "The current result of the game is displayed.", kind("text", role="scoreboard")),
    free("fans", "match", "The fans in the stadium roar.", kind("sound", loud=True)),
    free("dull", "match", "Stretches where nothing exciting goes on.", kind("calm")),
    free("sideways", "match", "The camera swings sideways.", kind("shot", camera="pan")),
    free("old_footage", "story", "Footage from an old silent film.", kind("grey")),
    free("gloomy", "story", "Gloomy pictures with hardly any light.", kind("dark")),
    free(
        "hush",
        "story",
        "Not a sound can be heard for five seconds or more.",
        without(("speech", "music", "noise"), 5.0),
    ),
    free("long_ones", "story", "Takes that go on for more than six seconds.", shots(lambda f: f.end - f.start > 6)),
    free("cut_to_cut", "mixture", "What lies between one cut and the next.", kind("shot")),
    free("static_noise", "mixture", "Static noise on the sound track.", sound_runs(("noise",), 1.0)),
)
