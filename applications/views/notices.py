"""In which language the notice is read: the page's own, or one that was chosen on it."""

from django.utils.translation import get_language

from applications.domain import consenting


def chosen(request):
    """The notice in the language that was asked for, or in which it was read."""
    return consenting.notice(request.POST.get("read_in") or request.GET.get("notice") or get_language())


def is_as_read(request, notice):
    """Are these the words under which the consent was given?"""
    return request.POST.get("version") == notice.version


def query(request):
    """The end of an address at which the notice stays in the language in which it was read."""
    notice = chosen(request)
    return "" if notice.language == get_language() else f"?notice={notice.language}"


def context(request, *, representation):
    """What ``_notice.html`` needs."""
    notice = chosen(request)
    return {
        "notice": notice,
        "lines": notice.lines(representation=representation),
        "others": [other for other in consenting.offered() if other.language != notice.language],
        "in_own_language": notice.language == get_language(),
    }
