"""Forms of applications, one file a step."""

from applications.forms.about import AboutForm
from applications.forms.area import AreaForm
from applications.forms.coming import ComingForm
from applications.forms.contact import ContactForm
from applications.forms.name import NameForm
from applications.forms.photo import PhotoForm
from applications.forms.social import SocialForm
from applications.forms.work import WorkForm
from applications.forms.writing import WritingForm

FORMS = {
    "name": NameForm,
    "area": AreaForm,
    "about": AboutForm,
    "work": WorkForm,
    "social": SocialForm,
    "writing": WritingForm,
    "photo": PhotoForm,
    "contact": ContactForm,
    "coming": ComingForm,
}
