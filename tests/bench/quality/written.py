"""Free definitions with their truth, written down before the engine was tuned on any of them.

Half of them is held out (`Written.held_out`, by a hash of the name). Change no text and no truth to please the engine.
"""

from __future__ import annotations

from tests.bench.quality.asking import Written, free, kind, none, shots, sound_runs, text_with, within, without
from tests.bench.quality.planning import Fact, Film


def _report_titles(film: Film) -> list[Fact]:
    """Titles that name their topic in a report: not the programme's own, not those of adverts."""
    reports = {f.get("title") for f in film.of("topic")} - {"CITY TODAY", "Thanks for watching"}
    return [f for f in film.of("text", role="title") if f.get("text") in reports and "$" not in str(f.get("text"))]


FREE: tuple[Written, ...] = (
    # the magazine
    free(
        "opening",
        "magazine",
        "The opening of the programme with its title, before anybody speaks.",
        kind("unit", role="intro"),
    ),
    free("commercials", "magazine", "Commercial breaks between two black pictures.", kind("ad")),
    free(
        "name_tags",
        "magazine",
        "A name tag at the bottom of the picture tells who somebody is.",
        kind("text", role="lower_third"),
    ),
    free("caption_lines", "magazine", "A caption is shown at the bottom of the picture.", kind("text", role="caption")),
    free(
        "conversation",
        "magazine",
        "The interview with the guest: two people talk in turn.",
        kind("unit", role="interview"),
    ),
    free("with_music", "magazine story", "Music is playing.", sound_runs(("music",), 1.0, 1.0)),
    free("prices", "magazine", "A price is written on screen.", text_with("$")),
    free("credits", "magazine", "The closing credits.", text_with("Thanks for watching")),
    free("black_screen", "magazine", "The screen is completely black.", kind("black")),
    free(
        "to_camera",
        "magazine",
        "Somebody's face fills the picture and talks to the camera.",
        kind("face", who="Clara", position="center"),
    ),
    free("long_takes", "magazine", "Shots that last longer than 7 seconds.", shots(lambda f: f.end - f.start > 7)),
    free("wordless", "magazine", "Parts without speech, at least 3 seconds long.", without(("speech",), 3.0)),
    free("early_shots", "magazine story", "Every shot in the first 30 seconds.", within(kind("shot"), 0, 30)),
    free(
        "report_titles",
        "magazine",
        "The title of a report stands in the middle of the picture.",
        _report_titles,
    ),
    free("about_bees", "magazine", "Everything about bees and honey.", kind("topic", title="Bees on the roofs")),
    free("about_orchard", "magazine", "The report on the orchard.", kind("topic", title="Orchard in danger")),
    free("blue_studio", "magazine", "Shots in which blue is the main colour.", kind("shot", colour="blue")),
    free("voices", "magazine mixture", "Somebody is speaking.", sound_runs(("speech",), 0.4, 1.0)),
    free("in_german", "magazine", 'The words "Guten Abend" are written on screen.', none),
    # the lecture
    free("slides", "lecture", "Each slide of the presentation.", kind("slide")),
    free("slide_pages", "lecture", "One page of slides, from its appearance until the next one.", kind("slide")),
    free("lecturer", "lecture", "The lecturer is talking.", sound_runs(("speech",), 0.4, 1.0)),
    free(
        "silent_slides",
        "lecture",
        "Slides during which nobody speaks.",
        lambda film: [f for f in film.of("slide") if not f.get("speech")],
    ),
    free("chapters", "lecture", "A chapter of the lecture: slides about one subject.", kind("topic")),
    free(
        "on_vaccines",
        "lecture",
        "Slides about vaccines.",
        lambda film: [f for f in film.of("slide") if "vaccine" in str(f.get("title")).lower()],
    ),
    free(
        "on_yeast",
        "lecture",
        "Slides that mention yeast.",
        lambda film: [f for f in film.of("slide") if "yeast" in str(f.get("text")).lower()],
    ),
    free("breaks", "lecture", "Pauses in the talk longer than 2 seconds.", without(("speech",), 2.0)),
    free("contact", "lecture", "The e-mail address is shown.", text_with("example.org")),
    free("last_slides", "lecture", "Slides in the last 30 seconds.", within(kind("slide"), -30, 0)),
    free(
        "long_slides",
        "lecture",
        "Slides longer than ten seconds.",
        lambda film: [f for f in film.of("slide") if f.end - f.start > 10],
    ),
    # the match
    free("goals", "match", "A goal: the attack, the shot and how it is celebrated.", kind("highlight")),
    free("exciting", "match", "The most exciting moments of the match.", kind("highlight")),
    free("calm_play", "match", "Calm play in which little happens.", kind("calm")),
    free("player_face", "match", "Close-up of a player's face.", shots(lambda f: bool(f.get("face")))),
    free("goalless", "match", "While the scoreboard reads 0 - 0.", text_with("0 - 0")),
    free("goal_written", "match", "The word GOAL is on screen.", text_with("GOAL!")),
    free("panning", "match", "The camera pans to follow the play.", kind("shot", camera="pan")),
    free("roar", "match", "The loudest moments, when the crowd roars.", kind("sound", loud=True)),
    free("score_states", "match", "A stretch with the same score on the scoreboard.", kind("text", role="scoreboard")),
    free("fast_action", "match", "Fast action with much movement.", kind("highlight")),
    # the story
    free("places", "story", "A scene in one place, until the place changes.", kind("scene")),
    free("colourless", "story", "The part in black and white.", kind("grey")),
    free("at_night", "story", "It is night and the picture is dark.", kind("dark")),
    free("no_sound", "story", "No sound at all for at least five seconds.", without(("speech", "music", "noise"), 5.0)),
    free(
        "title_card", "story", "A title card is shown.", lambda film: film.of("intertitle") + text_with("THE END")(film)
    ),
    free("frozen", "story", "The picture is frozen, nothing moves.", shots(lambda f: bool(f.get("still")))),
    free("bright_day", "story", "Very bright pictures.", kind("bright")),
    free(
        "two_talk",
        "story",
        "A dialogue between two people who are shown in turn.",
        kind("scene", where="kitchen"),
    ),
    free("zooming", "story magazine", "The camera zooms in.", kind("shot", camera="zoom")),
    free("tilting", "story", "The camera tilts up or down.", kind("shot", camera="tilt")),
    free("sign", "story", "A sign that can be read.", kind("text", role="sign")),
    free("the_end", "story", "The end title.", text_with("THE END")),
    free(
        "close_faces",
        "story",
        "Close-ups of a face, at least three seconds long.",
        shots(lambda f: f.get("size") == "close_up" and f.end - f.start >= 3),
    ),
    free("music_only", "story", "Music without speech, longer than 5 seconds.", sound_runs(("music",), 5.0, 1.0)),
    # the mixture
    free("hiss", "mixture", "Noise or hiss, neither speech nor music.", sound_runs(("noise",), 1.0)),
    free("all_shots", "mixture", "Each uninterrupted camera shot.", kind("shot")),
    free("quick_shots", "mixture", "Shots shorter than 3 seconds.", shots(lambda f: f.end - f.start < 3)),
    free("quiet", "mixture", "Complete silence.", sound_runs(("silence",), 0.5)),
    free("mid_music", "mixture", "Music between 0:20 and 1:00.", within(sound_runs(("music",), 1.0, 1.0), 20, 60)),
    free("banner_names", "mixture", "A lower third with a name.", kind("text", role="lower_third")),
)

#: What no measure can answer: the engine is right when it finds nothing and says why.
BEYOND: tuple[Written, ...] = (
    free("crowd_cheers", "match", "Spectators wave their flags.", none),
    free("happy", "story", "Somebody looks happy.", none),
    free("cooking", "story", "A person prepares a meal.", none),
    free("cars", "story", "A red car drives past.", none),
    free("sarcasm", "magazine", "The guest makes an ironic remark.", none),
    free("honey_jar", "magazine", "A jar is opened with a knife.", none),
)
