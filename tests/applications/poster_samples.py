"""A poster of each template, as the tests of posters draw it."""

import io
from dataclasses import replace

import zxingcpp
from PIL import Image

from applications.posters import Poster, Template
from portal.brand import colours
from tests.factories.form import picture

URL = "https://srijan.example.org/q/7K3QX"
BESIDE = "\u00a0"  # keeps a date together
HINDI = Poster(
    organisation="प्रदेश सोशल मीडिया विभाग",
    unit_name="जिला सीकर",
    title="सोशल मीडिया टीम से जुड़ें",
    subtitle="जिला समिति के लिए सक्रिय कार्यकर्ताओं से आवेदन आमंत्रित हैं",
    deadline_text="शनिवार, 15 नवंबर 2025, रात 11:59 बजे".replace(" न", f"{BESIDE}न").replace("र 2", f"र{BESIDE}2"),
    url=URL,
    short_url_text="srijan.example.org/q/7K3QX",
    brand=colours("#1d3557"),
    footer="मुद्रक–प्रकाशक: प्रदेश सोशल मीडिया विभाग, जयपुर",
    when="रविवार, 16 नवंबर 2025, सुबह 11:00 बजे",
    where="इंदिरा गांधी भवन, बजाज रोड, सीकर",
    portrait_name="श्री रामनिवास गहलोत",
    portrait_post="अध्यक्ष, जिला समिति सीकर",
)
ENGLISH = replace(
    HINDI,
    organisation="State Social Media Department",
    unit_name="District Sikar",
    title="Join the social media team",
    subtitle="Applications are invited from active workers for the district committee",
    deadline_text="Saturday, 15 November 2025, 11:59 pm",
    footer="Printed and published by: State Social Media Department, Jaipur",
    when="Sunday, 16 November 2025, 11:00 am",
    where="Indira Gandhi Bhavan, Bajaj Road, Sikar",
    portrait_name="Shri Ramniwas Gehlot",
    portrait_post="President, district committee Sikar",
)
FACE = picture("WEBP", size=(819, 1024), colour="#9db4c0")


def sample(template, language="hi"):
    """The words of this template in this language."""
    words = HINDI if language == "hi" else ENGLISH
    return replace(words, template=template, portrait=FACE if template is Template.PHOTO else b"")


def read(image):
    """What a decoder that knows nothing of us finds, each text once."""
    return {code.text for code in zxingcpp.read_barcodes(image.convert("L"))}


def smaller(image, part):
    size = (round(image.width * part), round(image.height * part))
    return image.convert("RGB").resize(size, Image.Resampling.BILINEAR)


def squeezed(image, quality=60):
    """As a messenger sends it on."""
    file = io.BytesIO()
    image.convert("RGB").save(file, format="JPEG", quality=quality)
    return Image.open(io.BytesIO(file.getvalue()))
