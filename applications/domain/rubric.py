"""What a new drive starts with: five criteria of equal weight, what their marks mean, three subjects to write on.

The office may change the words until the first mark is given. Marks 2 and 4
stand between their neighbours and say so.
"""

from typing import NamedTuple


class Text(NamedTuple):
    """The same in both languages."""

    hi: str
    en: str


class CriterionWords(NamedTuple):
    """A criterion with what 1, 3 and 5 mean."""

    name: Text
    low: Text
    middle: Text
    high: Text


TIES = {4: 1, 5: 2, 3: 3}  # of equal totals writing decides first, then conversation, then understanding
READ_ON_PAPER = {2, 3, 4}  # what the written application shows before anybody is met
CRITERIA = [
    CriterionWords(
        Text("पार्टी की विचारधारा के प्रति निष्ठा", "Commitment to the party's ideas"),
        Text("नीतियाँ नहीं बता पाए; कोई काम नहीं", "Could not name its policies; no work done"),
        Text(
            "2–3 नीतियाँ अपने शब्दों में; कभी-कभी कार्यक्रमों में",
            "2–3 policies in their own words; at events now and then",
        ),
        Text(
            "इतिहास व नीति उदाहरण सहित; पिछले साल कम से कम दो अभियानों में ज़िम्मेदारी",
            "History and policy with examples; responsible for a part of at least two campaigns in the last year",
        ),
    ),
    CriterionWords(
        Text("सोशल मीडिया पर सक्रिय और स्वाभाविक उपस्थिति", "An active, natural presence on social media"),
        Text("खाता नहीं / केवल दूसरों का भेजा हुआ", "No account / only passes on what others wrote"),
        Text("हफ़्ते में 1–3 अपनी पोस्ट; थोड़ी बातचीत", "1–3 posts of their own a week; some conversation"),
        Text(
            "रोज़ की अपनी आवाज़, लोगों के जवाब, कोई ख़रीदी भीड़ नहीं",
            "A voice of their own every day, people answer, no bought followers",
        ),
    ),
    CriterionWords(
        Text("राजनीतिक और सामाजिक समझ", "Political and social understanding"),
        Text("स्थानीय मुद्दा नहीं बता पाए", "Could not name a local issue"),
        Text("एक मुद्दा और असर बताया", "Named one issue and what it does to people"),
        Text(
            "मुद्दे को नीति से जोड़कर हल सुझाया; विरोधी पक्ष भी ठीक बताया",
            "Tied the issue to policy and proposed a solution; told the other side fairly too",
        ),
    ),
    CriterionWords(
        Text("रचनात्मक लेखन शैली", "Creative writing"),
        Text("नकल या अस्पष्ट", "Copied or unclear"),
        Text("साफ़, सही, साधारण", "Clear, correct, ordinary"),
        Text("छोटा, मौलिक, याद रहने वाला; तथ्य सही", "Short, original, memorable; the facts are right"),
    ),
    CriterionWords(
        Text("संवाद और डिजिटल कौशल", "Conversation and digital skill"),
        Text("बात रखने में कठिनाई; मूल काम भी नहीं", "Struggles to make a point; not even the basic tasks"),
        Text("साफ़ बोले; फ़ोटो/वीडियो का बुनियादी काम", "Spoke clearly; basic photo and video work"),
        Text(
            "समझाया, सुना, बदला; वीडियो/ग्राफ़िक/लाइव खुद करते हैं",
            "Explained, listened, adapted; makes videos, graphics and live streams unaided",
        ),
    ),
]

PROMPTS = [
    Text(
        "आपके गाँव या वार्ड की एक समस्या, और उसे सोशल मीडिया पर आप कैसे उठाएँगे?",
        "One problem of your village or ward, and how would you raise it on social media?",
    ),
    Text(
        "किसी अफ़वाह या झूठी ख़बर का जवाब आप कैसे लिखेंगे? एक उदाहरण लिखें।",
        "How would you answer a rumour or false news? Write an example.",
    ),
    Text(
        "किसी काम या योजना के बारे में ऐसी पोस्ट लिखें जिसे लोग आगे भेजना चाहें।",
        "Write a post about a piece of work or a scheme that people will want to pass on.",
    ),
]


def anchors(words: CriterionWords) -> dict[int, Text]:
    """Mark → what it means, for all five marks."""
    return {
        1: words.low,
        2: between(1, 3),
        3: words.middle,
        4: between(3, 5),
        5: words.high,
    }


def between(lower: int, higher: int) -> Text:
    return Text(f"{lower} और {higher} के विवरण के बीच", f"Between the descriptions of {lower} and {higher}")
