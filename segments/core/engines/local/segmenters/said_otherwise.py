"""How people ask for each kind of segment without naming it, for comparison by meaning; and what no kind answers."""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, ...]] = {
    "shot": ("a single take of the camera", "from one edit to the following edit", "each clip the film is made of"),
    "scene": ("everything that happens at one location", "the action stays in the same place", "a change of setting"),
    "slide": (
        "a slide of the talk is projected",
        "the lecturer moves on to another slide",
        "a page with bullet points",
    ),
    "on_screen_text": ("words can be read in the picture", "writing appears", "a caption or title is shown"),
    "topic": ("the speaker moves on to another subject", "a chapter of the lecture", "one news item", "one theme"),
    "speaker_turn": ("a different speaker begins", "who speaks when", "one person's contribution to the debate"),
    "dialogue": (
        "two persons have a conversation",
        "an interviewer asks a guest questions",
        "people talk to each other",
    ),
    "highlight": ("the most thrilling part of the game", "the crowd goes wild after a goal", "spectacular action"),
    "calm": ("hardly anything happens", "an uneventful, slow passage", "a boring part of the game"),
    "ad_break": ("the programme is interrupted by advertising", "a sponsor's message", "commercials for products"),
    "editorial": ("a part of the broadcast, such as its opening or its ending", "the sections of a television show"),
    "person": ("somebody's face is seen from close by", "a portrait of a person", "a man or woman in the foreground"),
    "speech": ("a voice is heard", "spoken words", "somebody tells something"),
    "music": ("a song is heard", "an orchestra or a band plays", "background music", "a tune"),
    "silence": ("nothing is heard", "the sound is off", "total quiet"),
    "noise": ("a hissing or humming sound", "interference on the audio", "ambient noise such as wind or traffic"),
    "transition": ("one picture gradually turns into the next", "pictures blend into each other"),
    "monochrome": ("black and white film material", "the pictures have lost their colours", "greyscale footage"),
    "black": ("the screen shows nothing but black", "a blank screen"),
    "still": ("a photograph is shown", "the image stands still", "a freeze frame"),
    "motion": ("a lot of things move quickly", "hectic movement"),
    "camera_movement": (
        "the camera turns to the left or right",
        "the camera follows something",
        "the view gets closer",
    ),
    "dark": ("it is too dark to see much", "dimly lit images", "night shots"),
    "bright": ("brightly lit images", "glaring sunlight", "overexposed pictures"),
}
#: Nearest to one of these is a question for a vision-language model.
BEYOND: tuple[str, ...] = (
    "somebody looks sad, angry or happy",
    "a person smiles or laughs",
    "people are eating or cooking",
    "an animal can be seen",
    "a car, train or aeroplane passes",
    "somebody picks up an object",
    "somebody opens or closes something",
    "people wave or clap their hands",
    "a joke or a remark is made",
    "a person wears certain clothes",
    "a building or a landscape is shown",
    "children play outside",
    "somebody runs, jumps or falls",
    "two people fight or kiss",
    "a product or a brand is visible",
    "the weather is bad",
    "somebody lies or hides something",
    "a famous person appears",
)
