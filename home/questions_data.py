"""Questions and answers for search engines: schema.org data for the page that answers them."""

from django.utils.translation import get_language

from isso.pages.finding.texts import words_of


def questions_described(topics, address: str) -> dict:
    """Describe every question of a page, or nothing where none is answered."""
    questions = [
        {
            "@type": "Question",
            "name": each.question,
            "url": f"{address}#{each.anchor}",
            "acceptedAnswer": {"@type": "Answer", "text": words},
        }
        for topic in topics
        for each in topic.questions
        if (words := words_of(each.answer.source))
    ]
    if not questions:
        return {}
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "url": address,
        "inLanguage": get_language(),
        "mainEntity": questions,
    }
