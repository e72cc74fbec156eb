"""The three subjects that every office begins with, in the order in which they are learnt."""

from training.models import Subject

USUAL = [
    {
        "slug": "tools",
        "subject": Subject.TOOLS,
        "title_hi": "सोशल मीडिया के नए साधन",
        "title_en": "Newest social-media tools",
        "about_hi": "फ़ोन से फ़ोटो, छोटे वीडियो और पोस्टर बनाना, सुरक्षित खाता, सही समय पर सही जगह पोस्ट करना।",
        "about_en": "Photos, short videos and posters made on the phone, a safe account, posting in time and in place.",
    },
    {
        "slug": "strategy",
        "subject": Subject.STRATEGY,
        "title_hi": "डिजिटल रणनीति",
        "title_en": "Digital strategy",
        "about_hi": "लक्ष्य और लोग तय करना, महीने का कैलेंडर, बूथ तक संदेश, असर को आँकड़ों से समझना।",
        "about_en": "Aims and people, a month's calendar, messages down to the booth, what came of it in figures.",
        "prerequisite": "tools",
    },
    {
        "slug": "communication",
        "subject": Subject.COMMUNICATION,
        "title_hi": "आधुनिक राजनीतिक संवाद",
        "title_en": "Modern political communication",
        "about_hi": "साफ़ और शालीन भाषा, झूठी ख़बर पहचानना और उसका जवाब, लोगों की बात सुनना और आगे पहुँचाना।",
        "about_en": "Plain and decent words, knowing and answering false news, hearing people and carrying it on.",
    },
]
