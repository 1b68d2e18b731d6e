"""Vietnamese is what everyone begins with; whoever works in the back office may have it in English."""

import pytest
from django.conf import settings

from loa.base.errors import Refused
from loa.people import queries
from loa.people.actions import accounts as actions
from loa.people.roles import NAMES
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/ngon-ngu/"


@pytest.fixture
def officer():
    return make.account(role="officer", unit=make.unit(), name="Cán bộ")


def test_an_officer_reads_the_back_office_in_english_and_again_in_vietnamese(client, officer):
    client.force_login(officer)
    assert "Việc của tôi hôm nay" in client.get("/quan-tri/").content.decode()

    answer = client.post(PAGE, {"language": "en"}, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [("/quan-tri/", 302)]
    assert "The back office now speaks English to you." in page
    assert "My work today" in page
    assert '<html lang="en"' in page
    assert queries.choice_of_language(officer) == "en"
    assert "Từ nay nơi làm việc dùng tiếng Việt" in client.post(PAGE, {"language": "vi"}, follow=True).content.decode()
    assert "Việc của tôi hôm nay" in client.get("/quan-tri/").content.decode()


def test_the_choice_of_one_is_not_the_choice_of_another(client, officer):
    actions.choose_language(officer, language="en", by=officer, at=NOON)
    client.force_login(make.account(role="officer", unit=make.unit()))

    assert "Việc của tôi hôm nay" in client.get("/quan-tri/").content.decode()


def test_the_form_shows_what_is_chosen_and_refuses_other_languages(client, officer):
    client.force_login(officer)

    page = client.get(PAGE).content.decode()

    assert settings.LANGUAGE_CODE == "vi"
    assert page.count("checked") == 1
    assert client.post(PAGE, {"language": "fr"}).status_code == 200
    assert queries.choice_of_language(officer) == "vi"


def test_the_account_page_leads_there_for_staff_alone(client, officer):
    client.force_login(officer)
    assert PAGE in client.get("/tai-khoan/2fa/").content.decode()

    client.force_login(make.account(name="Người lao động"))
    assert PAGE not in client.get("/tai-khoan/2fa/").content.decode()


def test_who_chooses_what_is_checked_and_a_refusal_keeps_the_language(officer):
    stranger = make.account(name="Người khác")

    with pytest.raises(Refused):
        actions.choose_language(officer, language="en", by=stranger, at=NOON)
    with pytest.raises(Refused):
        actions.choose_language(stranger, language="en", by=stranger, at=NOON)
    with pytest.raises(Refused):
        actions.choose_language(officer, language="fr", by=officer, at=NOON)

    assert {queries.choice_of_language(account) for account in (officer, stranger)} == {"vi"}


def test_roles_have_names_one_can_read_in_either_language(settings):
    settings.LANGUAGE_CODE = "en"

    assert [name for name in map(str, NAMES.values()) if ":" in name] == []
