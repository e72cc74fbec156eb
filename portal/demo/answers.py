"""What made-up applicants write: varied enough to read, plain enough to be nobody's words."""

from random import Random

from applications import platforms

WORK = [
    "बूथ पर मतदाता सूची के काम में तीन साल से साथ हूँ।",
    "पंचायत चुनाव में वार्ड के प्रचार की ज़िम्मेदारी निभाई।",
    "ब्लॉक के दो सम्मेलनों में मंच और प्रचार देखा।",
    "",
]
ROLES = ["बूथ एजेंट", "वार्ड संयोजक", "युवा इकाई के सदस्य", ""]
EDUCATION = ["12वीं", "स्नातक", "स्नातकोत्तर", "आईटीआई", ""]
HANDLES = ["gaon_ki_baat", "meri_awaz", "sathi_online", "naya_sawera", "jan_charcha"]
OPENINGS = [
    "हमारे गाँव में गर्मी आते ही पानी की लाइन दिन में एक बार ही खुलती है।",
    "वार्ड की सड़क बरसात में टूट जाती है और बच्चों का स्कूल छूटता है।",
    "गाँव के स्वास्थ्य केंद्र पर डॉक्टर हफ़्ते में केवल दो दिन आते हैं।",
    "पिछले महीने एक पुराना वीडियो नया बताकर हमारे समूहों में फैलाया गया।",
]
MIDDLES = [
    "मैंने दस परिवारों से बात करके उनकी बात उन्हीं के शब्दों में लिखी और तारीख के साथ फ़ोटो लगाए।",
    "मैं पहले सही जानकारी जुटाता हूँ, फिर तीन छोटे वाक्यों में पूरी बात कहता हूँ ताकि लोग पढ़ें और आगे भेजें।",
    "मैंने एक मिनट का वीडियो बनाया जिसमें लोग खुद अपनी परेशानी और अपना सुझाव बताते हैं।",
]
ENDINGS = [
    "पोस्ट के बाद पंचायत ने बैठक बुलाई और काम की तारीख तय हुई। लोगों को लगा कि उनकी बात सुनी गई, यही सबसे बड़ी जीत है।",
    "जवाब में मैंने असली ख़बर का लिंक और तारीख दी, किसी को बुरा-भला नहीं कहा, और लोगों से भेजने से पहले जाँचने को कहा।",
    "मेरा मानना है कि साफ़ भाषा, सही तथ्य और रोज़ की बातचीत से ही भरोसा बनता है, केवल नारों से नहीं।",
]


def for_steps(made, unit, prompts, random: Random):
    """The answers of all seven steps, as the form's own steps would save them."""
    account = platforms.recognise(f"https://instagram.com/{random.choice(HANDLES)}_{random.randint(10, 99)}")
    writing = " ".join(random.choice(part) for part in (OPENINGS, MIDDLES, ENDINGS))
    return {
        "name": {"name": made.name, "phone": made.phone, "on_whatsapp": True},
        "area": {"unit": unit.pk, "place_note": ""},
        "about": {"birth_year": made.birth_year, "gender": made.gender, "education": random.choice(EDUCATION)},
        "work": {
            "since": random.choice(["new", "0-2", "2-5", "5-10", "10+"]),
            "roles": random.choice(ROLES),
            "work": random.choice(WORK),
        },
        "social": {"links": [account._asdict()], "no_links": False},
        "writing": {"prompt": random.choice(prompts).pk, "writing": writing},
        "photo": {
            "can_come": random.choices(["yes", "no", "other"], [90, 4, 6])[0],
            "serve_level": random.choice(["district", "state"]),
        },
    }


def add_own(steps, drive, random: Random):
    """Answers to the drive's own questions, which are all choices here."""
    for question in drive.questions.all():
        steps[question.step].setdefault("extra", {})[str(question.pk)] = random.randint(1, len(question.options))
